"""The monthly sheet about people who move, for the liaison's month: the service's numbers, each open to its rows."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.migrants import BehindAsked, MigrantRows, MonthAsked, Sheet
from server.clock import now_ms
from server.desk import migrants
from server.extensions import db

blueprint = Blueprint("migrants", __name__, url_prefix="/api/migrants", description="每月信息报告单 People who move")


@blueprint.get("")
@blueprint.arguments(MonthAsked, location="query")
@blueprint.response(200, Sheet)
@access("station")
def sheet(asked: dict[str, str]) -> dict[str, Any]:
    """The numbers of her township and one month."""
    return migrants.counted(db.session(), auth.signed_in(), asked["month"])


@blueprint.get("/rows")
@blueprint.arguments(BehindAsked, location="query")
@blueprint.response(200, MigrantRows)
@access("station")
def rows(asked: dict[str, str]) -> dict[str, Any]:
    """What is behind one number, names covered. Audited."""
    book, who = current_app.extensions["suifang_book"], auth.signed_in()
    return {"rows": migrants.behind(db.session(), book, who, asked["month"], asked["part"], now_ms())}
