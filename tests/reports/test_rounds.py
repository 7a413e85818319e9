"""The rounds of a village: what was done, what is to come, what is late, in a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest

from server.reports.rounds import Round, Stretch, stretch_of, tally
from server.rules import book

SCHEDULES = book.load().schedules
WEEK = Stretch("2026-11-30", "2026-12-02", "2026-12-06")
NUMBERS: Iterator[int] = count()


def record(form: str, on: str, person: str = "p1", **answers: Any) -> dict[str, Any]:
    return {
        "id": f"r{next(NUMBERS)}", "form": form, "occurred_on": on, "answers": answers, "role": "director",
        "author": "a", "person": person, "household": f"h-{person}", "status": "live",
    }  # fmt: skip


def agreed(person: str = "p1") -> dict[str, Any]:
    return record("consent", "2026-06-01", person, purpose="supply", decision="given")


def handed_out(on: str, person: str = "p1") -> dict[str, Any]:
    return record("contraceptive_supply", on, person, item="condom", qty=10)


def test_a_hand_out_that_comes_due_this_week_waits() -> None:
    assert tally(SCHEDULES, [agreed(), handed_out("2026-11-02")], WEEK) == Round(waiting=1)


def test_a_hand_out_whose_time_has_passed_is_late() -> None:
    assert tally(SCHEDULES, [agreed(), handed_out("2026-10-20")], WEEK) == Round(late=1)


def test_a_hand_out_made_in_the_week_is_done() -> None:
    rows = [agreed(), handed_out("2026-11-02"), handed_out("2026-12-01")]
    assert tally(SCHEDULES, rows, WEEK) == Round(done=1)


def test_one_made_before_the_week_is_not_of_this_week() -> None:
    rows = [agreed(), handed_out("2026-10-25"), handed_out("2026-11-25")]
    assert tally(SCHEDULES, rows, WEEK) == Round()


def test_a_woman_who_says_no_is_no_open_item_and_not_late() -> None:
    rows = [agreed(), handed_out("2026-10-25"), record("contraceptive_supply", "2026-12-01", declined=True)]
    assert tally(SCHEDULES, rows, WEEK) == Round(declined=1)


def test_a_consent_withdrawn_in_the_week_counts_nowhere() -> None:
    rows = [agreed(), handed_out("2026-11-02")]
    no = record("consent", "2026-12-01", purpose="supply", decision="withdrawn")
    assert tally(SCHEDULES, [*rows, no], WEEK) == Round()


def test_another_persons_hand_out_settles_nothing_of_hers() -> None:
    rows = [agreed(), handed_out("2026-11-02"), agreed("p2"), handed_out("2026-12-01", "p2")]
    assert tally(SCHEDULES, rows, WEEK) == Round(waiting=1)


def test_what_lies_after_the_day_is_not_known_yet() -> None:
    rows = [agreed(), handed_out("2026-11-02"), handed_out("2026-12-04")]
    assert tally(SCHEDULES, rows, WEEK) == Round(waiting=1)


@pytest.mark.parametrize(
    ("period", "stretch"),
    [
        ("week", ("2026-11-30", "2026-12-02", "2026-12-06")),
        ("last_week", ("2026-11-23", "2026-11-29", "2026-11-29")),
        ("month", ("2026-12-01", "2026-12-02", "2026-12-31")),
    ],
)
def test_a_stretch_begins_and_ends_with_its_week_or_month(period: str, stretch: tuple[str, str, str]) -> None:
    assert stretch_of(period, date(2026, 12, 2)) == Stretch(*stretch)
