"""Figures of services: what is counted, which part of it, and a later step that points at the first."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules import book, rates

RATES = {rate["id"]: rate for rate in book.load().rates["rates"]}
SINCE, ON = "2026-01-01", "2026-11-30"


def row(key: str, form: str, day: str, answers: dict[str, Any], person: str | None = "p") -> dict[str, Any]:
    return {"id": key, "form": form, "person": person, "occurred_on": day, "answers": answers}


def counted(name: str, *rows: dict[str, Any]) -> tuple[int | None, int]:
    found = rates.count(RATES[name], rows, SINCE, ON)
    return found.above, found.below


def sent(key: str, day: str) -> dict[str, Any]:
    return row(key, "referral", day, {"step": "sent"})


def step(key: str, of: str, day: str, **answers: str) -> dict[str, Any]:
    return row(key, "referral", day, {"step": "attended", "of": of, **answers})


def visit(key: str, day: str, presence: str) -> dict[str, Any]:
    return row(key, "household_visit", day, {"presence": presence})


def test_a_part_is_counted_among_the_records_of_the_days() -> None:
    rows = [
        visit("a", SINCE, "met"),
        visit("b", ON, "not_home"),
        visit("c", "2025-12-31", "met"),
        visit("d", "2026-12-01", "met"),
    ]
    assert counted("met", *rows) == (1, 2)


def test_people_are_counted_once() -> None:
    rows = [
        row(key, "contraceptive_supply", ON, {"qty": 5}, person) for key, person in (("a", "p"), ("b", "p"), ("c", "q"))
    ]
    assert counted("supplied", *rows) == (None, 2)


@pytest.mark.parametrize(("day", "above"), [("2026-03-14", 1), ("2026-03-15", 1), ("2026-03-16", 0)])
def test_a_later_step_counts_within_its_days(day: str, above: int) -> None:
    assert counted("referral_14", sent("a", "2026-03-01"), step("b", "a", day)) == (above, 1)


def test_a_later_step_belongs_to_the_record_it_points_at() -> None:
    first, other = sent("a", "2026-03-01"), sent("b", "2026-03-01")
    assert counted("referral_attended", first, other, step("c", "b", "2026-06-01"), step("d", "x", "2026-06-01")) == (
        1,
        2,
    )


def test_a_referral_that_ended_otherwise_was_not_attended() -> None:
    closed = step("b", "a", "2026-03-05", step="closed", close_reason="unreached")
    assert counted("referral_attended", sent("a", "2026-03-01"), closed) == (0, 1)


def test_numbers_in_the_records_are_added_up() -> None:
    rows = [row(key, "education", ON, {"quiz_n": 30, "quiz_ok": ok}, None) for key, ok in (("a", 20), ("b", 25))]
    found = rates.count(RATES["knowledge"], [*rows, row("c", "education", ON, {"attendees": 9}, None)], SINCE, ON)
    assert (found.above, found.below, found.percent(2), len(found.rows)) == (45, 60, "75.00", 2)


def test_of_nothing_there_is_no_share() -> None:
    assert rates.count(RATES["met"], [], SINCE, ON).percent(2) is None


def test_no_figure_counts_who_said_no() -> None:
    said_no = {"refused", "declined", "withdrawn"}
    parts = [part for rate in RATES.values() for part in (rate["of"], rate.get("part", {}), rate.get("then", {}))]
    conds = [cond for part in parts for cond in part.get("when", [])]
    assert not any(
        said_no & set(cond.get("is", [])) or (cond["field"] == "declined" and "is" in cond) for cond in conds
    )
