"""HTTP only: a view says who, shape, one call, answer. One blueprint a file; `register` wires them."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Mount every blueprint on the app."""
