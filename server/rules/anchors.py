"""Where a schedule starts to count for one person: on which record, from which day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.rules import dates
from server.rules.conditions import answers_of, code_units, matches
from server.rules.shapes import Anchor, Matcher, Record, Schedule

LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Row:
    """A live record with a good day, in its place in the order of days."""

    day: int
    order: bytes
    key: str
    record: Record


@dataclass(frozen=True, slots=True)
class Start:
    """A schedule counts from `day` on this row; `said` is that day as the record says it, which may be vague.

    `named`: an answer says it, so it is more than the day somebody happened to write the record. `slack`: how many days
    later it can have been, where she knows the month; of a year alone it is 0, for a year would swallow every window.
    """

    day: int
    said: object
    row: Row
    anchor: Anchor
    named: bool
    slack: int = 0


def row_of(record: Record) -> Row | None:
    """The row of a live record with an id and a day; None for all others."""
    day, key = dates.number(record.get("occurred_on")), record.get("id")
    if record.get("status") != "live" or day is None or not isinstance(key, str):
        return None
    return Row(day, code_units(key), key, record)


def any_match(matchers: Iterable[Matcher], record: Record) -> bool:
    """Whether one of the matchers means this record."""
    return any(matches(matcher, record) for matcher in matchers)


def starts(schedule: Schedule, rows: list[Row]) -> list[Start]:
    """Every start that still counts, in the order of rows. With `pick` newest or spell at most one a schedule."""
    found: list[Start] = []
    for anchor in schedule["anchors"]:
        if anchor["pick"] == "each":
            found.extend(_each(schedule, anchor, rows))
        else:
            single = _spell(schedule, anchor, rows) if anchor["pick"] == "spell" else _newest(schedule, anchor, rows)
            found.extend([single] if single else [])
    if any(anchor["pick"] == "each" for anchor in schedule["anchors"]):
        return found
    return [max(found, key=lambda start: start.day)] if found else []


def _each(schedule: Schedule, anchor: Anchor, rows: list[Row]) -> list[Start]:
    """Every record of the kind, but for those that something stopped afterwards."""
    found: list[Start] = []
    for row in rows:
        if any_match(schedule["stop"], row.record):
            found = [start for start in found if not belongs(schedule, start, row)]
        start = _start(anchor, row) if matches(anchor, row.record) else None
        found.extend([start] if start else [])
    return found


def _newest(schedule: Schedule, anchor: Anchor, rows: list[Row]) -> Start | None:
    """The newest record of the kind, unless something stopped it afterwards."""
    found: Start | None = None
    for row in rows:
        if any_match(schedule["stop"], row.record):
            found = None
        if matches(anchor, row.record):
            found = _start(anchor, row)
    return found


def _spell(schedule: Schedule, anchor: Anchor, rows: list[Row]) -> Start | None:
    """The beginning of the unbroken run that lasts until today; a record that says another beginning wins."""
    found: Start | None = None
    for row in rows:
        if any_match(schedule["stop"], row.record):
            found = None
        elif matches(anchor, row.record):
            start = _start(anchor, row)
            if found is None or (start and start.named and start.day != found.day):
                found = start
    return found


def _start(anchor: Anchor, row: Row) -> Start | None:
    """The first of the anchor's date fields that says a day or vague date; None if none does."""
    for field in anchor["date"]:
        own = field == "occurred_on"
        said = row.record.get(field) if own else answers_of(row.record).get(field)
        span = dates.span(said)
        if span is not None:
            days = span[1] - span[0]
            return Start(span[0], said, row, anchor, named=not own, slack=days if days < LONGEST_MONTH else 0)
    return None


def belongs(schedule: Schedule, start: Start, row: Row) -> bool:
    """Whether a row speaks about this very start, where a schedule has several (`match`, e.g. `of`)."""
    field = schedule.get("match")
    if field is None or row.record.get("seen_as") == "note":
        return True
    answers: Mapping[str, object] = answers_of(row.record)
    return answers.get(field) == start.row.key
