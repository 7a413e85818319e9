"""What people at the desk, the operator and time itself do to the town: one verb each, through the real use cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from server import devices
from server.clock import now_ms
from server.errors import AppError
from server.extensions import db, writing
from server.models import Conflict, Event, Grant, Parked, Phone
from server.sync import backup as backups
from server.sync import deciding, dump, epoch, erasing, granting, merging, tidying
from server.sync.append import book
from tests.simulation.place import COUNTY

Given = dict[str, Any]


def grant(given: Given) -> Given:
    """Give a role in an area, or take it away."""
    live = select(Grant).where(
        Grant.worker_id == given["worker"], Grant.area == given["area"], Grant.revoked_at.is_(None)
    )
    held = db.session().scalar(live)
    with writing() as session:
        change = granting.revoke if held else granting.grant
        change(session, given["worker"], given["role"], given["area"], now=now_ms())
    return {"granted": held is None}


def merge(given: Given) -> Given:
    """Two entries become one, or two again."""
    use = merging.unmerge if given.get("back") else merging.merge
    try:
        with writing() as session:
            use(session, COUNTY, given["dropped"], given["kept"], now=now_ms())
    except AppError as error:
        return {"refused": error.code}
    return {}


def erase(given: Given) -> Given:
    """Erase a person for good."""
    with writing() as session:
        erasing.erase(session, COUNTY, [given["person"]], now=now_ms())
    return {}


def tidy(_: Given) -> Given:
    """Erase what is due; answers what lost its body."""
    before = set(db.session().scalars(select(Event.id).where(Event.body.is_not(None))))
    tidying.tidy(now_ms())
    return {"erased": sorted(before - set(db.session().scalars(select(Event.id).where(Event.body.is_not(None)))))}


def phone_state(given: Given) -> Given:
    """A phone is lost, or found again."""
    with writing() as session:
        devices.change_state(session, session.get_one(Phone, given["device"]), given["state"], now_ms())
    return {}


def decide(given: Given) -> Given:
    """Take or dismiss the oldest parked event, or settle the oldest conflict."""
    asked = select(Parked.id).where(Parked.decision.is_(None)).order_by(Parked.received_at, Parked.id).limit(1)
    clash = select(Conflict.id).where(Conflict.decision.is_(None)).order_by(Conflict.raised_at, Conflict.id).limit(1)
    parked, conflict = db.session().scalar(asked), db.session().scalar(clash)
    actor = given["actor"]
    try:
        with writing() as session:
            if parked and given["take"] in ("take", "dismiss"):
                deciding.decide_parked(session, COUNTY, parked, given["take"], actor=actor, now=now_ms())
            elif conflict and given["take"] in ("kept", "offered"):
                deciding.decide_conflict(session, COUNTY, conflict, given["take"], actor=actor, now=now_ms())
            else:
                return {"nothing": True}
    except AppError as error:
        return {"refused": error.code}
    return {}


def update_app(given: Given) -> Given:
    """The server learns the next version of a form."""
    form = book().forms[given["form"]]
    form["version"] += 1
    return {"version": form["version"]}


def back_up(_: Given) -> Given:
    """What `backup` does, without packing and encrypting, which cost a tenth of a second; the copy is checked all the same."""
    epoch.current()
    copy = _backup()
    copy.unlink(missing_ok=True)
    dump.copy_out(db.engine, copy)
    dump.stamp(copy, epoch.IN_BACKUP)
    return {"stores": backups._move_on(dump.check(copy)[1])}


def restore(_: Given) -> Given:
    """What `restore` does with such a copy: the journal beside the database stays, as `_merge_journals` would leave it."""
    copy = _backup()
    if not copy.exists():
        return {"nothing": True}
    db.session.remove()
    dump.copy_in(copy, db.engine)
    epoch.begin(_folder())
    return {"epoch": epoch.current()}


def _backup() -> Path:
    return _folder() / "backup.copy"


def _folder() -> Path:
    folder = current_app.extensions["suifang_settings"].data
    assert isinstance(folder, Path)
    return folder


VERBS = {
    "grant": grant, "merge": merge, "erase": erase, "tidy": tidy, "phone_state": phone_state, "decide": decide,
    "update_app": update_app, "back_up": back_up, "restore": restore,
}  # fmt: skip
