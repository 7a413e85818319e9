"""A card that is recorded as lost goes out of force for everybody."""

from __future__ import annotations

import base64

from server.cards import payload
from server.ids import b64
from tests.cards.test_keys_and_lists import lists_on, make_key, make_sheets
from tests.sync.handset import Event, Handset
from tests.sync.town import WEST, Town

FORM = "service_card"


def card_of_sheet(town: Town) -> payload.Card:
    """A printed card that nobody has."""
    make_key(town)
    return payload.read(make_sheets(town)[0].cards[0].address)[0]


def give(director: Handset, person: str, card: payload.Card) -> Event:
    """The card is hers: she agreed to a record, and it is sent."""
    token = base64.b32encode(card.id).decode().rstrip("=")
    record = director.record(FORM, {"step": "issued", "token": token, "holder_ok": True}, person=person)
    assert [code for code, *_ in director.codes(director.consent(person), record)] == ["accepted"] * 2
    return record


def given(town: Town, director: Handset, woman: str) -> tuple[payload.Card, Event]:
    """A card that this woman was given."""
    card = card_of_sheet(town)
    return card, give(director, woman, card)


def test_a_card_told_lost_in_one_village_is_out_of_force_on_the_phone_of_another(
    town: Town, director: Handset, woman: str
) -> None:
    card, record = given(town, director, woman)
    lost = director.record(FORM, {"step": "lost", "of": record["id"]}, person=woman)
    assert director.codes(lost) == [("accepted",)]
    assert lists_on(town.director(WEST))[-1]["cards"] == [b64(card.id[:8])]


def test_a_lost_card_sent_twice_is_told_once(town: Town, director: Handset, woman: str) -> None:
    _, record = given(town, director, woman)
    lost = director.record(FORM, {"step": "lost", "of": record["id"]}, person=woman)
    director.codes(lost)
    director.codes(lost)
    assert len(lists_on(director)) == 2


def test_a_record_about_somebody_else_ends_no_card(town: Town, director: Handset, woman: str) -> None:
    _, record = given(town, director, woman)
    house = director.household()
    other = director.person(house["household"])
    lost = director.record(FORM, {"step": "lost", "of": record["id"]}, person=other["person"])
    director.codes(house, other, lost)
    assert lists_on(director)[-1]["cards"] == []
