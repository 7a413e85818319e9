"""Stock at the desk: balances are the sum of what was written down, in whatever order it came; nothing is clamped."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.clock import now_ms, today
from server.extensions import db, writing
from server.ids import new_id
from server.models import Audit, Event, FeedRow, Record, Worker
from server.reports.stock import wanted
from server.rules.book import load
from server.sync import erasing
from server.sync.append import write_events
from tests.sync.handset import Handset

from .conftest import COUNTY, NEXT_TOWNSHIP, TOWNSHIP, VILLAGE, WRITE, Phone, SignIn, married_woman

TODAY = today().isoformat()
GOOD = (today() + timedelta(days=400)).isoformat()
SOON = (today() + timedelta(days=100)).isoformat()
GONE = (today() - timedelta(days=1)).isoformat()


def line(qty: int, item: str = "condom", lot: str = "2409A", expiry: str = GOOD) -> dict[str, Any]:
    return {"item": item, "lot": lot, "expiry": expiry, "qty": qty}


def move(desk: FlaskClient, movement: str, *lines: dict[str, Any], **more: str) -> Any:
    return desk.post("/api/stock/movements", json={"movement": movement, "lines": list(lines), **more}, headers=WRITE)


def receive(desk: FlaskClient, *lines: dict[str, Any]) -> None:
    assert move(desk, "in", *lines, from_place=COUNTY, to_place=TOWNSHIP).status_code == 200


def shown(desk: FlaskClient, area: str = TOWNSHIP) -> Any:
    return desk.get("/api/stock", query_string={"area": area}).json


def balances(desk: FlaskClient) -> dict[tuple[str, str, str], int]:
    return {(row["point"], row["item"], row["lot"]): row["usable"] for row in shown(desk)["rows"]}


def figure(desk: FlaskClient, item: str = "condom") -> dict[str, Any]:
    return next(one for one in shown(desk)["figures"] if one["item"] == item)


def supply(director: Handset, person: str | None, qty: int, **more: Any) -> Any:
    answers = {"item": "condom", "qty": qty, "lot": "2409A", "expiry": GOOD, **more}
    about = {"person": person} if person else {}
    return director.record("contraceptive_supply", answers, TODAY, **about)


def bag(worker: str) -> str:
    return f"bag:{worker}"


def test_what_comes_in_lies_in_the_store_and_what_is_issued_in_the_bag(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    receive(desk, line(500))
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): 300, (bag(director.worker), "condom", "2409A"): 200}
    assert shown(desk)["points"][bag(director.worker)] == "director 同志"


def test_a_hand_out_in_a_visit_is_the_movement_and_her_phone_is_told_what_her_bag_holds(
    phone: Phone, sign_in: SignIn
) -> None:
    director, desk = phone("director"), sign_in("station")
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    her = married_woman(director)
    director.codes(director.consent(her, purpose="supply"), supply(director, her, 30))
    director.codes(supply(director, None, 20))
    assert balances(desk)[bag(director.worker), "condom", "2409A"] == 150
    director.pull()
    told = [row["body"]["lines"] for row in director.rows(f"worker:{director.worker}", "own") if row["kind"] == "bag"]
    assert told == [[line(200)]]


def test_a_balance_below_nothing_stands_as_it_is(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    director.codes(supply(director, None, 40))
    assert balances(desk) == {(bag(director.worker), "condom", "2409A"): -40}
    assert figure(desk)["months"] is None


def test_a_hand_out_that_was_void_or_corrected_counts_as_it_now_stands(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    wrong, other = supply(director, None, 40), supply(director, None, 7)
    director.codes(wrong, other, director.void(wrong), director.amend(other, {"lot": "2502C", "qty": 6}))
    assert balances(desk) == {(bag(director.worker), "condom", "2502C"): -6}


def test_a_stock_take_sets_the_number_and_the_difference_is_told(sign_in: SignIn) -> None:
    desk = sign_in("station")
    receive(desk, line(100))
    move(desk, "count", line(97), from_place=TOWNSHIP, why_different="三只破了")
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): 97}
    [odd] = shown(desk)["odd"]
    assert (odd["book"], odd["counted"], odd["point"]) == (100, 97, TOWNSHIP)
    assert figure(desk)["accuracy"] == "97.00"


def test_what_is_written_off_is_set_aside_until_two_people_saw_it_destroyed(sign_in: SignIn) -> None:
    desk = sign_in("station")
    receive(desk, line(100))
    move(desk, "damage", line(10), from_place=TOWNSHIP)
    [row] = shown(desk)["rows"]
    assert (row["usable"], row["set_aside"]) == (90, 10)
    for name in ("", "station 同志"):
        answer = move(desk, "destroy", line(10), from_place=TOWNSHIP, second_sign=name)
        assert answer.json["code"] == "second_sign"
    assert move(desk, "destroy", line(10), from_place=TOWNSHIP, second_sign="李会计").status_code == 200
    assert shown(desk)["rows"][0]["set_aside"] == 0


def test_an_expired_lot_cannot_be_issued_and_one_near_its_day_is_marked(sign_in: SignIn) -> None:
    desk = sign_in("station")
    receive(desk, line(50, lot="OLD", expiry=GONE), line(50, lot="SOON", expiry=SOON), line(50))
    refused = move(desk, "out", line(5, lot="OLD", expiry=GONE), from_place=TOWNSHIP, to_place=VILLAGE)
    assert refused.json["code"] == "expired_lot"
    assert {row["lot"]: row["state"] for row in shown(desk)["rows"]} == {
        "OLD": "expired",
        "SOON": "soon",
        "2409A": None,
    }
    assert figure(desk)["expired"] == 50


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"from_place": TOWNSHIP, "to_place": NEXT_TOWNSHIP}, "unknown_point"),
        ({"from_place": TOWNSHIP, "to_place": "bag:0198f000-0000-7000-8000-000000000000"}, "unknown_point"),
        ({"from_place": TOWNSHIP}, "unknown_point"),
        ({"from_place": TOWNSHIP, "to_place": TOWNSHIP}, "same_point"),
        ({"from_place": TOWNSHIP, "to_place": VILLAGE, "on": "2099-01-01"}, "future_day"),
    ],
)
def test_a_movement_to_nowhere_is_refused(sign_in: SignIn, more: dict[str, str], code: str) -> None:
    desk = sign_in("station")
    assert (move(desk, "out", line(5), **more).json["code"], shown(desk)["rows"]) == (code, [])


def test_figures_of_the_year_follow_from_the_movements(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    receive(desk, line(390))
    move(desk, "out", line(150), from_place=TOWNSHIP, to_place=bag(director.worker))
    director.codes(supply(director, None, 90))
    found = figure(desk)
    assert (found["balance"], found["received"], found["handed_out"]) == (300, 390, 90)
    assert (found["months"], found["cyp"], found["without_days"]) == ("10.0", "0.75", 0)
    assert found["wanted"] == 0


@pytest.mark.parametrize(
    ("good", "used", "pieces"), [(0, 90, 90), (89, 90, 1), (90, 90, 0), (-5, 90, 90), (10, 0, 0), (0, -3, 0)]
)
def test_an_order_is_for_the_rulebooks_months_at_mean_use_less_what_is_good(good: int, used: int, pieces: int) -> None:
    assert wanted(load().stock, good, used) == pieces


def test_a_recall_names_who_received_the_lot_and_where_the_rest_lies_and_is_written_down(
    phone: Phone, sign_in: SignIn, app: Flask
) -> None:
    director, desk = phone("director"), sign_in("station")
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    her, shy = married_woman(director), married_woman(director, "李秀英")
    director.codes(director.consent(her, purpose="supply"), supply(director, her, 30), supply(director, shy, 5))
    director.codes(supply(director, None, 20), supply(director, her, 9, lot="2502C"))
    for reader in (desk, sign_in("technician")):
        answer = reader.post("/api/stock/recall", json={"item": "condom", "lot": "2409A"}, headers=WRITE).json
        assert [(one["name"], one["qty"], one["area"]) for one in answer["people"]] == [("周桂兰", 30, "东坡村")]
        held = {one["point"]: one["usable"] for one in answer["held"]}
        assert (answer["unnamed"], held) == (2, {"director 同志": 145, "柏坡镇": -200})
    with app.app_context():
        assert (
            list(db.session.scalars(select(Audit.action).where(Audit.action == "stock.recall"))) == ["stock.recall"] * 2
        )


def listed(desk: FlaskClient, item: str = "condom") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.get("/api/stock/movements", query_string={"area": TOWNSHIP, "item": item}).json[
        "rows"
    ]
    return rows


def test_an_issue_that_was_a_slip_is_taken_back_with_what_was_received_of_it(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    receive(desk, line(500))
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    wrong = next(row for row in listed(desk) if row["movement"] == "out")
    answer = desk.post(f"/api/stock/movements/{wrong['record']}/void", json={"reason": "slip"}, headers=WRITE)
    assert answer.status_code == 200
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): 500}
    assert [row["movement"] for row in listed(desk)] == ["in"]
    assert desk.get(f"/api/workers/{director.worker}/bag").json["lines"] == []


def test_what_is_returned_lies_in_the_store_again(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    move(desk, "return", line(60), from_place=bag(director.worker), to_place=TOWNSHIP)
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): -140, (bag(director.worker), "condom", "2409A"): 140}


def test_the_list_behind_a_figure_names_who_gave_and_not_who_received(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    director.codes(director.consent(her, purpose="supply"), supply(director, her, 30))
    [row] = listed(desk)
    assert (row["movement"], row["author"], row["desk"], row["lines"]) == ("given", "director 同志", False, [line(30)])
    assert her not in str(row)
    assert listed(desk, "coc") == []


def test_the_list_can_be_of_what_the_desk_wrote_alone(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    receive(desk, line(10))
    director.codes(supply(director, None, 30))
    asked = {"area": TOWNSHIP, "own": "true"}
    rows = desk.get("/api/stock/movements", query_string=asked).json["rows"]
    assert [(row["movement"], row["desk"]) for row in rows] == [("in", True)]


def test_a_hand_out_cannot_be_taken_back_at_the_desk(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    given = supply(director, None, 30)
    director.codes(given)
    assert (
        desk.post(f"/api/stock/movements/{given['id']}/void", json={"reason": "slip"}, headers=WRITE).status_code == 404
    )


def test_erasing_her_leaves_the_pieces_handed_out_and_nothing_of_her(
    phone: Phone, sign_in: SignIn, township: Flask
) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    given = supply(director, her, 30)
    director.codes(director.consent(her, purpose="supply"), given, director.amend(given, {"qty": 25}))
    before = balances(desk)
    with township.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [her], now=now_ms())
    assert balances(desk) == before == {(bag(director.worker), "condom", "2409A"): -25}
    answer = desk.post("/api/stock/recall", json={"item": "condom", "lot": "2409A"}, headers=WRITE).json
    assert (answer["people"], answer["unnamed"]) == ([], 1)
    with township.app_context():
        [left] = db.session.scalars(select(Record).where(Record.form == "contraceptive_supply"))
        assert (left.person, left.household, left.id == given["id"], left.shown) == (None, None, False, False)


def test_the_next_township_sees_none_of_it(sign_in: SignIn) -> None:
    receive(sign_in("station"), line(100))
    other = sign_in("next-station")
    assert other.get("/api/stock", query_string={"area": TOWNSHIP}).status_code == 403
    assert (
        other.post(
            "/api/stock/recall", json={"item": "condom", "lot": "2409A", "area": TOWNSHIP}, headers=WRITE
        ).status_code
        == 404
    )


def test_the_county_sees_what_lies_where_and_nobodys_name(sign_in: SignIn) -> None:
    receive(sign_in("station"), line(100))
    assert shown(sign_in("county"))["rows"][0]["usable"] == 100


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_arrival_gives_the_same_balances(township: Flask, sign_in: SignIn, seed: int) -> None:
    chance = random.Random(seed)
    with township.app_context():
        who = db.session.scalars(select(Worker.id).where(Worker.username == "station")).one()
    days = [(today() - timedelta(days=n)).isoformat() for n in range(9)]
    stories = [_happening(chance, who, days) for _ in range(24)]
    found = []
    for _ in range(2):
        with township.app_context():
            for batch in (stories[:10], stories[10:]):
                with writing() as session:
                    write_events(session, COUNTY, batch, "desk", now=now_ms())
        found.append(balances(sign_in("station")))
        _forget(township)
        chance.shuffle(stories)
    assert found[0] == found[1] != {}


def _happening(chance: random.Random, who: str, days: list[str]) -> dict[str, Any]:
    movement = chance.choice(["in", "out", "return", "count", "damage", "destroy", "given"])
    lot = {"item": chance.choice(["condom", "coc"]), "lot": chance.choice("AB"), "qty": chance.randrange(60)}
    answers: dict[str, Any] = {"movement": movement, "from_place": TOWNSHIP, "to_place": VILLAGE, "lines": [lot]}
    if movement == "given":
        answers = {**lot, "qty": lot["qty"] + 1, "screen": "clear", "point": chance.choice(["village", "centre"])}
    return {
        "kind": "record", "schema": "contraceptive_supply/2" if movement == "given" else "stock/1", "actor": who,
        "role": "station", "area": TOWNSHIP, "id": new_id(),
        "body": {"occurred_on": chance.choice(days), "answers": answers},
    }  # fmt: skip


def _forget(app: Flask) -> None:
    """Take the records out again, so that they can come another way round."""
    with app.app_context(), writing() as session:
        for table in (FeedRow, Record, Event):
            session.query(table).delete()
