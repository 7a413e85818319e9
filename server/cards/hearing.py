"""What records about cards do beyond themselves: a given card leads to its holder, a lost one goes out of force.

It happens after the records were taken in, in a transaction of its own: the list goes to every county, and a merge may
need other feeds. What a crash leaves out between the two comes again, as the phone had no answer and sends once more.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from server.cards import linking, losing, revoking, sighting
from server.extensions import db, writing
from server.models import Event, Parked
from server.sync import log
from server.sync.item import Item


def hear(items: Iterable[Item], county: str, now: int) -> None:
    """Follow the records about cards, and those for who holds one, among what was sent. Free to repeat."""
    told = [item for item in items if item.kind == "record" and (item.form == losing.FORM or sighting.shows_card(item))]
    if not told:
        return
    cards = [item for item in told if item.form == losing.FORM]
    with writing() as session:
        for item in cards:
            linking.link(session, county, item.id, now)
        for card in losing.ended_by(session, county, cards):
            revoking.revoke_card(session, card, now)
        sighting.note(session, county, told, now)


def hear_taken(parked: str, county: str, now: int) -> None:
    """Follow what the desk took in after all: a card that is told lost there goes out of force, too."""
    row = db.session().get(Parked, (county, parked))
    if row is None or row.decision != "taken" or row.person is None:
        return
    hers = select(Event).where(
        Event.county == county, Event.person == row.person, Event.kind == "record",
        Event.schema.startswith(losing.FORM + "/"),
    )  # fmt: skip
    events = db.session().scalars(hers.order_by(Event.received_at, Event.dseq, Event.id))
    hear([_item(event) for event in events], county, now)


def _item(event: Event) -> Item:
    return Item(
        raw=None, id=event.id, kind=event.kind, form=losing.FORM, person=event.person, body=log.body_of(event) or {}
    )
