"""What waits for a human at the station."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server import auth
from server.api import people
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.inbox import Choice, Decided, Inbox, InboxAsked, Waiting
from server.cards import hearing
from server.clock import now_ms
from server.desk import deciding, inbox
from server.extensions import db, writing

blueprint = Blueprint("inbox", __name__, url_prefix="/api/inbox", description="待处理 What waits for a decision")


@blueprint.get("")
@blueprint.arguments(InboxAsked, location="query")
@blueprint.response(200, Inbox)
@access("station")
def waiting(asked: dict[str, str]) -> dict[str, Any]:
    """Conflicts with both values, parked and forked events, flagged ones: oldest first, or the newest decided."""
    book, who = current_app.extensions["suifang_book"], auth.signed_in()
    return inbox.waiting(db.session(), book, people.index(), who, asked["state"] == "decided", now_ms())


@blueprint.get("/count")
@blueprint.response(200, Waiting)
@access("station")
def count() -> dict[str, int]:
    """How many items wait. Opens nobody, so it leaves no row in the audit log."""
    return {"total": inbox.count(db.session(), people.index(), auth.signed_in(), now_ms())}


@blueprint.post("/<id:item>/decide")
@blueprint.arguments(Choice)
@blueprint.response(200, Decided)
@access("station")
def decide(given: dict[str, str], item: str) -> dict[str, Any]:
    """Decide one item with one of its `choices`; `undo` takes it back. A conflict's decision reaches phones as a patch."""
    who = auth.signed_in()
    with writing() as session:
        decision = deciding.decide(session, people.index(), who, item, given["choice"], now_ms())
    hearing.hear_taken(item, who.county, now_ms())
    return {"id": item, "decision": decision}
