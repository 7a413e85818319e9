"""Fixtures of the card tests: the town of the sync tests, and cards in it."""

from __future__ import annotations

from tests.sync.conftest import director, town, woman

__all__ = ["director", "town", "woman"]
