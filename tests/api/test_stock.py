"""Stock at the desk: what is moved lies where it was moved to; nothing is clamped."""

from __future__ import annotations

import pytest

from .conftest import NEXT_TOWNSHIP, TOWNSHIP, VILLAGE, WRITE, Phone, SignIn, married_woman
from .shelf import GONE, SOON, bag, balances, figure, line, move, receive, shown, supply


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


def test_what_is_returned_lies_in_the_store_again(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    move(desk, "return", line(60), from_place=bag(director.worker), to_place=TOWNSHIP)
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): -140, (bag(director.worker), "condom", "2409A"): 140}


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
