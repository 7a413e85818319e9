"""A county sets usual ranges and options of questions: narrowed where a source stands, hidden where nothing rests on them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db
from server.models import Audit
from server.rules import book, otherfields

from .conftest import WRITE, SignIn

FORMS = book.shipped().forms
FHR, FUNDUS, RODS = "anc.fhr", "iud_check.fundus_mm", "iud_check.device"


def standing(client: FlaskClient, name: str) -> dict[str, Any]:
    return next(dict(one) for one in client.get("/api/county/fields").json["fields"] if one["id"] == name)


def decide(client: FlaskClient, name: str, warn: Any = None, hidden: Any = (), **more: Any) -> Any:
    body = {"field": name, "warn": warn, "hidden": [*hidden], "seen": 0, "ground": "会议纪要", **more}
    return client.post("/api/county/fields", json=body, headers=WRITE)


def field_of(place: str) -> tuple[Any, Any]:
    form, key = place.split(".")
    return FORMS[form], next(field for field in FORMS[form]["fields"] if field["key"] == key)


def test_a_usual_range_with_a_source_becomes_narrower_and_never_wider(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert decide(county, FHR, [110, 170]).json["code"] == "loosens_source"
    assert decide(county, FHR, [115, 155]).json["history"][0]["after"] == {"warn": [115, 155]}
    now = standing(county, FHR)
    assert (now["warn"], now["own"], now["number"], now["tighten"]) == ([115, 155], [110, 160], 1, True)


@pytest.mark.parametrize(("warn", "code"), [([0, 60], None), ([0, 61], "bad_field"), ([30, 10], "bad_field")])
def test_a_range_without_a_source_lies_anywhere_within_what_the_question_takes(
    sign_in: SignIn, warn: list[int], code: str | None
) -> None:
    assert decide(sign_in("county"), FUNDUS, warn).json.get("code") == code


def test_options_are_hidden_but_never_all_of_them_nor_what_a_rule_refers_on_nor_supplies(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert decide(county, RODS, hidden=["inert"]).json["history"][0]["after"] == {"hidden": ["inert"]}
    bad = [
        decide(county, RODS, hidden=["copper", "lng", "inert", "unknown"], seen=1),
        decide(county, "pnc.jaundice", hidden=["body"]),
    ]
    assert [one.json["code"] for one in bad] == ["bad_field", "bad_field"]
    assert decide(county, "contraceptive_supply.item", hidden=["coc"]).json["code"] == "unknown_field"


def test_what_stands_already_or_was_changed_meanwhile_is_refused_and_what_is_empty_is_the_rulebooks_own(
    sign_in: SignIn,
) -> None:
    county = sign_in("county")
    decide(county, FHR, [115, 155])
    assert decide(county, FHR, [116, 155]).json["code"] == "field_changed"
    assert decide(county, FHR, [115, 155], seen=1).json["code"] == "same_field"
    assert decide(county, FHR, seen=1).json["history"][0]["after"] == {}
    assert standing(county, FHR)["warn"] == [110, 160]


def test_a_decision_on_a_question_is_in_the_row_of_those_on_days_and_in_the_audit_log(
    sign_in: SignIn, township: Flask
) -> None:
    county = sign_in("county")
    decide(county, FHR, [115, 155])
    assert county.get("/api/county/days").json["history"] == []
    with township.app_context():
        row = db.session.scalars(select(Audit).where(Audit.action == "county.fields")).one()
        assert (row.detail["field"], row.detail["after"], row.detail["version"]) == (FHR, {"warn": [115, 155]}, 1)


def test_a_record_is_asked_by_the_decision_that_it_names() -> None:
    form, _ = field_of(FHR)
    changes = {FHR: [(3, {"warn": [115, 155]}), (5, {})]}
    fields = [
        next(field for field in otherfields.as_of(form, changes, days)["fields"] if field["key"] == "fhr")
        for days in (2, 3, 4, 5)
    ]
    assert [field["warn"] for field in fields] == [[110, 160], [115, 155], [115, 155], [110, 160]]
    assert [field["hint"]["zh"] for field in fields[1:]] == ["一般在 115—155。", "一般在 115—155。", "一般在 110—160。"]


def test_a_hidden_option_stays_a_good_answer() -> None:
    form, _ = field_of(RODS)
    here = otherfields.as_of(form, {RODS: [(1, {"hidden": ["inert"]})]}, 1)
    field = next(one for one in here["fields"] if one["key"] == "device")
    assert [option["code"] for option in field["options"] if option.get("hidden")] == ["inert"]
    assert otherfields.in_range(field_of(FUNDUS)[1], 0, 60)
