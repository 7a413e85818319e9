"""What a person at the desk decides: which of two values stands, and what becomes of what was parked."""

from __future__ import annotations

import secrets
from typing import Any, Literal

from sqlalchemy.orm import Session

from server.clock import day_of
from server.errors import AppError, BadInput, NotFound
from server.ids import new_id
from server.models import Conflict, Household, Parked, Person
from server.sync.append import book, write_events
from server.sync.intake import FORKS, Setting, take_in
from server.sync.item import Item, read
from server.sync.taking import look_over


class CannotTake(AppError):
    """Taking a parked event as it is does not work; `code` stays the reason it was parked for."""

    status, message = 409, "这一条还不能收下 This cannot be taken as it is"


def decide_conflict(
    session: Session, county: str, conflict: str, choice: Literal["kept", "offered"], *, actor: str, now: int
) -> None:
    """Let a value stand. `offered` is written as a patch of the desk. Raises NotFound, BadInput decided_already."""
    row = session.get(Conflict, (county, conflict), with_for_update=True)
    if row is None:
        raise NotFound
    if row.decision is not None:
        raise BadInput("已经处理过 This was decided already", code="decided_already")
    if choice == "offered":
        write_events(session, county, [_offered(session, row, actor)], "desk", now=now)
    row.decision, row.decided_by, row.decided_at = choice, actor, now


def _offered(session: Session, row: Conflict, actor: str) -> dict[str, Any]:
    key = (row.county, row.subject)
    subject: Person | Household
    subject = session.get_one(Person, key) if row.subject_type == "person" else session.get_one(Household, key)
    body = {"set": {row.field: row.offered}, "base": {row.field: subject.rev.get(row.field)}}
    return {
        "kind": "patch", "schema": f"{row.subject_type}/1", "actor": actor, "role": "station", "area": subject.area,
        row.subject_type: row.subject, "body": body,
    }  # fmt: skip


def decide_parked(
    session: Session, county: str, parked: str, choice: Literal["take", "dismiss"], *, actor: str, now: int
) -> None:
    """Take a parked event in after all (a fork under a new id), or leave it aside for good; its content stays either way.

    Raises NotFound, BadInput decided_already, CannotTake.
    """
    row = session.get(Parked, (county, parked), with_for_update=True)
    if row is None:
        raise NotFound
    if row.decision is not None:
        raise BadInput("已经处理过 This was decided already", code="decided_already")
    if choice == "take":
        _take(session, county, row, now)
    row.decision, row.decided_by, row.decided_at = {"take": "taken", "dismiss": "dismissed"}[choice], actor, now
    row.erase_at = None


def _take(session: Session, county: str, row: Parked, now: int) -> None:
    setting = Setting(county, book(), now, day_of(now).isoformat())
    item = read(row.content)
    if item.fault in ("digest_mismatch", "too_large") and item.blob:
        item.fault = None
    _as_new(item, again=row.reason in FORKS)
    look_over(setting.book, [item], setting.today)
    if item.fault == "not_writer":
        item.fault = None
    code, reason = take_in(session, setting, [item]).answers[0]
    if code not in ("accepted", "duplicate"):
        raise CannotTake(code=reason or code)


def _as_new(item: Item, *, again: bool) -> None:
    """Its place in the store's count was given to what was parked; a fork also gets an id of its own."""
    item.flags.append("taken_by_desk")
    item.whole = secrets.token_bytes(16)
    if again:
        item.id, item.dseq, item.store = new_id(), None, None
