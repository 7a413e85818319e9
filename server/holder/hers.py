"""Her own page, open by a code: her next day, what she agreed to, what went along with her, taking any of it back.

Each look is in the audit log.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server import audit
from server.clock import day_of
from server.errors import BadInput, NotFound
from server.holder import codes
from server.models import Consent, HolderRequest, Person, Record, Transfer
from server.rules import schedule
from server.rules.book import Book
from server.rules.shapes import DueItem
from server.sync import county_days
from server.sync.append import write_events
from server.transfers import listing, sending

COLUMNS = (Record.id, Record.form, Record.occurred_on, Record.coded, Record.role, Record.author, Record.person,
           Record.household, Record.status, Record.days)  # fmt: skip


def look(session: Session, book: Book, token: str, now: int) -> dict[str, Any]:
    """{next: {on, zh, en} | None, consents: [...], moved: [...], asked: [...]}; no name: she knows it. Raises VisitOver."""
    her = codes.visitor(session, token, now)
    audit.note(session, "holder.read", her.id, {}, now=now, actor=her.id, place=her.area)
    return _page(session, book, her, now)


def withdraw(session: Session, book: Book, token: str, purpose: str, now: int) -> dict[str, Any]:
    """She takes back one thing she agreed to: what it covered is hidden at once and erased when its days are over.

    Raises VisitOver, BadInput (not_agreed).
    """
    her = codes.visitor(session, token, now)
    said = session.get(Consent, (her.county, her.id, purpose))
    if said is None or said.decision != "given":
        raise BadInput("这一项没有同意过 There is nothing to take back here", code="not_agreed")
    answers = {"purpose": purpose, "decision": "withdrawn", "of": said.record}
    draft = {
        "kind": "record", "schema": f"consent/{book.forms['consent']['version']}", "actor": her.id, "role": "station",
        "area": her.area, "person": her.id, "body": {"occurred_on": day_of(now).isoformat(), "answers": answers},
    }  # fmt: skip
    write_events(session, her.county, [draft], "desk", now=now)
    audit.note(session, "holder.withdraw", her.id, {"purpose": purpose}, now=now, actor=her.id, place=her.area)
    return _page(session, book, her, now)


def take_back(session: Session, book: Book, token: str, transfer: str, now: int) -> dict[str, Any]:
    """She takes back what went along with her: here at once, from another server by the file that the desk brings there.

    Raises VisitOver, NotFound, NotOpen.
    """
    her = codes.visitor(session, token, now)
    if transfer not in [one["id"] for one in listing.of_person(session, her, now)]:
        raise NotFound
    sending.revoke(session, session.get_one(Transfer, (transfer, "out")), her.id, now)
    audit.note(session, "holder.take_back", her.id, {"transfer": transfer}, now=now, actor=her.id, place=her.area)
    return _page(session, book, her, now)


def _page(session: Session, book: Book, her: Person, now: int) -> dict[str, Any]:
    return {
        "next": _next(session, book, her, day_of(now).isoformat()),
        "consents": _consents(session, book, her),
        "moved": listing.of_person(session, her, now),
        "asked": _asked(session, her),
    }


def _consents(session: Session, book: Book, her: Person) -> list[dict[str, Any]]:
    mine = select(Consent).where(Consent.county == her.county, Consent.person == her.id).order_by(Consent.purpose)
    words = _purposes(book)
    return [
        {"purpose": row.purpose, "decision": row.decision, "on": row.occurred_on, **words.get(row.purpose, {})}
        for row in session.scalars(mine)
    ]


def _purposes(book: Book) -> dict[str, dict[str, str]]:
    [field] = [one for one in book.forms["consent"]["fields"] if one["key"] == "purpose"]
    return {one["code"]: {"zh": one["zh"], "en": one["en"]} for one in field["options"]}


def _asked(session: Session, her: Person) -> list[dict[str, Any]]:
    mine = select(HolderRequest).where(HolderRequest.county == her.county, HolderRequest.person == her.id)
    rows = session.scalars(mine.order_by(HolderRequest.asked_at.desc()))
    return [{"kind": row.kind, "due_on": row.due_on, "done": row.decision is not None} for row in rows]


def _next(session: Session, book: Book, her: Person, today: str) -> dict[str, str] | None:
    """The first day that is to come or has come, in the schedule's words."""
    by_id = {one["id"]: one for one in book.schedules}
    here = county_days.schedules(session, her.county, book)
    items = [one for one in schedule.due_items(here, _records(session, her), today) if one.person == her.id]
    return _told(items[0], by_id) if items else None


def _told(item: DueItem, by_id: dict[str, Any]) -> dict[str, str]:
    words = by_id[item.schedule]
    return {"on": item.due, "zh": words["zh"], "en": words["en"]}


def _records(session: Session, her: Person) -> list[dict[str, Any]]:
    same = select(Person.id).where(Person.county == her.county, or_(Person.id == her.id, Person.merged_into == her.id))
    found = select(*COLUMNS).where(
        Record.county == her.county, Record.person.in_(same), Record.shown, Record.blocked.is_(False),
        Record.status == "live",
    )  # fmt: skip
    rows = [dict(row._mapping) for row in session.execute(found)]
    return [row | {"answers": row.pop("coded"), "person": her.id, "household": her.household_id} for row in rows]
