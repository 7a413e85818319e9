"""证卡机三统一: where what was written about a card, the list of cards out of force and the person's row do not agree.

Of an old paper only "seen" is kept, so there is nothing of it to compare. Kinds and what one tap does:
revoked_but_hers (the card or its sheet is out of force, her row says she has it) and expired: the row ends · lost_but_good
(told lost or void, still in force) and older_too (she has a newer one): the card goes out of force, and the row ends ·
given_twice (it is another person's): this second row is taken back, the card stays the first one's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.cards import linking, payload, revoking
from server.cards.losing import FORM, card_of
from server.clock import day_of
from server.errors import NotFound
from server.models import CardRevocation, CardSheet, Event, Person, Record
from server.models.area import county_of
from server.sync.append import write_events

ENDED = ("lost", "void")


@dataclass(frozen=True)
class Fault:
    """One thing that does not agree, by the record that gave the card."""

    kind: str
    record: Record
    card: bytes


def faults(session: Session, township: str, today: str) -> list[Fault]:
    """All of a township, in the order of village and day; at most one a card's record."""
    county = county_of(township)
    about = select(Record).where(
        Record.county == county, Record.form == FORM, Record.area.startswith(township), Record.status == "live",
        Record.blocked.is_(False),
    )  # fmt: skip
    rows = list(session.scalars(about.order_by(Record.area, Record.occurred_on, Record.id)))
    issued = {row.id: row for row in rows if row.coded.get("step") == "issued" and row.person}
    ended = {str(row.coded.get("of")) for row in rows if row.coded.get("step") in ENDED}
    events = session.scalars(select(Event).where(Event.county == county, Event.id.in_(issued)))
    known = {event.id: (card, event.flag or "") for event in events if (card := card_of(event)) is not None}
    gone, sheets = set(session.scalars(select(CardRevocation.value))), _last_days(session)
    newest = _newest(session, (row for row in issued.values() if row.id not in ended and row.id in known))
    found = []
    for key, (card, flag) in known.items():
        row = issued[key]
        facts = _Facts(
            key in ended, bool({card[:8], card[:4]} & gone), linking.TWICE in flag, newest.get(key, key) == key
        )
        kind = _kind(facts, sheets.get(card[: payload.SHEET_BYTES], "9999"), today)
        if kind is not None:
            found.append(Fault(kind, row, card))
    return sorted(found, key=lambda one: (one.record.area, one.record.occurred_on, one.record.id))


@dataclass(frozen=True)
class _Facts:
    ended: bool
    revoked: bool
    twice: bool
    newest: bool


def _kind(facts: _Facts, last_day: str, today: str) -> str | None:
    if facts.ended:
        return None if facts.revoked or facts.twice or last_day < today else "lost_but_good"
    if facts.twice:
        return "given_twice"
    if facts.revoked:
        return "revoked_but_hers"
    if not facts.newest:
        return "older_too"
    return "expired" if last_day < today else None


def _last_days(session: Session) -> dict[bytes, str]:
    rows = session.execute(select(CardSheet.prefix, CardSheet.expires))
    return {prefix: payload.day_text(expires) for prefix, expires in rows}


def _newest(session: Session, rows: Iterable[Record]) -> dict[str, str]:
    """{record: the newest record that gave the same person a card}."""
    by_person: dict[str, list[Record]] = {}
    for row in rows:
        person = session.get(Person, (row.county, row.person))
        root = person.merged_into or person.id if person is not None else str(row.person)
        by_person.setdefault(root, []).append(row)
    latest = {root: max(held, key=lambda one: (one.occurred_on, one.id)).id for root, held in by_person.items()}
    return {row.id: latest[root] for root, held in by_person.items() for row in held}


def repair(session: Session, township: str, record: str, kind: str, actor: str, now: int) -> None:
    """Make one of them agree. Raises NotFound when it agrees already."""
    today = day_of(now).isoformat()
    found = [one for one in faults(session, township, today) if (one.record.id, one.kind) == (record, kind)]
    if not found:
        raise NotFound
    [fault] = found
    if kind in ("lost_but_good", "older_too"):
        revoking.revoke_card(session, fault.card, now)
    if kind != "lost_but_good":
        write_events(session, fault.record.county, [_ending(fault, actor, today)], "desk", now=now)


def _ending(fault: Fault, actor: str, today: str) -> dict[str, Any]:
    row = fault.record
    head = {"schema": f"{FORM}/{row.form_version}", "actor": actor, "role": "station", "area": row.area}
    if fault.kind == "given_twice":
        return head | {"kind": "void", "body": {"of": row.id, "reason": "卡是另一个人的"}}
    answers = {"step": "void", "of": row.id}
    return head | {"kind": "record", "person": row.person, "body": {"occurred_on": today, "answers": answers}}
