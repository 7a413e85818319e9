"""The desk's side of phones: codes, the list, and what to do about a lost one."""

from __future__ import annotations

from typing import Any

from server import accounts, auth, devices, parcels
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.phones import (
    CodeWanted,
    ParcelFile,
    ParcelsTaken,
    PhonePage,
    Phones,
    PhoneState,
    Slip,
    StateWanted,
)
from server.clock import now_ms
from server.desk import phones as phones_desk
from server.extensions import db, writing

DESK = ("station", "county")
blueprint = Blueprint("phones", __name__, url_prefix="/api/phones", description="手机管理 Phones at the desk")


@blueprint.get("")
@blueprint.response(200, Phones)
@access(*DESK)
def phones() -> dict[str, Any]:
    """Phones of the workers in one's area: state, last seen, what waits unsent. No positions, ever."""
    return {"phones": devices.phones_of(db.session(), auth.signed_in().areas(*DESK))}


@blueprint.get("/<id:phone>")
@blueprint.response(200, PhonePage)
@access(*DESK)
def phone(phone: str) -> dict[str, Any]:
    """What lies on one phone, and what was done about it."""
    return phones_desk.open_phone(db.session(), auth.signed_in(), phone)


@blueprint.post("/codes")
@blueprint.arguments(CodeWanted)
@blueprint.response(200, Slip)
@access(*DESK)
def make_code(given: dict[str, str]) -> devices.Slip:
    """A one-time code for one worker's phone."""
    who = auth.signed_in()
    with writing() as session:
        worker = accounts.worker_within(session, given["worker"], who.areas(*DESK))
        return devices.make_code(session, worker, now_ms(), who.id)


@blueprint.post("/parcels")
@blueprint.arguments(ParcelFile)
@blueprint.response(200, ParcelsTaken)
@access("station")
def take_parcels(given: dict[str, Any]) -> parcels.Taken:
    """Take in a file that a phone without a network saved: sealed rows, each signed by its phone. Free to repeat."""
    who, now = auth.signed_in(), now_ms()
    taken = parcels.take_in(who, given["parcels"], now)
    with writing() as session:
        parcels.note(session, who, taken, who.areas("station")[0], now)
    return taken


@blueprint.post("/<id:phone>/state")
@blueprint.arguments(StateWanted)
@blueprint.response(200, PhoneState)
@access(*DESK)
def change_state(given: dict[str, str], phone: str) -> dict[str, str]:
    """Suspend, report lost, retire or re-activate a phone; its sessions end at once."""
    who = auth.signed_in()
    with writing() as session:
        found = devices.find_phone(session, phone, who.areas(*DESK))
        devices.change_state(session, found, given["state"], now_ms(), who.id)
        return {"id": found.id, "state": found.state}
