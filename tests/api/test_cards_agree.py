"""Record, list and row of a card agree, or the desk hears it and one tap makes them agree."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from server.cards import keys, payload, revoking, sheets
from server.clock import now_ms
from server.extensions import writing
from server.models import CardSheet
from tests.sync.handset import Event, Handset

from .conftest import WRITE, Phone, SignIn, married_woman

HOST = "card.example.org"
FORM = "service_card"


@pytest.fixture
def cards(township: Flask) -> list[payload.Card]:
    """A printed sheet."""
    settings = township.extensions["suifang_settings"]
    township.extensions["suifang_settings"] = replace(settings, public_host=HOST)
    with township.app_context(), writing() as session:
        keys.create(session, now_ms())
        [sheet] = sheets.make(session, 1, HOST, now_ms())
    return [payload.read(card.address)[0] for card in sheet.cards]


@pytest.fixture
def director(phone: Phone) -> Handset:
    return phone("director")


@pytest.fixture
def her(director: Handset) -> str:
    person = married_woman(director)
    director.send(director.consent(person))
    return person


def give(director: Handset, person: str, card: payload.Card, on: str = "2026-10-01") -> Event:
    record = director.record(FORM, {"step": "issued", "token": card.token, "holder_ok": True}, on, person=person)
    director.send(record)
    return record


def found(desk: FlaskClient) -> list[tuple[str, str]]:
    return [(one["kind"], one["person"]["name"]) for one in desk.get("/api/cards/agree").json["found"]]


def repair(desk: FlaskClient) -> Any:
    """One tap on the first."""
    [first, *_] = desk.get("/api/cards/agree").json["found"]
    answer = desk.post(f"/api/cards/agree/{first['record']}", json={"kind": first["kind"]}, headers=WRITE)
    assert answer.status_code == 200, answer.text
    return answer.json["found"]


def test_a_card_in_order_is_not_listed(director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn) -> None:
    give(director, her, cards[0])
    assert found(sign_in("station")) == []


def test_a_card_out_of_force_that_she_still_has_is_ended(
    director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn, township: Flask
) -> None:
    give(director, her, cards[0])
    with township.app_context(), writing() as session:
        revoking.revoke_card(session, cards[0].id, now_ms())
    desk = sign_in("station")
    assert found(desk) == [("revoked_but_hers", "周桂兰")]
    assert repair(desk) == []


def test_the_older_of_two_cards_goes_out_of_force(
    director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn, township: Flask
) -> None:
    give(director, her, cards[0])
    give(director, her, cards[1], "2026-10-02")
    desk = sign_in("station")
    assert found(desk) == [("older_too", "周桂兰")]
    assert repair(desk) == []
    with township.app_context(), writing() as session:
        assert [revoking.is_revoked(session, card) for card in cards[:2]] == [True, False]


def test_a_card_past_its_last_day_is_ended(
    director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn, township: Flask
) -> None:
    give(director, her, cards[0])
    with township.app_context(), writing() as session:
        session.execute(update(CardSheet).values(expires=20000))
    desk = sign_in("station")
    assert found(desk) == [("expired", "周桂兰")]
    assert repair(desk) == []


def test_a_card_given_to_a_second_person_stays_the_first_ones(
    director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn, township: Flask
) -> None:
    give(director, her, cards[0])
    other = married_woman(director, "李秀英")
    director.send(director.consent(other))
    give(director, other, cards[0])
    desk = sign_in("station")
    assert found(desk) == [("given_twice", "李秀英")]
    assert repair(desk) == []
    with township.app_context(), writing() as session:
        assert not revoking.is_revoked(session, cards[0])


def test_another_township_sees_and_repairs_nothing(
    director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn
) -> None:
    record = give(director, her, cards[0])
    give(director, her, cards[1], "2026-10-02")
    other = sign_in("next-station")
    assert found(other) == []
    answer = other.post(f"/api/cards/agree/{record['id']}", json={"kind": "older_too"}, headers=WRITE)
    assert answer.status_code == 404


def test_a_printed_number_helps_to_find_the_card(
    director: Handset, her: str, cards: list[payload.Card], sign_in: SignIn
) -> None:
    give(director, her, cards[0])
    give(director, her, cards[1], "2026-10-02")
    [line] = sign_in("station").get("/api/cards/agree").json["found"]
    assert (line["number"], base64.b32encode(cards[0].id).decode()[:5] in str(line)) == (cards[0].number, False)
