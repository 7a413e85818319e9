"""What the public page says of a station, and how villages' services were rated."""

from __future__ import annotations

from typing import Any

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.holder import Face, Station
from server.clock import now_ms
from server.desk import scope
from server.extensions import db, writing
from server.holder import places, rating

blueprint = Blueprint("station", __name__, url_prefix="/api/station", description="服务站 The station's public face")


@blueprint.get("")
@blueprint.response(200, Station)
@access("station")
def station() -> dict[str, Any]:
    """What everybody reads of her station, and the ratings of the months that are over, by village code."""
    mine, session = scope.township(auth.signed_in(), None), db.session()
    return {"face": places.face(session, mine), "ratings": rating.counted(session, mine, now_ms())}


@blueprint.post("")
@blueprint.arguments(Face)
@blueprint.response(200, Station)
@access("station")
def tell(given: dict[str, str]) -> dict[str, Any]:
    """Say where the station is. Everybody may read it, so it holds no worker's name."""
    who = auth.signed_in()
    with writing() as session:
        places.tell(session, scope.township(who, None), given, who.id, now_ms())
    return station()
