"""What records about cards do beyond themselves: a given card leads to its holder, a lost one goes out of force.

It happens after the records were taken in, in a transaction of its own: the list goes to every county, and a merge may
need other feeds. What a crash leaves out between the two comes again, as the phone had no answer and sends once more.
"""

from __future__ import annotations

from collections.abc import Iterable

from server.cards import linking, losing, revoking
from server.extensions import writing
from server.sync.item import Item


def hear(items: Iterable[Item], county: str, now: int) -> None:
    """Follow the records about cards among what was sent. Free to repeat."""
    cards = [item for item in items if item.form == losing.FORM and item.kind == "record"]
    if not cards:
        return
    with writing() as session:
        for item in cards:
            linking.link(session, county, item.id, now)
        for card in losing.ended_by(session, county, cards):
            revoking.revoke_card(session, card, now)
