"""Workers as the desk sees and changes them. A station changes those in the field, a county its stations, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server import accounts, auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.workers import (
    Granting,
    HandOver,
    LeaveShape,
    LeaveWanted,
    NewWorker,
    Places,
    Switch,
    WithPassword,
    WorkerRow,
    Workers,
)
from server.clock import now_ms
from server.desk import leaves, staffing
from server.extensions import db, writing
from server.models import Worker

DESK = ("station", "county")
blueprint = Blueprint("workers", __name__, url_prefix="/api/workers", description="工作人员 Workers")


@blueprint.get("")
@blueprint.response(200, Workers)
@access(*DESK)
def workers() -> dict[str, Any]:
    """Workers of one's area by user name, and their leaves. Nobody is ranked."""
    session, who = db.session(), auth.signed_in()
    found = staffing.listed(session, who)
    return {"workers": found, "leaves": leaves.open_ones(session, [one["id"] for one in found])}


@blueprint.get("/places")
@blueprint.response(200, Places)
@access(*DESK)
def places() -> dict[str, Any]:
    """The roles and areas that one may give."""
    return staffing.places(db.session(), auth.signed_in())


@blueprint.post("")
@blueprint.arguments(NewWorker)
@blueprint.response(200, WithPassword)
@access(*DESK)
def add(given: dict[str, Any]) -> dict[str, Any]:
    """Add a worker; her first password is in the answer and nowhere else."""
    with writing() as session:
        who = auth.signed_in()
        return staffing.add(session, who, given["username"], given["name"], given["role"], given["areas"], now_ms())


@blueprint.post("/<id:worker>/password")
@blueprint.response(200, WithPassword)
@access(*DESK)
def password(worker: str) -> dict[str, Any]:
    """A new password for who forgot hers; her sessions end."""
    with writing() as session:
        return staffing.reset_password(session, auth.signed_in(), worker, now_ms())


@blueprint.post("/<id:worker>/give")
@blueprint.arguments(Granting)
@blueprint.response(200, WorkerRow)
@access(*DESK)
def give(given: dict[str, Any], worker: str) -> dict[str, Any]:
    """Give a role in some areas."""
    return _changed(lambda s: staffing.give(s, auth.signed_in(), worker, given["role"], given["areas"], now_ms()))


@blueprint.post("/<id:worker>/take")
@blueprint.arguments(Granting)
@blueprint.response(200, WorkerRow)
@access(*DESK)
def take(given: dict[str, Any], worker: str) -> dict[str, Any]:
    """Take a role in some areas away; her phones drop those lists at the next sync."""
    return _changed(lambda s: staffing.take(s, auth.signed_in(), worker, given["role"], given["areas"], now_ms()))


@blueprint.post("/<id:worker>/hand-over")
@blueprint.arguments(HandOver)
@blueprint.response(200, WorkerRow)
@access(*DESK)
def hand_over(given: dict[str, Any], worker: str) -> dict[str, Any]:
    """Make some of her areas another worker's."""
    return _changed(lambda s: staffing.hand_over(s, auth.signed_in(), worker, given["to"], given["areas"], now_ms()))


@blueprint.post("/<id:worker>/switch")
@blueprint.arguments(Switch)
@blueprint.response(200, WorkerRow)
@access(*DESK)
def switch(given: dict[str, bool], worker: str) -> dict[str, Any]:
    """Close an account and end its sessions, or open it again. What she recorded stays hers."""
    return _changed(lambda s: staffing.switch(s, auth.signed_in(), worker, given["on"], now_ms()))


@blueprint.post("/<id:worker>/leaves")
@blueprint.arguments(LeaveWanted)
@blueprint.response(200, LeaveShape)
@access(*DESK)
def plan_leave(given: dict[str, Any], worker: str) -> dict[str, Any]:
    """Somebody stands in for her from the first to the last day; her areas stay hers."""
    first, last = given["first"].isoformat(), given["last"].isoformat()
    with writing() as session:
        who = auth.signed_in()
        return leaves.show(leaves.plan(session, who, worker, given["stand_in"], first, last, now_ms()))


@blueprint.post("/leaves/<id:leave>/end")
@blueprint.response(200, LeaveShape)
@access(*DESK)
def end_leave(leave: str) -> dict[str, Any]:
    """End a leave now, or call it off."""
    with writing() as session:
        return leaves.show(leaves.end(session, auth.signed_in(), leave, now_ms()))


def _changed(work: Callable[[Any], Worker]) -> dict[str, Any]:
    with writing() as session:
        return accounts.show(session, work(session)) | {"yours": True}
