"""Deciding what waits in the inbox, and taking a decision back. Each is one row in the audit log."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk import asked, duplicates
from server.desk.inbox import UNDO, conflicts_of, flagged_of, parked_of
from server.desk.search import Index
from server.errors import AppError, BadInput
from server.models import Conflict, Event, HolderRequest, Household, Parked, Person, Seen
from server.sync import deciding
from server.sync.append import write_events
from server.sync.fields import column, to_wire

OF_TWO: dict[str, Literal["kept", "offered"]] = {"kept": "kept", "offered": "offered"}
OF_PARKED: dict[str, Literal["take", "dismiss"]] = {"take": "take", "dismiss": "dismiss"}


class ChangedSince(AppError):
    """The value that a decision had set was changed again; taking the decision back would overwrite that."""

    code, status = "changed_since", 409
    message = "之后又改过，不能撤回 It was changed again since and cannot be taken back"


def decide(session: Session, index: Index, who: Who, key: str, choice: str, now: int) -> str | None:
    """Decide one item of her inbox, or `undo` what was decided; answers the decision that now stands.

    Raises NotFound, BadInput (wrong_choice, decided_already, not_decided), ChangedSince, CannotTake.
    """
    item = _find(session, who, key)
    decision, area = (
        duplicates.decide(session, index, who, key, choice, now)
        if item is None
        else _act(session, who, item, choice, now)
    )
    detail = {"choice": choice, "item": type(item).__name__.lower() if item else "twins"}
    audit.note(session, "inbox.decide", key, detail, now=now, actor=who.id, phone=who.phone, place=area or who.county)
    return decision


def _find(session: Session, who: Who, key: str) -> Conflict | Parked | Event | HolderRequest | None:
    mine = (
        (conflicts_of(who), Conflict), (parked_of(session, who), Parked), (flagged_of(who), Event),
        (asked.of(who), HolderRequest),
    )  # fmt: skip
    for query, table in mine:
        found: Any = session.scalars(query.where(table.id == key)).first()
        if found is not None:
            return found  # type: ignore[no-any-return]  # one of the tables of the loop
    return None


def _act(
    session: Session, who: Who, item: Conflict | Parked | Event | HolderRequest, choice: str, now: int
) -> tuple[str | None, str | None]:
    if isinstance(item, Conflict):
        return _conflict(session, who, item, choice, now), item.area
    if isinstance(item, Parked):
        return _parked(session, who, item, choice, now), item.area
    if isinstance(item, HolderRequest):
        return asked.decide(item, who.id, choice, now), item.township
    return _flagged(session, who, item, choice, now), item.area


def _conflict(session: Session, who: Who, item: Conflict, choice: str, now: int) -> str | None:
    if choice == UNDO:
        _undo_conflict(session, who, item, now)
        return None
    if choice not in OF_TWO:
        raise _wrong(choice)
    deciding.decide_conflict(session, who.county, item.id, OF_TWO[choice], actor=who.id, now=now)
    return choice


def _undo_conflict(session: Session, who: Who, item: Conflict, now: int) -> None:
    """Open it again; when the offered value had been let stand, the kept one is written back, if nobody changed it since."""
    session.refresh(item, with_for_update=True)
    if item.decision is None:
        raise _not_decided()
    if item.decision == "offered":
        subject = _subject(session, item)
        if to_wire(item.field, getattr(subject, column(item.field))) != item.offered:
            raise ChangedSince
        body = {"set": {item.field: item.kept}, "base": {item.field: subject.rev.get(item.field)}}
        draft = {
            "kind": "patch", "schema": f"{item.subject_type}/1", "actor": who.id, "role": "station",
            "area": subject.area, item.subject_type: subject.id, "body": body,
        }  # fmt: skip
        write_events(session, item.county, [draft], "desk", now=now)
    item.decision = item.decided_by = item.decided_at = None


def _subject(session: Session, item: Conflict) -> Person | Household:
    key = (item.county, item.subject)
    if item.subject_type == "person":
        return session.get_one(Person, key, populate_existing=True)
    return session.get_one(Household, key, populate_existing=True)


def _parked(session: Session, who: Who, item: Parked, choice: str, now: int) -> str | None:
    if choice == UNDO:
        if item.decision != "dismissed":
            raise _not_decided()
        item.decision = item.decided_by = item.decided_at = None
        return None
    if choice not in OF_PARKED:
        raise _wrong(choice)
    deciding.decide_parked(session, who.county, item.id, OF_PARKED[choice], actor=who.id, now=now)
    return item.decision


def _flagged(session: Session, who: Who, item: Event, choice: str, now: int) -> str | None:
    known = session.get(Seen, (item.county, item.id))
    if choice == UNDO:
        if known is None:
            raise _not_decided()
        session.delete(known)
        return None
    if choice != "seen":
        raise _wrong(choice)
    if known is None:
        session.add(Seen(county=item.county, event=item.id, worker_id=who.id, at=now))
    return choice


def _wrong(choice: str) -> BadInput:
    return BadInput(f"这里不能选 {choice} That cannot be chosen here", code="wrong_choice")


def _not_decided() -> BadInput:
    return BadInput("没有可以撤回的决定 There is no decision to take back", code="not_decided")
