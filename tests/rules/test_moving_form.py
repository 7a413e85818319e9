"""The sheet of who arrives or leaves: each offer may be declined, a stay may have an end, of an old paper one word is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.rules import book, forms

BOOK = book.load()
FORM = BOOK.forms["moving"]
TODAY = "2026-11-22"


def errors(answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in forms.check(FORM, answers, TODAY, "liaison") if one.level == "error"]


@pytest.mark.parametrize(
    "answers",
    [
        {"step": "leaves"},
        {"step": "leaves", "declined": True},
        {"step": "leaves", "offers": ["check"]},
        {"step": "leaves", "offers": ["check", "supplies", "contact", "card", "transfer", "where"]},
        {"step": "arrives"},
        {"step": "arrives", "until": "2027-02-28"},
        {"step": "arrives", "legacy_paper": True},
    ],
    ids=str,
)
def test_each_offer_may_be_taken_or_not_and_a_stay_may_have_an_end(answers: dict[str, Any]) -> None:
    assert errors(answers) == []


def test_what_she_should_have_with_her_is_offered_one_by_one() -> None:
    [offers] = [one for one in FORM["fields"] if one["key"] == "offers"]
    assert {one["code"] for one in offers["options"]} >= {"check", "contact", "card", "where", "transfer"}
    assert "required" not in offers


def test_of_an_old_paper_there_is_no_place_for_more_than_seen() -> None:
    papers = [
        field for form in BOOK.forms.values() for field in form["fields"] if field["key"].startswith("legacy_paper")
    ]
    assert [field["type"] for field in papers] == ["bool"] * 2
    assert all("required" not in field for field in papers)
    kinds = {field["type"] for form in BOOK.forms.values() for field in form["fields"]}
    assert kinds <= {"code", "multi", "bool", "int", "text", "date", "ref", "lines"}


def test_nothing_is_due_from_it_and_no_service_asks_where_she_is_registered() -> None:
    told = json.dumps(BOOK.schedules, default=str)
    assert [word for word in ('"moving"', "residence", "moved_in", "legacy_paper") if word in told] == []
