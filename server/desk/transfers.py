"""Transfers as a signed-in worker may see them: those of her townships, check-ups for the technician alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk import people
from server.errors import NotFound
from server.extensions import writing
from server.models import Transfer
from server.models.area import township_of
from server.rules.book import Book
from server.transfers import content, filing, sending, taking


def preview(book: Book, who: Who, person: str, items: list[str], now: int) -> dict[str, Any]:
    """{name, lines, seen} of what would go. Audited as a look at her record."""
    with writing() as session:
        her = people.find_person(session, who, person)
        bundle, seen = sending.preview(session, book, her, items)
        audit.note(session, "transfer.preview", her.id, {"items": items}, now=now, actor=who.id, place=her.area)
    return _shown(bundle, seen, who)


def look(who: Who, transfer: str, side: str, now: int) -> dict[str, Any]:
    """{name, lines, seen} of one that still has its content. Raises NotFound, TakenBack."""
    with writing() as session:
        row = find(session, who, transfer, side)
        gone = taking.expire(session, row, now)
        audit.note(
            session, "transfer.read", row.person, {"transfer": row.id}, now=now, actor=who.id, place=row.township
        )
    if gone:
        raise taking.TakenBack
    if row.content is None:
        raise NotFound
    return _shown(row.content, content.digest(row.content), who)


def answer(who: Who, transfer: str, decision: str, reason: str, now: int) -> dict[str, Any]:
    """Acknowledge or decline one that came. Raises NotFound, NotOpen, TakenBack, BadInput."""
    with writing() as session:
        row = find(session, who, transfer, "in")
        gone = taking.expire(session, row, now)
        if not gone:
            taking.answer(session, row, decision, reason, who.id, now)
    if gone:
        raise taking.TakenBack
    return {"id": row.id, "state": row.state}


def file(book: Book, who: Who, transfer: str, person: str, now: int) -> dict[str, Any]:
    """What came becomes records of hers here. Raises NotFound, NotOpen."""
    with writing() as session:
        row, her = find(session, who, transfer, "in"), people.find_person(session, who, person)
        filing.file(session, book, row, her, who.id, now)
    return {"id": row.id, "state": row.state}


def letter(who: Who, transfer: str, now: int) -> bytes:
    """The file that goes to the other server. Raises NotFound."""
    with writing() as session:
        out = session.get(Transfer, (transfer, "out"))
        if out is not None and out.township in _townships(who):
            return sending.letter(session, out, who.id, now)
        return taking.answer_letter(session, find(session, who, transfer, "in"))


def find(session: Session, who: Who, transfer: str, side: str) -> Transfer:
    """One side of a transfer of her townships. Raises NotFound."""
    row = session.get(Transfer, (transfer, side))
    if row is None or row.township not in _townships(who):
        raise NotFound
    return row


def _townships(who: Who) -> set[str]:
    return {township_of(area) for role in ("station", "technician") for area in who.areas(role)}


def _shown(bundle: content.Bundle, seen: str, who: Who) -> dict[str, Any]:
    may = "technician" in who.roles
    return {"name": content.name_of(bundle), "lines": content.lines(bundle, clinical=may), "seen": seen}
