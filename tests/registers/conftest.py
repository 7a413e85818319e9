"""A station that imports registers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.registers.places import Station


@pytest.fixture
def station(app: Flask, tmp_path: Path) -> Iterator[Station]:
    """An empty deployment, inside its app's context."""
    with app.app_context():
        yield Station(app, tmp_path)
