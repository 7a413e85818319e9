"""A card that was recorded as lost or void goes out of force on every phone: the list names it from then on.

The record stands in one county's log and points at the one that gave the card; the card's id, in Base32, is that one's
`token`. What is out of force stays so, also when the record is taken back: a card that turns up again is not worth a
mistake, another blank one is.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.cards import payload
from server.models import Event, Record
from server.sync import log
from server.sync.item import Item

FORM = "service_card"
ENDS = frozenset({"lost", "void"})


def ended_by(session: Session, county: str, items: Iterable[Item]) -> list[bytes]:
    """Ids of the cards that accepted records about cards end; a record of another person ends nothing."""
    ends = [item for item in items if _answers(item.body)["step"] in ENDS]
    asked = select(Record.id).where(Record.county == county, Record.id.in_([item.id for item in ends]))
    taken = set(session.scalars(asked))
    given = {str(_answers(item.body).get("of")): item.person for item in ends if item.id in taken}
    first = select(Event).where(Event.county == county, Event.id.in_(given), Event.schema.startswith(FORM + "/"))
    found = [card_of(event) for event in session.scalars(first) if event.person == given[event.id]]
    return [card for card in found if card is not None]


def card_of(event: Event) -> bytes | None:
    """The id of the card that a record gave; None for any other record, and for one that was erased."""
    token = _answers(log.body_of(event) or {}).get("token")
    try:
        card = base64.b32decode(f"{token}======")
    except ValueError:
        return None
    return card if len(card) == payload.ID_BYTES else None


def _answers(body: dict[str, object]) -> dict[str, object]:
    answers = body.get("answers")
    return {"step": None, **answers} if isinstance(answers, dict) else {"step": None}
