"""Reads tests/vectors: the exam that both ends sit."""

import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def sits(name: str) -> pytest.MarkDecorator:
    """Run a test once for each case of a file of vectors, under the case's name."""
    cases: list[Any] = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["cases"]
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])
