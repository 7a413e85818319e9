"""The list behind a figure of stock, and a movement that was a slip."""

from __future__ import annotations

from .conftest import TOWNSHIP, WRITE, Phone, SignIn, married_woman
from .shelf import bag, balances, line, listed, move, receive, supply


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
