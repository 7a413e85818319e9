"""Cards and sheets that are in force no more: lost, stolen before they were handed out, or printed wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.cards import listing, payload
from server.errors import NotFound
from server.models import CardList, CardRevocation, CardSheet

SHORT_ID = 8  # bytes of a card id in the list: enough to tell cards apart, too few to make one


def revoke_card(session: Session, card_id: bytes, now: int) -> int:
    """Take one card out of force, by its id; answers the number of the list that tells it. Free to repeat."""
    return _revoke(session, "card", [card_id[:SHORT_ID]], now)


def revoke_sheets(session: Session, first: int, last: int, now: int, townships: Sequence[str] | None = None) -> int:
    """Take all cards of the sheets printed with these numbers out of force, of these townships' desks when they are named.

    Raises NotFound when there is none.
    """
    asked = select(CardSheet.prefix).where(CardSheet.number.between(first, last))
    sheets = session.scalars(asked if townships is None else asked.where(CardSheet.township.in_(townships))).all()
    if not sheets:
        raise NotFound("没有这些页 No sheet has such a number", code="unknown_sheet")
    return _revoke(session, "sheet", sheets, now)


def is_revoked(session: Session, card: payload.Card) -> bool:
    """Whether a card or its sheet was taken out of force."""
    values = [card.id[:SHORT_ID], card.sheet]
    return session.scalars(select(CardRevocation.kind).where(CardRevocation.value.in_(values))).first() is not None


def _revoke(session: Session, kind: str, values: Iterable[bytes], now: int) -> int:
    gone = select(CardRevocation.value).where(CardRevocation.kind == kind)
    fresh = sorted(set(values) - set(session.scalars(gone)))
    held = session.get(CardList, 1)
    number = held.number if held else 0
    if not fresh:
        return number
    for value in fresh:
        session.add(CardRevocation(kind=kind, value=value, list_number=number + 1, at=now))
    return listing.publish(session, now)
