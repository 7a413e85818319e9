"""Likely the same person twice: what waits in the inbox, and what becomes of it. Merging can be taken back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.auth import Who
from server.desk.names import Entry
from server.desk.scope import townships
from server.desk.search import Index
from server.desk.twins import Twins, key_of
from server.errors import BadInput, NotFound
from server.models import Pair, Person
from server.models.sealed import app_keys
from server.rules import masks
from server.sync import merging
from server.sync.fields import to_wire

MERGE, DISTINCT, UNDO = "merge", "distinct", "undo"
DECISIONS = {MERGE: "merged", DISTINCT: "distinct"}


def waiting(session: Session, index: Index, who: Who, now: int) -> list[dict[str, Any]]:
    """Pairs of her townships that nobody has judged, oldest first, as parts of inbox items."""
    known = {(row.one, row.other) for row in _rows(session, who)}
    found = [pair for township in townships(who) for pair in index.twins(session, app_keys(), township, now)]
    return [_item(pair) for pair in found if (pair.one.id, pair.other.id) not in known]


def judged(session: Session, who: Who) -> list[dict[str, Any]]:
    """Pairs of her townships that were decided, as parts of inbox items."""
    mine = _rows(session, who)
    ids = {key for row in mine for key in (row.one, row.other)}
    people = {
        one.id: one for one in session.scalars(select(Person).where(Person.county == who.county, Person.id.in_(ids)))
    }
    return [_decided(row, [people[key] for key in (row.one, row.other) if key in people]) for row in mine]


def decide(session: Session, index: Index, who: Who, key: str, choice: str, now: int) -> tuple[str | None, str]:
    """Merge the newer row into the older, say they are two, or undo. Answers (decision, area).

    Raises NotFound, BadInput (wrong_choice, decided_already, same_person, not_merged).
    """
    known = next((row for row in _rows(session, who) if key_of(row.one, row.other) == key), None)
    if known is not None and choice == UNDO:
        return None, _undo(session, known, now)
    if known is not None:
        raise BadInput("已经处理过 This was decided already", code="decided_already")
    pair = _find(session, index, who, key, now)
    if choice == UNDO:
        raise BadInput("没有可以撤回的决定 There is no decision to take back", code="not_decided")
    if choice not in DECISIONS:
        raise BadInput(f"这里不能选 {choice} That cannot be chosen here", code="wrong_choice")
    if choice == MERGE:
        merging.merge(session, who.county, pair.other.id, pair.one.id, now=now)
    session.add(
        Pair(county=who.county, one=pair.one.id, other=pair.other.id, area=pair.one.area, decision=DECISIONS[choice],
             decided_by=who.id, decided_at=now)
    )  # fmt: skip
    return DECISIONS[choice], pair.one.area


def _rows(session: Session, who: Who) -> list[Pair]:
    mine = session.scalars(select(Pair).where(Pair.county == who.county))
    return [row for row in mine if row.area[:9] in townships(who)]


def _find(session: Session, index: Index, who: Who, key: str, now: int) -> Twins:
    for township in townships(who):
        for pair in index.twins(session, app_keys(), township, now):
            if key_of(pair.one.id, pair.other.id) == key:
                return pair
    raise NotFound


def _undo(session: Session, known: Pair, now: int) -> str:
    area, merged = known.area, known.decision == DECISIONS[MERGE]
    county, one, other = known.county, known.one, known.other
    session.delete(known)
    if merged:
        merging.unmerge(session, county, other, one, now=now)
    return area


def _item(pair: Twins) -> dict[str, Any]:
    return {
        "id": key_of(pair.one.id, pair.other.id), "kind": "twins", "at": _born(pair.other.id), "area": pair.one.area,
        "reason": pair.why, "people": [_open(pair.one), _open(pair.other)],
    }  # fmt: skip


def _decided(row: Pair, people: list[Person]) -> dict[str, Any]:
    return {
        "id": key_of(row.one, row.other), "kind": "twins", "at": _born(row.other), "area": row.area, "reason": None,
        "people": [_told(one) for one in people], "decision": row.decision, "decided_by": row.decided_by,
        "decided_at": row.decided_at,
    }  # fmt: skip


def _born(person: str) -> int:
    """When an id was made, ms: a UUIDv7 begins with its time."""
    return int(person[:8] + person[9:13], 16)


def _open(one: Entry) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "sex": one.sex, "birth": to_wire("birth", one.birth),
        "phone": masks.phone(one.phone), "id_number": masks.id_number(one.id_number.upper()), "area": one.area,
        "household": one.household,
    }  # fmt: skip


def _told(one: Person) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "sex": one.sex, "birth": to_wire("birth", one.birth),
        "phone": masks.phone(one.phone or ""), "id_number": masks.id_number(one.id_number or ""), "area": one.area,
        "household": one.household_id,
    }  # fmt: skip
