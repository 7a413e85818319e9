"""Service cards at the desk: what was printed, printing, and a lost bundle."""

from __future__ import annotations

from typing import Any

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.auth import Done
from server.api.schemas.cards import Disagreements, PrintedCards, Repair, Scans, SheetRange, SheetsMade, SheetsWanted
from server.clock import now_ms
from server.desk import cards
from server.extensions import db

blueprint = Blueprint("cards", __name__, url_prefix="/api/cards", description="服务卡 Service cards at the desk")


@blueprint.get("")
@blueprint.response(200, PrintedCards)
@access("station")
def printed() -> dict[str, Any]:
    """What was printed for her township. A sheet names nobody, and neither does this."""
    return cards.printed(db.session(), auth.signed_in(), now_ms())


@blueprint.post("/sheets")
@blueprint.arguments(SheetsWanted)
@blueprint.response(200, SheetsMade)
@access("station")
def print_sheets(given: dict[str, int]) -> dict[str, Any]:
    """Sign and draw sheets of ten unlinked cards. The first card key is made when there is none."""
    return cards.print_sheets(auth.signed_in(), given["sheets"], now_ms())


@blueprint.post("/sheets/stop")
@blueprint.arguments(SheetRange)
@blueprint.response(200, PrintedCards)
@access("station")
def stop(given: dict[str, int]) -> dict[str, Any]:
    """Take sheets out of force by their numbers, a lost bundle for one; phones hear it at their next sync."""
    who = auth.signed_in()
    cards.stop(who, given["first"], given["last"], now_ms())
    return cards.printed(db.session(), who, now_ms())


@blueprint.post("/scans")
@blueprint.arguments(Scans)
@blueprint.response(200, Done)
@access("director", "liaison", "technician")
def scans(given: dict[str, Any]) -> dict[str, bool]:
    """Cards that were held out: a day's count, and which card in which township for thirty days. A repeat adds nothing."""
    seen = [(one["card"], one["at"]) for one in given["scans"]]
    cards.count_scans(auth.signed_in(), seen, given["now"], now_ms())
    return {"ok": True}


@blueprint.get("/agree")
@blueprint.response(200, Disagreements)
@access("station")
def agree() -> dict[str, Any]:
    """Where a card's record, the list of cards and the person's row do not agree. Audited, since names are in it."""
    return {"found": cards.disagreeing(db.session(), auth.signed_in(), now_ms())}


@blueprint.post("/agree/<id:record>")
@blueprint.arguments(Repair)
@blueprint.response(200, Disagreements)
@access("station")
def repair(given: dict[str, str], record: str) -> dict[str, Any]:
    """Make one of them agree, and answer what is left."""
    who = auth.signed_in()
    cards.repair(who, record, given["kind"], now_ms())
    return {"found": cards.disagreeing(db.session(), who, now_ms())}
