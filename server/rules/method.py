"""Which contraceptive method a woman uses now, from her follow-up records alone."""

from collections.abc import Iterable

from server.rules import dates
from server.rules.conditions import answers_of, code_units, is_note
from server.rules.shapes import Record


def current(records: Iterable[Record], today: str) -> str | None:
    """The code her newest live follow-up on or before today names; "none" if it says she stopped, None if unknown.

    A hand-out is supply, not use, and counts for nothing here. A husband's 男扎 stands on his wife's record.
    """
    record = deciding(records, today)
    if record is None:
        return None
    answers = answers_of(record)
    stopped = answers.get("still_using") is False
    return "none" if stopped else str(answers["method"])


def deciding(records: Iterable[Record], today: str) -> Record | None:
    """The very record that decides her current method, so that a figure opens to it."""
    now = dates.number(today)
    if now is None:
        raise ValueError(f"today is not a day: {today!r}")
    held = [row for row in map(_row, records) if row is not None and row[0] <= now]
    return max(held, key=lambda row: (row[0], row[1]))[2] if held else None


def _row(record: Record) -> tuple[int, bytes, Record] | None:
    if record.get("form") != "contraceptive_followup" or record.get("status") != "live" or is_note(record):
        return None
    day, key, answers = dates.number(record.get("occurred_on")), record.get("id"), answers_of(record)
    said = isinstance(answers.get("method"), str) and answers.get("declined") is not True
    return (day, code_units(key), record) if day is not None and isinstance(key, str) and said else None
