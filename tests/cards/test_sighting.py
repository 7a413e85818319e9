"""One card in two townships within an hour is raised at both desks, and where a card was shown is soon forgotten."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.cards import linking, scanning, terms
from server.clock import now_ms
from server.extensions import db, writing
from server.ids import b64, new_id
from server.models import Area, CardSighting, Event, Parked
from server.sync.tidying import tidy
from tests.cards.test_keys_and_lists import lists_on
from tests.cards.test_linking import handed
from tests.cards.test_losing import FORM, given
from tests.sync.handset import Handset
from tests.sync.town import COUNTY, WEST, Town

NEXT = "990131102201"
HOUR = 3_600_000
Served = Callable[[str, int], None]


@pytest.fixture
def served(town: Town, director: Handset, woman: str) -> Served:
    """Somebody holds the card out in a village at a time, and is served."""
    card, _ = given(town, director, woman)
    with town.app.app_context(), writing() as session:
        session.add_all(Area(code=code, name="柳林", position=9) for code in (NEXT[:9], NEXT))

    def serve(village: str, at: int) -> None:
        there = town.director(village)
        there.send(*[dict(event, **again(there, event, at)) for event in handed(there, linking.guest_of(card.id))])

    return serve


def again(phone: Handset, event: dict[str, Any], at: int) -> dict[str, Any]:
    """The same event as if it had been written then."""
    return phone.event(event["kind"], event["schema"], event["body"], person=event["person"], t=at)


def raised(town: Town) -> set[str]:
    with town.app.app_context():
        rows = db.session.execute(select(Event.area, Event.flag).where(Event.flag.contains("card_in_two_places")))
        return {area for area, _ in rows}


def test_one_card_in_two_townships_within_an_hour_is_raised_at_both(town: Town, served: Served) -> None:
    now = now_ms() + HOUR * 5
    served(WEST, now)
    served(NEXT, now + HOUR // 2)
    assert raised(town) == {WEST, NEXT}


def test_what_a_card_led_to_is_raised_when_it_was_only_held_out_elsewhere(
    town: Town, director: Handset, woman: str
) -> None:
    card, _ = given(town, director, woman)
    held_out = (base64.b32encode(card.id).decode().rstrip("="), now_ms())
    with town.app.app_context(), writing() as session:
        assert scanning.count(session, COUNTY, NEXT[:9], [held_out], now_ms()) == 1
    assert raised(town) == {director.area}


def test_two_villages_of_one_township_and_two_hours_apart_are_nothing(town: Town, served: Served) -> None:
    now = now_ms() + HOUR * 5
    served(WEST, now)
    served("990131101203", now + 60_000)
    served(NEXT, now + 2 * HOUR)
    assert raised(town) == set()


def test_where_a_card_was_shown_is_kept_for_thirty_days_by_township(town: Town, served: Served) -> None:
    served(WEST, now_ms())
    with town.app.app_context():
        assert set(db.session.scalars(select(CardSighting.township))) == {WEST[:9]}
        tidy(now_ms() + (terms.days("sighting_days") + 1) * 24 * HOUR)
        assert town.count(CardSighting) == 0


def test_a_lost_card_whose_record_the_desk_takes_in_later_goes_out_of_force(
    town: Town, director: Handset, woman: str
) -> None:
    from server.cards import hearing
    from server.sync import deciding

    card, record = given(town, director, woman)
    stranger = town.worker("technician", ("technician", WEST[:9]))
    writer = town.phone(stranger, "technician", WEST)
    lost = writer.record(FORM, {"step": "lost", "of": record["id"]}, person=woman)
    assert writer.codes(lost) == [("parked", "not_writer")]
    with town.app.app_context():
        parked = db.session.scalars(select(Parked.id)).one()
        with writing() as session:
            deciding.decide_parked(session, COUNTY, parked, "take", actor=new_id(), now=now_ms())
        hearing.hear_taken(parked, COUNTY, now_ms())
    assert lists_on(director)[-1]["cards"] == [b64(card.id[:8])]
