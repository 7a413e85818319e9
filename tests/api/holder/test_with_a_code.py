"""What a one-time code opens on her own page, for whom and how long; and what it never gives away."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.clock import now_ms
from server.extensions import db, writing
from server.models import Audit, HolderCode, HolderRequest
from server.sync.erasing import erase
from tests.api.conftest import (
    COUNTY,
    NEXT_VILLAGE,
    VILLAGE,
    WRITE,
    Phone,
    SignIn,
    married_woman,
    method_record,
)
from tests.api.holder.conftest import asked_items, code_for, opened, post


def test_a_code_opens_her_next_day_and_what_she_agreed_to_and_not_her_name(
    her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    answer = post(anybody, "mine", token=token)
    assert answer.json["next"]["on"] > "2026"
    assert [(one["purpose"], one["decision"], one["zh"]) for one in answer.json["consents"]] == [
        ("service_record", "given", "记下随访")
    ]
    assert "周桂兰" not in answer.text
    assert her not in answer.text


def test_who_moved_in_has_the_same_next_day_as_a_resident(phone: Phone, anybody: FlaskClient, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    house = director.household(number="坡东12")
    women = [
        director.person(house["household"], name, residence=residence)
        for name, residence in (("周桂兰", "resident"), ("吴芳", "moved_in"))
    ]
    director.codes(house, *women)
    for woman in women:
        method_record(director, woman["person"])
    told = [
        post(anybody, "mine", token=opened(anybody, code_for(desk, woman["person"]))).json["next"] for woman in women
    ]
    assert told[0] == told[1]
    assert told[0]["on"] > "2026"


def test_a_code_is_good_once(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    code = code_for(sign_in("station"), her)
    opened(anybody, code)
    again = post(anybody, "open", code=code)
    assert (again.status_code, again.json["code"]) == (403, "wrong_code")


def test_a_newer_code_ends_the_older_and_the_visit_it_opened(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    desk = sign_in("station")
    first = code_for(desk, her)
    token = opened(anybody, code_for(desk, her))
    assert post(anybody, "open", code=first).json["code"] == "wrong_code"
    code_for(desk, her)
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_a_code_and_a_visit_end_with_their_minutes(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    code = code_for(desk, her)
    with township.app_context(), writing() as session:
        session.execute(update(HolderCode).values(until=now_ms()))
    assert post(anybody, "open", code=code).json["code"] == "wrong_code"
    token = opened(anybody, code_for(desk, her))
    with township.app_context(), writing() as session:
        session.execute(update(HolderCode).values(visit_until=now_ms()))
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_neither_code_nor_secret_lie_in_the_database(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    code = code_for(sign_in("station"), her)
    token = opened(anybody, code)
    with township.app_context():
        [row] = db.session.execute(select(HolderCode.code, HolderCode.visit)).all()
    assert code.encode() not in row.code
    assert token.encode() not in row.visit


def test_five_wrong_tries_close_a_code_from_every_address(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    code = code_for(sign_in("station"), her)
    wrong = code[:4] + f"{(int(code[4:]) + 1) % 10**6:06}"

    def try_(what: str, n: int) -> int:
        where = {"REMOTE_ADDR": f"10.0.0.{n}"}
        return anybody.post("/api/holder/open", json={"code": what}, headers=WRITE, environ_base=where).status_code

    assert [try_(wrong, n) for n in range(5)] == [403] * 5
    assert try_(code, 9) == 429


def test_she_takes_a_consent_back_and_what_it_covered_is_hidden_on_every_phone(
    phone: Phone, anybody: FlaskClient, sign_in: SignIn
) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    record = method_record(director, her)
    token = opened(anybody, code_for(desk, her))
    told = post(anybody, "withdraw", token=token, purpose="service_record").json
    assert ([one["decision"] for one in told["consents"]], told["next"]) == (["withdrawn"], None)
    director.pull()
    hidden = [row["body"]["ids"] for row in director.rows(VILLAGE, "common") if row["kind"] == "hide"]
    assert record["id"] in hidden[-1]
    assert post(anybody, "withdraw", token=token, purpose="service_record").json["code"] == "not_agreed"


@pytest.mark.parametrize("kind", ["read", "carry", "correct", "delete"])
def test_what_she_asks_of_her_record_lies_in_the_desks_inbox_with_her_name(
    kind: str, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    token = opened(anybody, code_for(desk, her))
    first, again = (post(anybody, "request", token=token, kind=kind).json for _ in range(2))
    [item] = asked_items(desk)
    assert (first, item["reason"], item["subject"]["name"]) == (again, kind, "周桂兰")
    assert post(anybody, "mine", token=token).json["asked"] == [
        {"kind": kind, "due_on": first["due_on"], "done": False}
    ]


def test_what_is_asked_with_a_code_is_not_asked_without(anybody: FlaskClient) -> None:
    nobody = "A" * 43
    for path, more in (("mine", {}), ("withdraw", {"purpose": "supply"}), ("request", {"kind": "delete"})):
        assert post(anybody, path, token=nobody, **more).json["code"] == "visit_over"


def test_a_page_that_was_left_opens_no_more(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    assert post(anybody, "leave", token=token).status_code == 200
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_every_step_of_a_visit_stands_in_the_audit_log(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    post(anybody, "mine", token=token)
    post(anybody, "request", token=token, kind="read")
    post(anybody, "withdraw", token=token, purpose="service_record")
    with township.app_context():
        rows = db.session.scalars(select(Audit.action).where(Audit.subject == her).order_by(Audit.at, Audit.id)).all()
    assert [row for row in rows if row.startswith("holder.")] == [
        "holder.code", "holder.open", "holder.read", "holder.ask", "holder.withdraw",
    ]  # fmt: skip


def test_a_code_is_made_by_her_own_station_alone(her: str, phone: Phone, sign_in: SignIn) -> None:
    assert sign_in("next-station").post(f"/api/people/{her}/code", headers=WRITE).status_code == 404
    other = married_woman(phone("next-director"), "李秀英")
    assert sign_in("station").post(f"/api/people/{other}/code", headers=WRITE).status_code == 404
    assert NEXT_VILLAGE != VILLAGE


def test_who_was_erased_leaves_neither_code_nor_request(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    post(anybody, "request", token=token, kind="delete")
    with township.app_context(), writing() as session:
        erase(session, COUNTY, [her], now=now_ms())
        left = [session.scalar(select(table.person)) for table in (HolderCode, HolderRequest)]
    assert left == [None, None]
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_the_numbers_of_days_are_marked_as_to_be_confirmed() -> None:
    text = (Path(__file__).parents[3] / "server" / "rulebook" / "holder.json").read_text("utf-8")
    assert text.count('"status": "L"') >= 8
