"""The same card in two townships within an hour is raised at both desks: a picture of a card is a card, too.

Of what led to a service or gave a card the township it was written for is looked at, of any other scan that of the
worker (see scanning); it is kept for days. Nobody can be followed by it: what is shown is a flag on two records.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.cards import linking, terms
from server.cards.losing import card_of
from server.models import CardSighting, Event
from server.models.area import township_of
from server.sync.item import Item

TWO_PLACES = "card_in_two_places"
HOUR_MS = 3_600_000
DAY_MS = 86_400_000
VERSION_AT, GUEST = 14, "8"  # in a guest's id, see linking.guest_of
FLAG_LENGTH = 120


def shows_card(item: Item) -> bool:
    """Whether a record was written for whoever holds a card."""
    return item.kind == "record" and item.person is not None and item.person[VERSION_AT : VERSION_AT + 1] == GUEST


def note(session: Session, county: str, items: Iterable[Item], now: int) -> None:
    """Remember where these records showed a card, and raise what cannot be. Free to repeat."""
    forget(session, now)
    for item in items:
        event = session.get(Event, (county, item.id))
        holder = _holder(event) if event is not None else None
        if event is None or holder is None or event.area is None:
            continue
        at = event.t if event.t_fixed is None else event.t_fixed
        place = township_of(event.area)
        session.merge(CardSighting(county=county, event=event.id, holder=holder, township=place, at=at))
        session.flush()
        raise_others(session, county, [event], holder, place, at)


def forget(session: Session, now: int) -> int:
    """What is older than `sighting_days` goes; answers how many."""
    old = delete(CardSighting).where(CardSighting.at < now - terms.days("sighting_days") * DAY_MS)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]  # a delete's result has one


def _holder(event: Event) -> str | None:
    """Whose card: of the guest it was written for, or of the card that was given."""
    if event.person is not None and event.person[VERSION_AT : VERSION_AT + 1] == GUEST:
        return event.person
    card = card_of(event)
    return None if card is None else linking.guest_of(card)


def raise_others(session: Session, county: str, here: list[Event], holder: str, place: str, at: int) -> None:
    """Flag these records and those that the card led to within an hour in another township, if it was shown there."""
    elsewhere = select(CardSighting.event).where(
        CardSighting.county == county, CardSighting.holder == holder, CardSighting.township != place,
        CardSighting.at.between(at - HOUR_MS, at + HOUR_MS),
    )  # fmt: skip
    others = list(session.scalars(elsewhere))
    for one in [*here, *(session.get(Event, (county, key)) for key in others)] if others else []:
        if one is not None and TWO_PLACES not in (one.flag or ""):
            one.flag = ",".join(filter(None, (one.flag, TWO_PLACES)))[:FLAG_LENGTH]
