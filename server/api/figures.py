"""Figures, and the records behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app

from server import auth, clock
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.desk import Areas, Figure, FigureAsked, FigureRows, RowsAsked
from server.api.schemas.rates import RateRows, RateRowsAsked, RatesShown
from server.clock import now_ms
from server.desk import figures, rates, villages
from server.extensions import db

blueprint = Blueprint("figures", __name__, url_prefix="/api/figures", description="数字 Figures")


@blueprint.get("/areas")
@blueprint.response(200, Areas)
@access()
def areas() -> dict[str, Any]:
    """The areas whose figures one may see: one's own and all below."""
    return {"areas": villages.below(db.session(), auth.signed_in())}


@blueprint.get("/contraceptive_practice")
@blueprint.arguments(FigureAsked, location="query")
@blueprint.response(200, Figure)
@access()
def practice(asked: dict[str, Any]) -> dict[str, Any]:
    """综合避孕率 The contraceptive practice rate of an area on a day.

    Both counts stand with it. Outside the station small counts are hidden.
    """
    book = current_app.extensions["suifang_book"]
    return figures.practice_rate(db.session(), book, auth.signed_in(), asked["area"], _day(asked))


@blueprint.get("/contraceptive_practice/records")
@blueprint.arguments(RowsAsked, location="query")
@blueprint.response(200, FigureRows)
@access("station")
def practice_records(asked: dict[str, Any]) -> dict[str, Any]:
    """The very records behind one count, a hundred a page, names masked. Looking is written into the audit log."""
    book, who, after = current_app.extensions["suifang_book"], auth.signed_in(), asked.get("after", "")
    return figures.records_behind(db.session(), book, who, asked["area"], _day(asked), asked["part"], after, now_ms())


@blueprint.get("/rates")
@blueprint.arguments(FigureAsked, location="query")
@blueprint.response(200, RatesShown)
@access("station", "county")
def all_rates(asked: dict[str, Any]) -> dict[str, Any]:
    """Every figure of services of an area over the year until a day, both counts beside each."""
    book = current_app.extensions["suifang_book"]
    return rates.overview(db.session(), book, auth.signed_in(), asked["area"], _day(asked))


@blueprint.get("/rates/<name>/records")
@blueprint.arguments(RateRowsAsked, location="query")
@blueprint.response(200, RateRows)
@access("station")
def rate_records(asked: dict[str, Any], name: str) -> dict[str, Any]:
    """The very records behind one count, a hundred a page. Looking is written into the audit log."""
    book, who, start = current_app.extensions["suifang_book"], auth.signed_in(), asked.get("start", 0)
    part = asked["part"]
    return rates.records_behind(db.session(), book, who, asked["area"], _day(asked), name, part, start, now_ms())


def _day(asked: dict[str, Any]) -> str:
    day: date = asked.get("on") or clock.today()
    return day.isoformat()
