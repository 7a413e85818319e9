"""The monthly sheet about people who move: each number is the number of the rows behind it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.cards import linking
from server.clock import day_of, now_ms
from server.extensions import db
from server.models import Audit
from tests.cards.test_linking import handed

from .conftest import Phone, SignIn, married_woman
from .transfers.conftest import post, send

PARTS = ("arrived", "left", "served", "sent", "received", "open")


@pytest.fixture
def month() -> str:
    return day_of(now_ms()).isoformat()[:7]


def sheet(desk: FlaskClient, month: str) -> dict[str, int]:
    counts = desk.get("/api/migrants", query_string={"month": month}).json["counts"]
    assert {part: len(rows(desk, month, part)) for part in PARTS} == counts
    return {part: n for part, n in counts.items() if n}


def rows(desk: FlaskClient, month: str, part: str) -> list[Any]:
    return list(desk.get("/api/migrants/rows", query_string={"month": month, "part": part}).json["rows"])


def test_what_was_done_for_those_who_moved_in_counts_and_nobody_elses(
    phone: Phone, sign_in: SignIn, month: str
) -> None:
    director, desk = phone("director"), sign_in("station")
    house = director.household()
    came, stays = (director.person(house["household"], "吴芳", residence=what) for what in ("moved_in", "resident"))
    director.send(house, came, stays)
    for one in (came, stays):
        done = director.record("household_visit", {"presence": "met"}, f"{month}-01", person=one["person"])
        director.send(director.consent(one["person"]), done)
    assert sheet(desk, month) == {"arrived": 1, "served": 1}
    [row] = rows(desk, month, "served")
    assert (row["name"], row["area"]["name"], row["what"]) == ("吴**", "东坡村", "household_visit")


def test_who_is_written_down_as_moved_out_later_counts_as_left_then(phone: Phone, sign_in: SignIn, month: str) -> None:
    director, desk = phone("director"), sign_in("station")
    house = director.household()
    her = director.person(house["household"], residence="resident")
    director.send(house, her)
    director.send(director.patch(her["person"], {"residence": "moved_out"}, {"residence": her["id"]}))
    assert sheet(desk, month) == {"left": 1}


def test_a_new_entry_of_who_moved_in_is_an_arrival_and_stays_in_its_month(
    phone: Phone, sign_in: SignIn, month: str
) -> None:
    director, desk = phone("director"), sign_in("station")
    house = director.household()
    her = director.person(house["household"], "吴芳", residence="moved_in")
    gone = director.person(house["household"], "郑霞", residence="moved_out")
    director.send(house, her, gone)
    assert sheet(desk, month) == {"arrived": 1, "left": 1}
    assert sheet(desk, "2020-01") == {}


def test_a_guest_by_her_card_counts_as_served_and_has_no_name(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    guest = linking.guest_of(bytes(16))
    director.send(*handed(director, guest))
    assert sheet(desk, "2026-10") == {}, "what waits for the card's record is not counted"


def test_transfers_stand_in_the_sheets_of_both_stations(phone: Phone, sign_in: SignIn, month: str) -> None:
    director, desk, there = phone("director"), sign_in("station"), sign_in("next-station")
    her = married_woman(director)
    supply = director.record("contraceptive_supply", {"item": "condom", "qty": 20}, person=her)
    director.codes(director.consent(her, purpose="supply"), supply)
    transfer = send(desk, her, "supply").json["id"]
    assert (sheet(desk, month), sheet(there, month)) == ({"sent": 1, "open": 1}, {"received": 1, "open": 1})
    post(there, f"/{transfer}/answer", decision="acknowledged", reason="")
    assert (sheet(desk, month), sheet(there, month)) == ({"sent": 1}, {"received": 1})


def test_looking_behind_a_number_is_in_the_audit_log(sign_in: SignIn, township: Flask, month: str) -> None:
    rows(sign_in("station"), month, "arrived")
    with township.app_context():
        assert "migrants.rows" in set(db.session.scalars(select(Audit.action)))


def test_a_month_that_there_is_not_is_refused(sign_in: SignIn) -> None:
    for month in ("2026-13", "26-01", "2026-1"):
        assert sign_in("station").get("/api/migrants", query_string={"month": month}).status_code == 400
