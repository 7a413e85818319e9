"""What the public page at /C asks: nothing of a person without a code, no cookie, no account."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.auth import Done
from server.api.schemas.holder import (
    AskedByAnybody,
    AskedByCode,
    CardsPart,
    CodeGiven,
    DueOn,
    Hers,
    InVisit,
    RatingGiven,
    TakenBack,
    Township,
    Townships,
    VisitOpened,
    Withdrawal,
)
from server.cards import listing
from server.clock import now_ms
from server.extensions import db, writing
from server.holder import asking, codes, hers, places, rating

blueprint = Blueprint("holder", __name__, url_prefix="/api/holder", description="服务卡的网页 A card's public page")


@blueprint.get("/places")
@blueprint.response(200, Townships)
@access("anyone")
def townships() -> dict[str, Any]:
    """Which townships this server serves."""
    return {"townships": places.townships(db.session())}


@blueprint.get("/places/<code>")
@blueprint.response(200, Township)
@access("anyone")
def township(code: str) -> dict[str, Any]:
    """Where its station is, its villages, and within how many days somebody answers."""
    return places.township(db.session(), code)


@blueprint.get("/cards/<int(max=15):part>")
@blueprint.response(200, CardsPart)
@access("anyone")
def cards(part: int) -> dict[str, Any]:
    """Of the cards out of force those whose id begins with these four bits, so that no card's id is sent."""
    return listing.part(db.session(), part)


@blueprint.post("/rate")
@blueprint.arguments(RatingGiven)
@blueprint.response(200, Done)
@access("anyone")
def rate(given: dict[str, str]) -> dict[str, bool]:
    """Rate the last service; counted for the village and month alone."""
    rating.rate(given["village"], given["answer"], _address(), now_ms())
    return {"ok": True}


@blueprint.post("/ask")
@blueprint.arguments(AskedByAnybody)
@blueprint.response(200, DueOn)
@access("anyone")
def ask(given: dict[str, str]) -> dict[str, str]:
    """Ask to be called, say that a card is lost, complain: a person at the station answers. Nothing happens by itself."""
    return asking.ask(given, _address(), now_ms())


@blueprint.post("/open")
@blueprint.arguments(CodeGiven)
@blueprint.response(200, VisitOpened)
@access("anyone")
def open_visit(given: dict[str, str]) -> dict[str, Any]:
    """Open her own page with the code that the desk showed her; the code is used up."""
    opened = codes.open_visit(given["code"], _address(), now_ms())
    return {"token": opened.token, "until": opened.until}


@blueprint.post("/mine")
@blueprint.arguments(InVisit)
@blueprint.response(200, Hers)
@access("anyone")
def mine(given: dict[str, str]) -> dict[str, Any]:
    """Her next day, what she agreed to and what she asked for. A POST, since it is written into the audit log."""
    with writing() as session:
        return hers.look(session, current_app.extensions["suifang_book"], given["token"], now_ms())


@blueprint.post("/withdraw")
@blueprint.arguments(Withdrawal)
@blueprint.response(200, Hers)
@access("anyone")
def withdraw(given: dict[str, str]) -> dict[str, Any]:
    """Take back one thing she agreed to."""
    book = current_app.extensions["suifang_book"]
    with writing() as session:
        return hers.withdraw(session, book, given["token"], given["purpose"], now_ms())


@blueprint.post("/take-back")
@blueprint.arguments(TakenBack)
@blueprint.response(200, Hers)
@access("anyone")
def take_back(given: dict[str, str]) -> dict[str, Any]:
    """Take back a record that went along with her."""
    book = current_app.extensions["suifang_book"]
    with writing() as session:
        return hers.take_back(session, book, given["token"], given["transfer"], now_ms())


@blueprint.post("/request")
@blueprint.arguments(AskedByCode)
@blueprint.response(200, DueOn)
@access("anyone")
def request_hers(given: dict[str, str]) -> dict[str, str]:
    """Ask to read, carry away, correct or delete her record."""
    return asking.ask_by_code(given["token"], given, now_ms())


@blueprint.post("/leave")
@blueprint.arguments(InVisit)
@blueprint.response(200, Done)
@access("anyone")
def leave(given: dict[str, str]) -> dict[str, bool]:
    """Close her page; its secret opens nothing more."""
    with writing() as session:
        codes.leave(session, given["token"])
    return {"ok": True}


def _address() -> str:
    return request.remote_addr or ""
