"""What a worker carries: the desk's list of items, lots and expiry days."""

from __future__ import annotations

from typing import Any

from server import accounts, auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.bags import BagLines, BagShown
from server.clock import now_ms
from server.extensions import db, writing
from server.sync import bags

blueprint = Blueprint("bags", __name__, url_prefix="/api/workers", description="随身药具 What workers carry")


@blueprint.get("/<id:worker>/bag")
@blueprint.response(200, BagShown)
@access("station")
def bag(worker: str) -> dict[str, Any]:
    """The list as it was last written down."""
    session, who = db.session(), auth.signed_in()
    return bags.bag_of(session, accounts.worker_within(session, worker, who.areas("station")).id)


@blueprint.post("/<id:worker>/bag")
@blueprint.arguments(BagLines)
@blueprint.response(200, BagShown)
@access("station")
def fill(given: dict[str, Any], worker: str) -> dict[str, Any]:
    """Write the whole list; her phones get it with their next sync. It suggests and never refuses."""
    who, now = auth.signed_in(), now_ms()
    lines = [line | {"expiry": line["expiry"].isoformat()} for line in given["lines"]]
    with writing() as session:
        found = accounts.worker_within(session, worker, who.areas("station"))
        bags.fill(session, found, lines, now=now, place=accounts.home_of(found), actor=who.id)
        return bags.bag_of(session, found.id)
