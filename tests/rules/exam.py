"""Reads tests/vectors: the exam that both ends sit."""

import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def sits(*names: str) -> pytest.MarkDecorator:
    """Run a test once for each case of these files of vectors, under the case's name."""
    files = [json.loads((VECTORS / f"{name}.json").read_text("utf-8")) for name in names]
    cases: list[Any] = [case for file in files for case in file["cases"]]
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])
