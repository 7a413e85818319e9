"""What was recorded elsewhere for whoever holds a card reaches her own village, and nothing of hers goes back."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from server.cards import linking
from server.extensions import db
from server.models import Event, Parked
from tests.cards.test_losing import card_of_sheet, give, given
from tests.sync.handset import Event as Sent
from tests.sync.handset import Handset
from tests.sync.town import EAST, WEST, Town

VECTORS = Path(__file__).parents[1] / "vectors" / "cards.json"
CONDOMS = {"item": "condom", "qty": 20, "declined": False}


def handed(phone: Handset, guest: str) -> list[Sent]:
    """She agreed there and got condoms."""
    agreed = phone.consent(guest, purpose="supply", witness="李梅")
    return [agreed, phone.record("contraceptive_supply", CONDOMS, person=guest)]


def supplies(phone: Handset, area: str) -> list[Any]:
    phone.pull()
    return [row for row in phone.rows(area, "common") if row.get("schema", "").startswith("contraceptive_supply")]


def test_a_guest_visit_in_another_village_stands_in_her_own(town: Town, director: Handset, woman: str) -> None:
    card, _ = given(town, director, woman)
    there, guest = town.director(WEST), linking.guest_of(card.id)
    assert [code for code, *_ in there.codes(*handed(there, guest))] == ["accepted"] * 2
    assert len(supplies(director, EAST)) == 1
    assert woman.encode() not in there.everything()


def test_a_guest_visit_that_came_before_the_card_was_known_waits_and_is_taken_then(
    town: Town, director: Handset, woman: str
) -> None:
    card = card_of_sheet(town)
    there = town.director(WEST)
    codes = there.codes(*handed(there, linking.guest_of(card.id)))
    assert codes == [("parked", "unknown_person")] * 2
    give(director, woman, card)
    assert len(supplies(director, EAST)) == 1
    with town.app.app_context():
        assert {row.decision for row in db.session.query(Parked)} == {"taken"}


def test_a_card_given_to_a_second_person_stays_the_first_ones_and_the_desk_is_asked(
    town: Town, director: Handset, woman: str
) -> None:
    card, _ = given(town, director, woman)
    house = director.household(number="2")
    other = director.person(house["household"], "李小梅")
    director.codes(house, other)
    record = give(director, other["person"], card)
    with town.app.app_context():
        assert db.session.get_one(Event, ("990131", record["id"])).flag == linking.TWICE


def test_a_card_sent_again_changes_nothing(town: Town, director: Handset, woman: str) -> None:
    _, record = given(town, director, woman)
    director.codes(record)
    director.pull()
    assert [row["kind"] for row in director.rows(EAST, "common")].count("merge") == 1


def test_who_holds_a_card_goes_by_the_same_id_on_phone_and_server() -> None:
    for one in json.loads(VECTORS.read_text("utf-8"))["guests"]:
        assert linking.guest_of(base64.b32decode(one["id"] + "======")) == one["person"]
