"""A card leads home: what somebody elsewhere recorded for "who holds this card" is hers, without her name being told.

A phone that scans a card of nobody on its list writes for a guest, a person named by the card alone. When the record that
gave the card is here, the guest is merged into her, as two entries for one woman are: consents and records follow the
same rules, and nothing of hers goes to the phone that asked. What came before that waits parked and is taken then.
A card that is given to a second person stays the first one's, and the desk is asked.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.cards.losing import card_of
from server.extensions import savepoint
from server.models import Event, Parked, Person, Record
from server.sync import deciding, merging

TWICE = "card_given_twice"
WAITS = "unknown_person"


def guest_of(card: bytes) -> str:
    """Who holds a card, as a person's id: a UUID of version 8 (RFC 9562) made of the card's id (16 bytes)."""
    value = int.from_bytes(card)
    value = value & ~(0xF << 76) | 0x8 << 76
    text = f"{value & ~(0b11 << 62) | 0b10 << 62:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def link(session: Session, county: str, record: str, now: int) -> None:
    """The card that a shown record gave is its person's from now on. Free to repeat."""
    given, event = session.get(Record, (county, record)), session.get(Event, (county, record))
    card = card_of(event) if event is not None else None
    if given is None or event is None or card is None or not given.shown or given.person is None:
        return
    guest, her = session.get(Person, (county, guest_of(card))), _root(session, county, given.person)
    if guest is None:
        _bring_home(session, guest_of(card), her, now)
        _take_what_waits(session, county, guest_of(card), event.actor, now)
    elif _root(session, county, guest.id).id != her.id:
        event.flag = TWICE


def _root(session: Session, county: str, person: str) -> Person:
    found = session.get_one(Person, (county, person))
    while found.merged_into is not None:
        found = session.get_one(Person, (county, found.merged_into))
    return found


def _bring_home(session: Session, guest: str, her: Person, now: int) -> None:
    session.add(
        Person(
            county=her.county, id=guest, household_id=her.household_id, area=her.area, name="", residence=her.residence,
            rev={},
        )
    )  # fmt: skip
    session.flush()
    merging.merge(session, her.county, guest, her.id, now=now)


def _take_what_waits(session: Session, county: str, guest: str, actor: str, now: int) -> None:
    asked = (Parked.county == county) & (Parked.person == guest) & (Parked.reason == WAITS) & Parked.decision.is_(None)
    for parked in sorted(session.scalars(select(Parked).where(asked)), key=_as_written):
        attempt = savepoint(session)
        try:
            deciding.decide_parked(session, county, parked.id, "take", actor=actor, now=now)
        except deciding.CannotTake:
            attempt.rollback()  # the desk has it, with the reason
        else:
            attempt.commit()


def _as_written(parked: Parked) -> tuple[int, int]:
    """In the order of the phone that wrote them, so that her word stands before what rests on it."""
    number = parked.content.get("dseq") if isinstance(parked.content, dict) else None
    return parked.received_at, number if isinstance(number, int) else 0
