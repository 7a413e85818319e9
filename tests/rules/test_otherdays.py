"""Other days for a schedule: inside, at the edge and outside what a county may try."""

from __future__ import annotations

import pytest

from server.rules import book, otherdays
from server.rules.shapes import Schedule
from server.rules.vocabulary import RulebookError


def of(name: str) -> Schedule:
    return next(one for one in book.shipped().schedules if one["id"] == name)


@pytest.mark.parametrize(
    "one", [one for one in book.shipped().schedules if one["kind"] == "record"], ids=lambda o: o["id"]
)
def test_its_own_days_give_the_same_schedule_and_loosen_nothing(one: Schedule) -> None:
    days = otherdays.days_of(one)
    assert (otherdays.with_days(one, days), otherdays.loosens(one, days)) == (one, False)


def test_a_repeated_step_takes_the_last_days(name: str = "iud_cn") -> None:
    days = otherdays.days_of(of(name))
    days[-1][1] = 720
    other = otherdays.with_days(of(name), days)
    assert (other["then"]["due"], other["then"]["every"]) == (720, of(name)["then"]["every"])
    assert other["steps"] == of(name)["steps"]


@pytest.mark.parametrize(
    ("days", "loose"),
    [
        ([1035, 1096, 1188, 1827], False),
        ([1034, 1096, 1188, 1827], False),
        ([1035, 1095, 1187, 1828], False),
        ([1036, 1096, 1188, 1827], True),
        ([1035, 1097, 1188, 1827], True),
        ([1035, 1096, 1189, 1827], True),
        ([1035, 1096, 1188, 1826], True),
    ],
)
def test_days_with_a_source_come_sooner_or_stay_longer_and_never_less(days: list[int], loose: bool) -> None:
    assert otherdays.loosens(of("breast"), [days]) is loose


def test_days_without_a_source_are_for_the_county_to_set() -> None:
    assert of("cervical_via")["status"] == "L"
    assert otherdays.loosens(of("cervical_via"), [[2000, 2100, 2200, 2300]]) is False


@pytest.mark.parametrize(
    "days",
    [
        [[14, 13, 22, 30], [30, 30, 46, 120]],
        [[14, 14, 30, 30], [30, 30, 46, 120]],
        [[14, 14, 22, 31], [30, 30, 46, 120]],
        [[14, 14, 22, 30]],
    ],
    ids=["due before shown", "late when gone", "steps overlap", "a step too few"],
)
def test_days_out_of_order_are_refused(days: list[list[int]]) -> None:
    with pytest.raises(RulebookError):
        otherdays.with_days(of("breast_result"), days)
