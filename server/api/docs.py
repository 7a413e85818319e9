"""/api/openapi.json, and /api/docs: the same for people, drawn by our own few lines (no CDN, within our CSP)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import orjson
from flask import Blueprint, Response, abort, current_app, send_from_directory

from server.api.guard import access
from server.api.openapi import Api, document

HERE = Path(__file__).parent / "reference"
FILES = frozenset({"docs.css", "docs.js"})

blueprint = Blueprint("docs", __name__, url_prefix="/api")


@blueprint.get("/openapi.json")
@access("anyone")
def openapi() -> Response:
    """The description; made once a process."""
    return Response(_described(current_app.extensions["suifang_api"]), mimetype="application/json")


@blueprint.get("/docs")
@access("anyone")
def docs() -> Response:
    """The page; it loads the description and draws it."""
    return send_from_directory(HERE, "index.html")


@blueprint.get("/docs/<name>")
@access("anyone")
def file(name: str) -> Response:
    """The page's style and script."""
    if name not in FILES:
        abort(404)
    return send_from_directory(HERE, name)


@cache
def _described(api: Api) -> bytes:
    return orjson.dumps(document(current_app, api))
