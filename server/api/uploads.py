"""Importing a township's register from the desk: parts of the file, a preview, then the import itself."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from flask import Response, current_app

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.desk import TownshipAsked
from server.api.schemas.uploads import NewestUpload, NewUpload, Part, UploadShape
from server.clock import now_ms
from server.desk import scope, uploads
from server.errors import BadInput
from server.extensions import db, writing

blueprint = Blueprint("uploads", __name__, url_prefix="/api/imports", description="导入登记册 Importing a register")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@blueprint.arguments(TownshipAsked, location="query")
@blueprint.response(200, NewestUpload)
@access("station")
def newest(asked: dict[str, str]) -> dict[str, Any]:
    """The township's newest workbook and how far it is; null when there is none."""
    found = uploads.newest(db.session(), scope.township(auth.signed_in(), asked.get("area")))
    return {"upload": found and uploads.show(found, now_ms())}


@blueprint.post("")
@blueprint.arguments(NewUpload)
@blueprint.response(200, UploadShape)
@access("station")
def begin(given: dict[str, Any]) -> dict[str, Any]:
    """Announce a workbook; its parts follow."""
    who, now = auth.signed_in(), now_ms()
    with writing() as session:
        made = uploads.begin(session, who, scope.township(who, None), given["name"], given["size"], now)
        return uploads.show(made, now)


@blueprint.post("/<id:upload>/parts")
@blueprint.arguments(Part)
@blueprint.response(200, UploadShape)
@access("station")
def part(given: dict[str, Any], upload: str) -> dict[str, Any]:
    """One part of the file. With the last one the server begins to read; nothing is changed by that."""
    who, now = auth.signed_in(), now_ms()
    try:
        data = base64.b64decode(given["data"], validate=True)
    except binascii.Error:
        raise BadInput("data: 不是 base64 not base64", code="bad_shape") from None
    with writing() as session:
        found = uploads.find(session, scope.townships(who), upload)
        whole = uploads.take_part(session, who, found, given["n"], data, now)
        shown = uploads.show(found, now)
    if whole:
        _begin(upload, uploads.read)
    return shown


@blueprint.post("/<id:upload>/confirm")
@blueprint.response(200, UploadShape)
@access("station")
def confirm(upload: str) -> dict[str, Any]:
    """Import what the preview showed; it goes on when the page is closed."""
    now = now_ms()
    with writing() as session:
        found = uploads.find(session, scope.townships(auth.signed_in()), upload)
        uploads.confirm(found, now)
        shown = uploads.show(found, now)
    _begin(upload, uploads.write)
    return shown


@blueprint.post("/<id:upload>/drop")
@blueprint.response(200, UploadShape)
@access("station")
def drop(upload: str) -> dict[str, Any]:
    """Put a workbook away; nothing of it was imported unless it says so."""
    with writing() as session:
        found = uploads.find(session, scope.townships(auth.signed_in()), upload)
        uploads.drop(found)
        return uploads.show(found, now_ms())


@blueprint.get("/<id:upload>/marked")
@blueprint.doc(responses={"200": {"content": {XLSX: {}}, "description": "the marked copy"}})
@access("station")
def marked(upload: str) -> Response:
    """The workbook with a column that says why a row was left out."""
    found = uploads.find(db.session(), scope.townships(auth.signed_in()), upload)
    response = Response(uploads.marked_copy(found), mimetype=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="marked.xlsx"'
    return response


def _begin(upload: str, work: Any) -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the thread outlives the request
    current_app.extensions.setdefault("suifang_uploads", []).append(uploads.at_work(app, upload, work))
