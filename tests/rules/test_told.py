"""A value in one tongue and without codes, as the county's desk reads it."""

from collections.abc import Iterator

import pytest

from server.rules import book, unconfirmed

BOOK = book.shipped()
VALUES = {one.place: one for one in unconfirmed.values(BOOK)}


def said(place: str) -> list[str]:
    return [line["zh"] for line in VALUES[place].lines]


def test_days_are_told_as_a_sentence_and_a_repeated_step_with_its_number() -> None:
    assert said("schedules/service_card") == ["快到期：提前 30 天起提，当天该做，第 1 天算晚，第 31 天起不提"]
    assert said("schedules/iud_cn")[-1] == "满 2 年：第 700 天起提，第 730 天该做，第 761 天算晚，第 821 天起不提"


def test_a_rule_is_told_by_the_names_of_its_questions() -> None:
    assert said("forms/iud_check.after_menopause") == ["遇到：“绝经满 6 个月了吗”是：是", "就：提醒"]


def test_who_writes_and_reads_is_told_by_their_names() -> None:
    assert said("forms/folic_acid")[0] == "谁记：村妇女主任；技术员"


def codes() -> Iterator[str]:
    for form in BOOK.forms.values():
        yield from (field["key"] for field in form["fields"] if "_" in field["key"])


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_no_line_holds_a_code_or_a_blank_to_fill(tongue: str) -> None:
    lines = [str(line[tongue]) for one in VALUES.values() for line in one.lines]  # type: ignore[literal-required]
    marks = {"{", "[", *codes()}
    assert [(line, mark) for line in lines for mark in marks if mark in line] == []
