"""Asking without a code: to be called, a lost card, a complaint; a person at the desk answers."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db
from server.models import Event
from tests.api.conftest import (
    TOWNSHIP,
    VILLAGE,
    WRITE,
    SignIn,
)
from tests.api.holder.conftest import ask, asked_items


def test_a_wish_to_be_called_lies_in_the_desks_inbox_with_a_due_day_and_names_nobody(
    anybody: FlaskClient, sign_in: SignIn
) -> None:
    due = ask(anybody, words="下午打").json["due_on"]
    [item] = asked_items(sign_in("station"))
    assert (item["reason"], item["subject"], item["choices"]) == ("call_back", None, ["done"])
    assert item["asked"] == {"due_on": due, "phone": "13900000111", "words": "下午打", "number": None}
    assert asked_items(sign_in("next-station")) == []


def test_somebody_who_answered_says_so_and_can_take_it_back(anybody: FlaskClient, sign_in: SignIn) -> None:
    ask(anybody, "complaint")
    desk = sign_in("station")
    [item] = asked_items(desk)
    path = f"/api/inbox/{item['id']}/decide"
    assert desk.post(path, json={"choice": "done"}, headers=WRITE).json["decision"] == "done"
    assert asked_items(desk) == []
    assert desk.post(path, json={"choice": "undo"}, headers=WRITE).json["decision"] is None
    assert len(asked_items(desk)) == 1
    assert sign_in("next-station").post(path, json={"choice": "done"}, headers=WRITE).status_code == 404


def test_a_card_told_lost_by_anybody_stays_in_force_and_the_answer_does_not_tell_whether_it_exists(
    township: Flask, anybody: FlaskClient
) -> None:
    known, unknown = (ask(anybody, "card_lost", number=number) for number in ("000000000", "572572571"))
    assert (known.status_code, known.json) == (unknown.status_code, unknown.json)
    with township.app_context():
        told = [db.session.scalar(select(Event.id).limit(1)), anybody.get("/api/holder/cards/0").json["cards"]]
    assert told == [None, []]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "delete"},
        {"phone": "x" * 9},
        {"words": "长" * 301},
        {"number": "12"},
        {"township": VILLAGE},
        {"more": "1"},
    ],
    ids=str,
)
def test_another_shape_is_refused(anybody: FlaskClient, wrong: dict[str, str]) -> None:
    assert ask(anybody, **wrong).status_code == 400


def test_one_address_asks_ten_times_in_a_quarter_of_an_hour(anybody: FlaskClient) -> None:
    codes = [ask(anybody).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_a_flood_from_many_addresses_ends_at_fifty_and_leaves_the_inbox_usable(anybody: FlaskClient) -> None:
    def from_(n: int) -> int:
        body = {"kind": "call_back", "township": TOWNSHIP, "phone": "13900000111"}
        where = {"REMOTE_ADDR": f"10.0.{n}.1"}
        return anybody.post("/api/holder/ask", json=body, headers=WRITE, environ_base=where).status_code

    assert [from_(n) for n in range(52)] == [200] * 50 + [429] * 2


def test_a_request_from_another_site_is_refused(anybody: FlaskClient) -> None:
    body = {"village": VILLAGE, "answer": "good"}
    assert anybody.post("/api/holder/rate", json=body).json["code"] == "missing_header"
    elsewhere = WRITE | {"Sec-Fetch-Site": "cross-site"}
    assert anybody.post("/api/holder/rate", json=body, headers=elsewhere).json["code"] == "cross_site"
