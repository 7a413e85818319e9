"""Persons who are likely one: who is a pair, merging, saying that they are two, and taking either back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.desk.names import Entry
from server.desk.twins import pairs
from server.extensions import db
from server.models import Audit

from .conftest import WRITE, Phone, SignIn, married_woman


def one(key: str, name: str = "周桂兰", **more: Any) -> Entry:
    usual = {"pinyin": "", "initials": "", "phone": "", "id_number": "", "area": "v", "household": key, "sex": "f"}
    return Entry(key, name, name, **(usual | {"birth": "1988-05-02"} | more))


def reasons(*entries: Entry) -> list[tuple[str, str, str]]:
    return [(pair.one.id, pair.other.id, pair.why) for pair in pairs(entries)]


def test_the_same_name_and_birth_day_is_a_pair_the_older_row_first() -> None:
    assert reasons(one("b"), one("a"), one("c", "李秀英")) == [("a", "b", "same_birth")]


def test_the_same_id_number_is_a_pair_whatever_the_name() -> None:
    assert reasons(one("a", id_number="9"), one("b", "周桂芳", id_number="9")) == [("a", "b", "same_id")]


def test_the_same_name_and_telephone_is_a_pair_where_no_birth_is_known() -> None:
    assert reasons(one("a", phone="1", birth="1988"), one("b", phone="1", birth=None)) == [("a", "b", "same_phone")]


@pytest.mark.parametrize(
    "other", [{"id_number": "8"}, {"sex": "m"}, {"birth": "1990-01-01"}, {"birth": "1988"}, {"name": "李秀英"}]
)
def test_two_people_are_no_pair(other: dict[str, Any]) -> None:
    assert reasons(one("a", id_number="9", phone="1"), one("b", **({"phone": "2"} | other))) == []


def test_a_crowd_of_one_name_on_one_day_is_left_alone() -> None:
    assert reasons(*(one(f"p{n}") for n in range(7))) == []


@pytest.fixture
def desk(sign_in: SignIn) -> FlaskClient:
    return sign_in("station")


def items(desk: FlaskClient, state: str = "open") -> list[Any]:
    found = desk.get("/api/inbox", query_string={"state": state}).json["items"]
    return [item for item in found if item["kind"] == "twins"]


def decide(desk: FlaskClient, item: Any, choice: str) -> Any:
    return desk.post(f"/api/inbox/{item['id']}/decide", json={"choice": choice}, headers=WRITE)


def found(desk: FlaskClient, name: str = "周桂兰") -> int:
    return len(desk.post("/api/people/search", json={"q": name}, headers=WRITE).json["people"])


@pytest.fixture
def pair(phone: Phone, desk: FlaskClient) -> Any:
    director = phone("director")
    married_woman(director)
    married_woman(director)
    [item] = items(desk)
    return item


def test_a_pair_waits_in_the_inbox_with_both_entries(pair: Any, desk: FlaskClient) -> None:
    assert pair["choices"] == ["merge", "distinct"]
    assert [person["name"] for person in pair["people"]] == ["周桂兰", "周桂兰"]
    assert (pair["reason"], pair["people"][0]["household"]["number"]) == ("same_birth", "坡东12")
    assert desk.get("/api/inbox/count").json == {"total": 1}


def test_merged_they_are_one_person_and_it_can_be_taken_back(pair: Any, desk: FlaskClient) -> None:
    assert decide(desk, pair, "merge").json["decision"] == "merged"
    assert (found(desk), items(desk)) == (1, [])
    [done] = items(desk, "decided")
    assert (done["decision"], done["choices"]) == ("merged", ["undo"])
    assert decide(desk, pair, "undo").json["decision"] is None
    assert (found(desk), len(items(desk))) == (2, 1)


def test_two_people_are_not_asked_about_again_until_it_is_taken_back(pair: Any, desk: FlaskClient) -> None:
    assert decide(desk, pair, "distinct").json["decision"] == "distinct"
    assert (found(desk), items(desk)) == (2, [])
    decide(desk, pair, "undo")
    assert len(items(desk)) == 1


def test_a_pair_is_judged_once_and_by_its_own_station(pair: Any, desk: FlaskClient, sign_in: SignIn) -> None:
    assert decide(desk, pair, "kept").json["code"] == "wrong_choice"
    assert decide(desk, pair, "undo").json["code"] == "not_decided"
    assert decide(sign_in("next-station"), pair, "merge").status_code == 404
    decide(desk, pair, "distinct")
    assert decide(desk, pair, "merge").json["code"] == "decided_already"


def test_judging_a_pair_is_in_the_audit_log(township: Flask, pair: Any, desk: FlaskClient) -> None:
    decide(desk, pair, "merge")
    with township.app_context():
        noted = db.session.scalars(select(Audit.subject).where(Audit.action == "inbox.decide")).all()
    assert noted == [pair["id"]]
