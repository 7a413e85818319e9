"""Service records that go with a woman who moves, at her wish."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from flask import current_app

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.auth import Done
from server.api.schemas.transfers import (
    Answering,
    Content,
    Destinations,
    Filing,
    KnownServer,
    LetterFile,
    Picked,
    Sending,
    ServerCard,
    State,
    Transfers,
)
from server.clock import now_ms
from server.desk import people, scope, transfers
from server.errors import BadInput
from server.extensions import db, writing
from server.transfers import letters, listing, sending, taking

blueprint = Blueprint("transfers", __name__, url_prefix="/api/transfers", description="转记录 Records that move along")


@blueprint.get("")
@blueprint.response(200, Transfers)
@access("station")
def listed() -> dict[str, Any]:
    """Her township's transfers, sent and received, with the two rates of its service."""
    return listing.listed(db.session(), scope.townships(auth.signed_in()), now_ms())


@blueprint.get("/places")
@blueprint.response(200, Destinations)
@access("station")
def places() -> dict[str, Any]:
    """Where a record may go: townships of this server and of those that are known."""
    return {"places": sending.destinations(db.session(), scope.township(auth.signed_in(), None))}


@blueprint.post("/of/<id:person>/preview")
@blueprint.arguments(Picked)
@blueprint.response(200, Content)
@access("station")
def preview(given: dict[str, Any], person: str) -> dict[str, Any]:
    """Exactly what would go; of check-ups the desk sees only that there is one."""
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    return transfers.preview(book, who, person, given["items"], now_ms())


@blueprint.post("/of/<id:person>")
@blueprint.arguments(Sending)
@blueprint.response(200, State)
@access("station")
def send(given: dict[str, Any], person: str) -> dict[str, Any]:
    """She saw it and said yes before a witness: it is on its way."""
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    with writing() as session:
        row = sending.send(session, book, people.find_person(session, who, person), given, who.id, now_ms())
    return {"id": row.id, "state": row.state}


@blueprint.get("/<id:transfer>/<side>")
@blueprint.response(200, Content)
@access("station", "technician")
def content(transfer: str, side: str) -> dict[str, Any]:
    """What a transfer holds; check-ups for the technician alone. Audited."""
    return transfers.look(auth.signed_in(), transfer, side, now_ms())


@blueprint.post("/<id:transfer>/letter")
@blueprint.response(200, LetterFile)
@access("station")
def letter(transfer: str) -> dict[str, str]:
    """The file for the other server: the record, the answer to it, or that it is taken back."""
    return {"file": base64.b64encode(transfers.letter(auth.signed_in(), transfer, now_ms())).decode()}


@blueprint.post("/take")
@blueprint.arguments(LetterFile)
@blueprint.response(200, State)
@access("station")
def take(given: dict[str, str]) -> dict[str, Any]:
    """Take in a file from another server. A repeat changes nothing."""
    who = auth.signed_in()
    try:
        data = base64.b64decode(given["file"], validate=True)
    except binascii.Error as error:
        raise BadInput("文件读不全 The file is broken", code="broken_letter") from error
    with writing() as session:
        row = taking.take(session, data, scope.township(who, None), who.id, now_ms())
    return {"id": row.id, "state": row.state}


@blueprint.post("/<id:transfer>/answer")
@blueprint.arguments(Answering)
@blueprint.response(200, State)
@access("station")
def answer(given: dict[str, str], transfer: str) -> dict[str, Any]:
    """Acknowledge, or decline with a reason."""
    return transfers.answer(auth.signed_in(), transfer, given["decision"], given["reason"].strip(), now_ms())


@blueprint.post("/<id:transfer>/file")
@blueprint.arguments(Filing)
@blueprint.response(200, State)
@access("station")
def file(given: dict[str, str], transfer: str) -> dict[str, Any]:
    """What came with her becomes records of this person, marked with where it came from. A repeat changes nothing."""
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    return transfers.file(book, who, transfer, given["person"], now_ms())


@blueprint.post("/<id:transfer>/revoke")
@blueprint.response(200, State)
@access("station")
def revoke(transfer: str) -> dict[str, Any]:
    """She takes it back."""
    who = auth.signed_in()
    with writing() as session:
        row = transfers.find(session, who, transfer, "out")
        sending.revoke(session, row, who.id, now_ms())
    return {"id": row.id, "state": row.state}


@blueprint.get("/server")
@blueprint.response(200, ServerCard)
@access("station")
def server() -> dict[str, Any]:
    """This server's card: public keys and townships, for another server."""
    return letters.own_card(db.session())


@blueprint.post("/servers")
@blueprint.arguments(KnownServer)
@blueprint.response(200, Done)
@access("station")
def know(given: dict[str, Any]) -> dict[str, bool]:
    """Know another server by its card and the mark that its station read out."""
    who = auth.signed_in()
    with writing() as session:
        letters.know(session, given["card"], given["mark"], who.id, scope.township(who, None), now_ms())
    return {"ok": True}
