"""The villages of a township at a glance."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server import auth, clock
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.desk import Villages, VillagesAsked
from server.desk import scope, villages
from server.desk.rounds import Rounds
from server.extensions import db
from server.reports.rounds import stretch_of

blueprint = Blueprint("villages", __name__, url_prefix="/api/villages", description="各村 Villages")


@blueprint.get("")
@blueprint.arguments(VillagesAsked, location="query")
@blueprint.response(200, Villages)
@access("station")
def overview(asked: dict[str, str]) -> dict[str, Any]:
    """The villages of one's township in the register's own order: what was done, what is to come, what is late.

    Worked out from records at each asking, never stored; villages are never ranked, and who said no is a total alone.
    """
    book = current_app.extensions["suifang_book"]
    township = scope.township(auth.signed_in(), asked.get("area"))
    return villages.overview(db.session(), book, _rounds(), township, stretch_of(asked["period"], clock.today()))


def _rounds() -> Rounds:
    """This process's counted rounds."""
    rounds = current_app.extensions.setdefault("suifang_rounds", Rounds())
    assert isinstance(rounds, Rounds)
    return rounds
