"""What a phone has to know of the past: with it alone, the due list is the same."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from server.rules import anchors
from server.rules.conditions import is_note
from server.rules.counted import counted
from server.rules.schedule import due_items
from tests.parity.asking import BOOK
from tests.parity.histories import history, lived

CASES = 1500
YEAR = timedelta(days=365)


def a_life(dice: random.Random) -> tuple[list[Any], str]:
    """Live records of people, and a day."""
    rows, today = lived(dice)
    rows += history(dice, dice.choice([0, 2]))
    rows = [row | {"person": row.get("person"), "household": None} for row in rows if anchors.row_of(row)]
    return [row for row in rows if isinstance(row["person"], str) and row["occurred_on"] <= today], today


def what_a_phone_gets(rows: list[Any], today: str) -> list[Any]:
    """A year of them, all consents and notes, and what counts."""
    since, mine = (date.fromisoformat(today) - YEAR).isoformat(), defaultdict[str, list[Any]](list)
    for row in rows:
        mine[row["person"]].append(row)
    kept = {key for theirs in mine.values() for key in counted(BOOK.schedules, theirs)}
    whole = [row for row in rows if row["occurred_on"] >= since or row.get("form") == "consent" or is_note(row)]
    return whole + [row for row in rows if row["id"] in kept and row not in whole]


def test_the_due_list_rests_on_what_is_kept_alone() -> None:
    dice, shorter = random.Random(7), 0
    for _ in range(CASES):
        rows, today = a_life(dice)
        kept = what_a_phone_gets(rows, today)
        assert due_items(BOOK.schedules, kept, today) == due_items(BOOK.schedules, rows, today), (today, rows)
        shorter += len(kept) < len(rows)
    assert shorter > CASES // 20
