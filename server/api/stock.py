"""Stock: balances that are the sum of what was written down, movements, and a lot called back."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server import auth, clock
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.stock import (
    Movement,
    MoveVoided,
    Recall,
    Recalled,
    StockAsked,
    StockMoves,
    StockMovesAsked,
    StockShown,
)
from server.clock import now_ms
from server.desk import scope, stock, stock_list, stocking
from server.extensions import db

blueprint = Blueprint("stock", __name__, url_prefix="/api/stock", description="药具 Stock")


@blueprint.get("")
@blueprint.arguments(StockAsked, location="query")
@blueprint.response(200, StockShown)
@access("station", "county")
def overview(asked: dict[str, Any]) -> dict[str, Any]:
    """What lies where by the book, what stock-takes found otherwise, and the year's figures. Nobody is named."""
    book, who = current_app.extensions["suifang_book"], auth.signed_in()
    return stock.overview(db.session(), book, who, asked["area"], clock.today().isoformat())


@blueprint.post("/movements")
@blueprint.arguments(Movement)
@blueprint.response(200, StockShown)
@access("station")
def move(given: dict[str, Any]) -> dict[str, Any]:
    """Write a movement down; answers what lies where now.

    Nothing is refused for want of pieces: a balance below nothing is shown until it is cleared up.
    """
    lines = [line | {"expiry": line["expiry"].isoformat() if line["expiry"] else ""} for line in given["lines"]]
    day = (given.get("on") or clock.today()).isoformat()
    book, today = current_app.extensions["suifang_book"], clock.today().isoformat()
    who = auth.signed_in()
    home = stocking.move(book, who, {**given, "lines": lines, "on": day}, today, now_ms())
    return stock.overview(db.session(), book, who, home, today)


@blueprint.get("/movements")
@blueprint.arguments(StockMovesAsked, location="query")
@blueprint.response(200, StockMoves)
@access("station", "county")
def movements(asked: dict[str, Any]) -> dict[str, Any]:
    """What moved an item, newest first, a hundred a page; whoever received something is not named."""
    book, who = current_app.extensions["suifang_book"], auth.signed_in()
    return stock_list.listed(db.session(), book, who, asked, clock.today().isoformat())


@blueprint.post("/movements/<id:record>/void")
@blueprint.arguments(MoveVoided)
@blueprint.response(200, StockShown)
@access("station")
def take_back(given: dict[str, Any], record: str) -> dict[str, Any]:
    """Take a movement of the desk back, with what was received of it; answers what lies where now."""
    book, who, today = current_app.extensions["suifang_book"], auth.signed_in(), clock.today().isoformat()
    home = stocking.take_back(book, who, record, given["reason"], today, now_ms())
    return stock.overview(db.session(), book, who, home, today)


@blueprint.post("/recall")
@blueprint.arguments(Recall)
@blueprint.response(200, Recalled)
@access("station", "technician")
def recall(asked: dict[str, Any]) -> dict[str, Any]:
    """Who received a lot and where pieces of it still lie. Each look is written into the audit log."""
    book, who = current_app.extensions["suifang_book"], auth.signed_in()
    home = scope.clinic(who, asked.get("area"))
    return stock.recall(db.session(), book, who, home, asked["item"], asked["lot"], now_ms())
