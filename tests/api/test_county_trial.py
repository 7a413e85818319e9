"""What if a schedule had other days: counted over the records, small counts hidden, sourced days never loosened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server import clock
from server.desk import trial
from server.extensions import db
from server.models import Audit, Record

from .conftest import COUNTY, NEXT_TOWNSHIP, TOWNSHIP, VILLAGE, WRITE, Phone, SignIn, married_woman

QUARTER = [[83, 90, 91, 121]]


def ask(client: FlaskClient, name: str = "spermicide", days: Any = None, area: str = TOWNSHIP) -> Any:
    body = {"area": area, "schedule": name, "steps": days or [[27, 30, 31, 61]]}
    return client.post("/api/county/trial", json=body, headers=WRITE)


def supplied(phone: Phone, women: int, ago: int) -> None:
    """So many women who were given condoms so many days ago."""
    director, day = phone("director"), (clock.today() - timedelta(days=ago)).isoformat()
    for number in range(women):
        her = married_woman(director, f"周桂{'兰香芳英梅珍玉'[number]}")
        given = director.record("contraceptive_supply", {"item": "condom", "qty": 30}, day, person=her)
        asked = [director.consent(her, purpose="supply"), director.consent(her)]
        director.codes(*asked, given)


def screened(phone: Phone, women: int) -> None:
    """So many women who had a breast screening three days ago; the next offer opens in three years."""
    director, technician = phone("director"), phone("technician")
    day = (clock.today() - timedelta(days=3)).isoformat()
    for number in range(women):
        her = married_woman(director, f"周桂{'兰香芳英梅珍玉'[number]}")
        technician.codes(
            technician.consent(her, purpose="screening"),
            technician.record("breast_screening", {"step": "screen"}, day, person=her),
        )


def test_it_says_how_many_are_due_by_the_months_end_now_and_then(phone: Phone, sign_in: SignIn) -> None:
    screened(phone, 6)
    found = ask(sign_in("county"), "breast", [[2, 1096, 1188, 1827]]).json
    assert (found["now"], found["then"], found["k"], found["until"][:7]) == (0, 6, 5, clock.today().isoformat()[:7])


def test_what_is_due_already_is_counted_in_both(phone: Phone, sign_in: SignIn) -> None:
    supplied(phone, 6, 33)
    found = ask(sign_in("county"), "condom", [[20, 30, 31, 62]], area=COUNTY).json
    assert (found["now"], found["then"]) == (6, 6)


def test_another_variant_is_counted_as_if_it_had_always_been_followed(phone: Phone, sign_in: SignIn) -> None:
    supplied(phone, 6, 29)
    county = sign_in("county")
    body = {"area": COUNTY, "schedule": "condom", "variant": "condom_quarter", "steps": QUARTER}
    found = county.post("/api/county/trial", json=body, headers=WRITE).json
    assert (found["now"], found["then"]) == (6, 0)


@pytest.mark.parametrize(
    ("now", "then", "shown"),
    [
        (44, 31, (44, 31)),
        (44, 40, (44, None)),
        (44, 39, (44, 39)),
        (3, 9, (None, 9)),
        (6, 4, (6, None)),
        (0, 0, (0, 0)),
    ],
)
def test_few_are_not_told_nor_what_would_give_them_away(now: int, then: int, shown: tuple[Any, Any]) -> None:
    assert trial.apart(now, then, 5) == shown


def test_small_counts_are_hidden(phone: Phone, sign_in: SignIn) -> None:
    supplied(phone, 2, 33)
    found = ask(sign_in("county"), "condom").json
    assert (found["now"], found["then"]) == (None, None)


def test_days_with_a_source_are_not_loosened(sign_in: SignIn) -> None:
    county = sign_in("county")
    assert ask(county, "condom", QUARTER).json["code"] == "loosens_source"
    assert ask(county, "cervical_via", [[2000, 2100, 2200, 2300]]).status_code == 200


def test_days_out_of_order_and_unknown_schedules_are_refused(sign_in: SignIn) -> None:
    county = sign_in("county")
    codes = [
        ask(county, "condom", [[30, 29, 31, 61]]),
        ask(county, "condom", QUARTER * 2),
        ask(county, "anc_who"),
        ask(county, "note"),
    ]
    assert [answer.json["code"] for answer in codes] == ["bad_days", "bad_days", "unknown_schedule", "unknown_schedule"]


def test_no_village_is_tried_and_no_other_county(sign_in: SignIn) -> None:
    county = sign_in("county")
    answers = [ask(county, "condom", area=area) for area in (VILLAGE, "990132", NEXT_TOWNSHIP)]
    assert [answer.status_code for answer in answers] == [403, 403, 200]


def test_nothing_is_changed_and_the_question_is_logged(phone: Phone, sign_in: SignIn, township: Flask) -> None:
    supplied(phone, 1, 33)
    with township.app_context():
        before = db.session.execute(select(Record.id, Record.coded)).all()
    ask(sign_in("county"), "condom")
    with township.app_context():
        assert db.session.execute(select(Record.id, Record.coded)).all() == before
        assert (
            db.session.scalars(select(Audit).where(Audit.action == "county.trial")).one().detail["schedule"] == "condom"
        )
