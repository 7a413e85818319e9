"""What every list of due items keeps to, over random lives: hypothesis draws the seeds, tests/parity the lives."""

import random
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server.rules import book, consent, dates, schedule
from tests.parity import histories

BOOK = book.load()
MANY = {"referral", "consent_expiry", "note"}  # one for each referral, purpose, or note's purpose
seeds = st.integers(0, 2**32)


def life(seed: int) -> tuple[list[Any], str]:
    """A random life and a day to look at it, under the shipped schedules."""
    dice = random.Random(seed)
    rows, today = histories.lived(dice)
    rows += histories.history(dice, dice.randint(0, 4))
    return [row for row in rows if isinstance(row, dict)], today


@given(seeds)
def test_a_person_has_at_most_one_item_of_a_schedule(seed: int) -> None:
    rows, today = life(seed)
    seen = Counter(
        (item.schedule, item.person) for item in schedule.due_items(BOOK.schedules, rows, today) if item.person
    )
    assert all(count == 1 for (name, _), count in seen.items() if name not in MANY)


@given(seeds)
def test_an_items_days_are_in_order_and_it_never_outlives_them(seed: int) -> None:
    rows, today = life(seed)
    for item in schedule.due_items(BOOK.schedules, rows, today):
        assert item.opens <= item.closes < item.expires or item.schedule == "note"
        assert today <= item.expires
        assert item.state == ("later" if today < item.opens else "due" if today <= item.closes else "overdue")


@given(seeds)
def test_the_order_in_which_records_arrive_does_not_matter(seed: int) -> None:
    rows, today = life(seed)
    single = list({str(row.get("id")): row for row in rows}.values())
    mixed = random.Random(seed).sample(single, len(single))
    assert schedule.due_items(BOOK.schedules, single, today) == schedule.due_items(BOOK.schedules, mixed, today)


@given(seeds)
def test_nothing_is_due_without_a_standing_consent(seed: int) -> None:
    rows, today = life(seed)
    asked = {one["id"]: one.get("consent") for one in BOOK.schedules}
    for item in schedule.due_items(BOOK.schedules, rows, today):
        own = [row for row in rows if row.get("person") == item.person]
        purpose = asked[item.schedule]
        assert purpose is None or consent.standing(own, today)[str(purpose)] == "given"


@given(seeds)
def test_after_a_decline_today_no_follow_up_is_shown_for_a_year(seed: int) -> None:
    rows, today = life(seed)
    if dates.add_days(today, 364) is None:
        return
    said_no = {"id": "zzzz", "form": "contraceptive_followup", "occurred_on": today, "answers": {"declined": True},
               "role": "director", "person": "p1", "household": "h1", "status": "live"}  # fmt: skip
    until_now = [row for row in rows if str(row.get("occurred_on")) < today]
    for later in (today, dates.add_days(today, 364) or today):
        items = schedule.due_items(BOOK.schedules, [*until_now, said_no], later)
        asked = {one["id"] for one in BOOK.schedules for by in one.get("decline", {"by": []})["by"]
                 if by["form"] == "contraceptive_followup"}  # fmt: skip
        assert not [item for item in items if item.person == "p1" and item.schedule in asked]


@given(seeds)
def test_a_void_record_is_as_if_it_never_was(seed: int) -> None:
    rows, today = life(seed)
    voided = [row | {"status": "void"} if at % 2 else row for at, row in enumerate(rows)]
    assert schedule.due_items(BOOK.schedules, voided, today) == schedule.due_items(BOOK.schedules, voided[::2], today)
