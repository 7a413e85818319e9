"""Figures of stock follow from the records, and an order from the figures."""

from __future__ import annotations

import pytest

from server.reports.stock import wanted
from server.rules.book import load

from .conftest import TOWNSHIP, Phone, SignIn
from .shelf import GONE, LONG_AGO, bag, figure, line, move, receive, shown, supply


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


def test_an_order_opens_to_the_hand_outs_it_was_worked_out_from(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    receive(desk, line(60), line(40, lot="OLD", expiry=GONE))
    director.codes(supply(director, None, 90), supply(director, None, 10))
    long_ago = director.record("contraceptive_supply", {"item": "condom", "qty": 70, "lot": "2409A"}, LONG_AGO)
    director.codes(long_ago)
    found = figure(desk)
    assert (found["used"], found["needed"], found["good"], found["wanted"]) == (100, 100, -110, 100)
    asked = {"area": TOWNSHIP, "item": "condom", "used": "true"}
    behind = desk.get("/api/stock/movements", query_string=asked).json
    assert (behind["pieces"], behind["total"]) == (100, 2)
    assert sum(row["usable"] for row in shown(desk)["rows"] if row["lot"] != "OLD") == found["good"]
    assert shown(desk)["sources"] == {"use": "D", "order": "L"}
