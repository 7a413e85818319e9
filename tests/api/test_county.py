"""What the county confirms of the rulebook: who said so, on whose word, for which value, and taken back the same way."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db, writing
from server.models import Audit, CountyWord
from server.rules import book, unconfirmed

from .conftest import COUNTY, WRITE, SignIn

PLACE = "schedules/breast"
GROUND = "县卫健局 2026 年 11 月会议纪要"


def values(client: FlaskClient) -> dict[str, Any]:
    return {one["place"]: one for one in client.get("/api/county/values").json["values"]}


def say(client: FlaskClient, said: str = "confirmed", *places: str, **more: Any) -> Any:
    seen = {place: one["print"] for place, one in values(client).items() if place in (places or (PLACE,))}
    body = {"said": said, "values": seen, "ground": GROUND, **more}
    return client.post("/api/county/values", json=body, headers=WRITE)


def test_every_value_of_status_l_is_open_until_somebody_confirms_it(sign_in: SignIn) -> None:
    found = values(sign_in("county"))
    used_first = sorted(unconfirmed.values(book.shipped()), key=lambda one: not one.used)
    assert list(found) == [one.place for one in used_first]
    assert len(found) == len(unconfirmed.values(book.shipped()))
    assert all(one["confirmed"] is None and "L" in one["status"].split() for one in found.values())


def test_a_value_is_told_in_words_of_either_tongue_and_without_codes(sign_in: SignIn) -> None:
    found = values(sign_in("county"))
    days = "满 3 年：第 1035 天起提，第 1096 天该做，第 1188 天算晚，第 1827 天起不提"
    assert [line["zh"] for line in found[PLACE]["lines"]] == [days]
    assert (found[PLACE]["name"]["zh"], found["holder.days.call_back"]["lines"][0]["en"]) == ("乳腺筛查", "2")
    assert found["forms/anc.abdomen"]["lines"][0] == {"zh": "能填：50—150 厘米", "en": "Taken: 50—150 cm"}
    rule = [line["zh"] for line in found["forms/anc.fetal_heart_fast"]["lines"]]
    assert rule == ["遇到：“胎心率”高于 160，并且“胎心率”不高于 180", "就：提醒"]


def test_a_confirmed_value_says_who_when_and_on_whose_word(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert say(county, "confirmed", PLACE, "stock.order").status_code == 200
    found = values(county)
    assert (found[PLACE]["confirmed"]["by"], found[PLACE]["confirmed"]["ground"]) == ("county 同志", GROUND)
    assert found[PLACE]["confirmed"]["at"] == found["stock.order"]["confirmed"]["at"]
    assert found["stock.count"]["confirmed"] is None


def test_a_confirmation_is_taken_back_by_a_later_decision_and_both_stay_in_the_history(sign_in: SignIn) -> None:
    county = sign_in("county")
    say(county)
    answer = say(county, "reopened", ground="写错了文号").json
    assert {one["place"]: one for one in answer["values"]}[PLACE]["confirmed"] is None
    assert [(one["version"], one["said"], one["places"], one["ground"]) for one in answer["history"]] == [
        (2, "reopened", [PLACE], "写错了文号"), (1, "confirmed", [PLACE], GROUND),
    ]  # fmt: skip


def test_what_stands_like_that_already_is_not_said_twice(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert say(county, "reopened").json["code"] == "nothing_to_say"
    say(county)
    assert say(county).json["code"] == "nothing_to_say"
    assert [one["version"] for one in county.get("/api/county/values").json["history"]] == [1]


def test_a_value_that_is_not_the_one_she_saw_is_not_confirmed(sign_in: SignIn) -> None:
    county = sign_in("county")
    seen = values(county)[PLACE]["print"]
    other = say(county, values={PLACE: "0" * 64})
    beside = say(county, values={PLACE: seen, "schedules/nothing": seen})
    assert (other.json["code"], beside.json["code"]) == ("value_changed", "value_changed")
    assert values(county)[PLACE]["confirmed"] is None


def test_when_a_later_rulebook_says_something_else_the_value_is_open_again(sign_in: SignIn, township: Flask) -> None:
    county = sign_in("county")
    with township.app_context(), writing() as session:
        session.add(CountyWord(
            county=COUNTY, version=1, said="confirmed", places={PLACE: "0" * 64}, ground=GROUND, author="x", at=1,
        ))  # fmt: skip
    assert values(county)[PLACE]["confirmed"] is None
    assert say(county).status_code == 200


def test_without_a_ground_nothing_is_confirmed(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert [say(county, ground=ground).status_code for ground in ("", "   ", "x" * 201)] == [400] * 3


def test_a_decision_is_in_the_countys_audit_log(sign_in: SignIn, township: Flask) -> None:
    say(sign_in("county"))
    with township.app_context():
        row = db.session.scalars(select(Audit).where(Audit.action == "county.values")).one()
        assert (row.chain, row.detail["places"], row.detail["said"]) == (COUNTY, [PLACE], "confirmed")
