"""How a village's offers of service stand in a stretch of days: done, still to come, late. A pure fold, never stored.

What counts is the service: was the offer made in time? It never counts people, and a woman who said no is no open item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from server.rules import anchors, schedule
from server.rules.shapes import DueItem, Record, Schedule


@dataclass(frozen=True)
class Stretch:
    """Days YYYY-MM-DD: the stretch begins at `since`, is looked at on the day `on`, and ends with `until`."""

    since: str
    on: str
    until: str


PERIODS = ("week", "last_week", "month")


def stretch_of(period: str, today: date) -> Stretch:
    """This week (Monday to Sunday), last week as it ended, or this month; a wish of PERIODS."""
    monday = today - timedelta(days=today.weekday())
    if period == "last_week":
        sunday = (monday - timedelta(days=1)).isoformat()
        return Stretch((monday - timedelta(days=7)).isoformat(), sunday, sunday)
    if period == "week":
        return Stretch(monday.isoformat(), today.isoformat(), (monday + timedelta(days=6)).isoformat())
    first = today.replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Stretch(first.isoformat(), today.isoformat(), end.isoformat())


@dataclass
class Round:
    """Offers counted. `declined` never leaves the server but in a township's total."""

    done: int = 0
    waiting: int = 0
    late: int = 0
    declined: int = 0


def tally(schedules: Iterable[Schedule], records: Sequence[Record], stretch: Stretch) -> Round:
    """The offers whose time has come by the stretch's end.

    `waiting` and `late` stand open on `on`; `done` and `declined` stood open when the stretch began and were settled in it.
    A schedule that a withdrawn consent ended counts nowhere.
    """
    known, counted = list(schedules), Round()
    past = [record for record in records if _day(record) <= stretch.on]
    standing = _open(known, past, stretch.on, stretch.until)
    for item in standing.values():
        counted.late += item.state == "overdue"
        counted.waiting += item.state != "overdue"
    by_id = {one["id"]: one for one in known if one["kind"] == "record"}
    for group in _touched(past, stretch.since):
        before = _open(
            known, [record for record in group if _day(record) < stretch.since], stretch.since, stretch.until
        )
        fresh = [record for record in group if _day(record) >= stretch.since]
        for key, item in before.items():
            if key not in standing and item.schedule in by_id:
                _settled(counted, by_id[item.schedule], item, fresh)
    return counted


def _day(record: Record) -> str:
    return str(record["occurred_on"])


def _open(
    schedules: list[Schedule], records: Iterable[Record], today: str, until: str
) -> dict[tuple[Any, ...], DueItem]:
    """The items that ask for something by `until`."""
    items = schedule.due_items(schedules, records, today)
    return {(i.schedule, i.record, i.person, i.household, i.opens): i for i in items if i.opens <= until}


def _touched(records: Sequence[Record], since: str) -> Iterable[list[Record]]:
    """The records of each household (or person without one) about which something new was written since."""
    groups: dict[object, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.get("household") or record.get("person")].append(record)
    return (group for group in groups.values() if any(_day(record) >= since for record in group))


def _settled(counted: Round, by: Schedule, item: DueItem, fresh: Iterable[Record]) -> None:
    """Count an item that stands no more by what was written about her (or the household) meanwhile."""
    hers = [
        record for record in fresh if item.person in (None, record.get("person")) and record.get("status") == "live"
    ]
    if any(anchors.any_match(by["decline"]["by"], record) for record in hers):
        counted.declined += 1
    elif any(anchors.any_match(by["done_by"], record) for record in hers):
        counted.done += 1
