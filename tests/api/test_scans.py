"""Scans that led to nothing: a day's count, which card for thirty days, and nothing by which anybody could be followed."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.cards import linking, scanning, terms
from server.clock import now_ms
from server.extensions import db, writing
from server.models import Audit, CardCount, CardSheet, CardSighting
from server.sync.tidying import tidy

from .conftest import NEXT_TOWNSHIP, TOWNSHIP, WRITE, SignIn

MINUTE, DAY = 60_000, 86_400_000


@pytest.fixture
def card() -> str:
    """A card's id, as a phone tells it."""
    return base32(secrets.token_bytes(16))


def base32(card: bytes) -> str:
    return base64.b32encode(card).decode().rstrip("=")


def unbase32(card: str) -> bytes:
    return base64.b32decode(f"{card}======")


Tell = Callable[..., None]


@pytest.fixture
def tell(sign_in: SignIn) -> Tell:
    """A worker's phone tells of cards that were held out to her."""

    def told(username: str, *scans: tuple[str, int], off: int = 0) -> None:
        body = {"now": now_ms() + off, "scans": [{"card": card, "at": at + off} for card, at in scans]}
        answer = sign_in(username).post("/api/cards/scans", json=body, headers=WRITE)
        assert answer.status_code == 200, answer.text

    return told


def counts(desk: FlaskClient) -> Any:
    return desk.get("/api/cards").json["scans"]


def test_what_is_kept_of_a_scan_is_card_township_and_ten_minutes(tell: Tell, card: str, township: Flask) -> None:
    with township.app_context():
        before = set(db.session.scalars(select(Audit.action)))
    tell("director", (card, now_ms()))
    with township.app_context():
        row = db.session.scalars(select(CardSighting)).one()
        after = set(db.session.scalars(select(Audit.action)))
    assert (row.county, row.township, row.holder) == (TOWNSHIP[:6], TOWNSHIP, linking.guest_of(unbase32(card)))
    assert row.at % (10 * MINUTE) == 0
    assert row.event == scanning._key(row.holder, row.township, row.at)
    assert {column.name for column in CardSighting.__table__.columns} == {"county", "event", "holder", "township", "at"}
    assert {column.name for column in CardCount.__table__.columns} == {"county", "township", "day", "n"}
    assert not {action for action in after - before if "card" in action or "scan" in action}


def test_two_workers_of_a_township_cannot_be_told_apart(tell: Tell, card: str, township: Flask) -> None:
    at = now_ms()
    tell("director", (card, at))
    tell("technician", (card, at))
    with township.app_context():
        assert len(db.session.scalars(select(CardSighting)).all()) == 1


def test_a_repeat_adds_nothing_to_the_days_count(tell: Tell, card: str, sign_in: SignIn) -> None:
    at, other = now_ms(), base32(secrets.token_bytes(16))
    for _ in range(2):
        tell("director", (card, at), (other, at))
    assert counts(sign_in("station")) == {"today": 2, "month": 2, "sheets": []}
    assert counts(sign_in("next-station"))["month"] == 0


def test_a_phone_whose_clock_is_wrong_tells_the_same(tell: Tell, card: str, sign_in: SignIn) -> None:
    tell("director", (card, now_ms()), off=400 * DAY)
    assert counts(sign_in("station"))["today"] == 1


def test_what_is_too_old_or_still_to_come_is_passed_over(tell: Tell, card: str, sign_in: SignIn) -> None:
    tell("director", (card, now_ms() - 31 * DAY), (card, now_ms() + DAY))
    assert counts(sign_in("station"))["month"] == 0


def test_which_card_it_was_is_gone_after_thirty_days_and_the_count_stays(
    tell: Tell, card: str, township: Flask
) -> None:
    tell("director", (card, now_ms()))
    with township.app_context():
        tidy(now_ms() + (terms.days("sighting_days") + 1) * DAY)
        assert db.session.scalars(select(CardSighting)).all() == []
        assert [row.n for row in db.session.scalars(select(CardCount))] == [1]


def test_a_card_in_two_townships_within_an_hour_tells_both_desks_its_sheet(
    tell: Tell, card: str, township: Flask, sign_in: SignIn
) -> None:
    with township.app_context(), writing() as session:
        row = {"kid": "00000000", "issued": 1, "expires": 2, "printed_at": 3, "township": TOWNSHIP}
        session.add(CardSheet(prefix=unbase32(card)[:4], number=77, **row))
    at = now_ms() - 3 * 60 * MINUTE
    tell("director", (card, at))
    tell("next-director", (card, at + 30 * MINUTE))
    assert [counts(sign_in(desk))["sheets"] for desk in ("station", "next-station")] == [[77], [77]]


def test_two_hours_apart_is_nothing(tell: Tell, card: str, sign_in: SignIn) -> None:
    at = now_ms() - 5 * 60 * MINUTE
    tell("director", (card, at))
    tell("next-director", (card, at + 120 * MINUTE))
    assert counts(sign_in("station"))["sheets"] == []


def test_what_is_no_card_is_refused(sign_in: SignIn) -> None:
    for scan in ({"card": "x", "at": 1}, {"card": base32(bytes(16)), "at": 1, "village": NEXT_TOWNSHIP}):
        answer = sign_in("director").post("/api/cards/scans", json={"now": 1, "scans": [scan]}, headers=WRITE)
        assert answer.status_code == 400
