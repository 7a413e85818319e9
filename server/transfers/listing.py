"""What a township's desk sees of its transfers, and its two rates of service."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.models import Person, Transfer
from server.transfers import content, letters, terms
from server.transfers.sending import OPEN, still_agreed

OVER = ("acknowledged", "declined")


def listed(session: Session, townships: list[str], now: int) -> dict[str, Any]:
    """{transfers, rates, mark}: newest first. Names stand where the content still is, or the person."""
    mine = select(Transfer).where(or_(*(Transfer.township == one for one in townships)))
    rows = session.scalars(mine.order_by(Transfer.asked_at.desc(), Transfer.id)).all()
    today = day_of(now).isoformat()
    return {
        "transfers": [_line(session, row, today) for row in rows],
        "rates": rates(rows),
        "mark": letters.mark(letters.card_id(letters.own_card(session))),
    }


def of_person(session: Session, her: Person, now: int) -> list[dict[str, Any]]:
    """[{id, place, on, items: [{zh, en}], state}] of what went along with her, newest first, for her own eyes."""
    same = select(Person.id).where(Person.county == her.county, or_(Person.id == her.id, Person.merged_into == her.id))
    mine = select(Transfer).where(Transfer.county == her.county, Transfer.person.in_(same), Transfer.side == "out")
    words = terms.items()
    return [
        {
            "id": row.id, "place": row.other_name, "on": day_of(row.asked_at).isoformat(),
            "items": [{name: words[item][name] for name in ("zh", "en")} for item in row.items],
            "state": "revoked" if row.state in OPEN and not still_agreed(session, row, now) else row.state,
        }
        for row in session.scalars(mine.order_by(Transfer.asked_at.desc(), Transfer.id))
    ]  # fmt: skip


def rates(rows: Any) -> dict[str, int]:
    """提交率 = sent of asked, 反馈率 = answered of received; as counts, and of nothing but these rows."""
    out = [row for row in rows if row.side == "out"]
    come = [row for row in rows if row.side == "in"]
    return {
        "asked": len(out), "sent": sum(row.sent_at is not None for row in out), "received": len(come),
        "answered": sum(row.state in OVER for row in come),
        "in_time": sum(row.state in OVER and day_of(row.answered_at or 0).isoformat() <= row.due_on for row in come),
    }  # fmt: skip


def _line(session: Session, row: Transfer, today: str) -> dict[str, Any]:
    names = ("id", "side", "other", "other_name", "peer", "person", "items", "urgent", "state", "due_on", "reason")
    late = row.state in ("waiting", "sent") and row.due_on < today
    return {name: getattr(row, name) for name in names} | {
        "name": _name(session, row),
        "late": late,
        "at": row.asked_at,
    }


def _name(session: Session, row: Transfer) -> str:
    person = session.get(Person, (row.county, row.person)) if row.person else None
    if person is not None:
        return person.name
    return content.name_of(row.content) if row.content else ""
