"""Shares of services that came out one way: how many of which records, as the rulebook says. Pure.

A figure counts records of one form in a stretch of days (or the people in them, or a number they hold). Its part is those
that hold something besides, or those to which a later record points that does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from server.rules import dates, indicator
from server.rules.conditions import holds, whole
from server.rules.shapes import Conds, Words


class CountedOf(Words):
    """What is counted. `people`: each person once. `sum`: the numbers in that field instead of the records."""

    form: str
    when: NotRequired[Conds]
    people: NotRequired[bool]
    sum: NotRequired[str]


class Part(Words):
    """Those of them whose own answers hold this, or the numbers of another field."""

    when: NotRequired[Conds]
    sum: NotRequired[str]


class Then(Words):
    """Those of them to which a later record of the form points (in its field `match`) that holds this, in so many days."""

    when: Conds
    match: str
    days: NotRequired[int]


# "of" and "then" are no names of a class body.
class Rate(TypedDict):
    id: str
    zh: str
    en: str
    of: CountedOf
    part: NotRequired[Part]
    then: NotRequired[Then]
    status: str


class Rates(Words):
    """All figures, over the last `days`, rounded half up to `digits`."""

    id: str
    version: int
    days: int
    digits: int
    rates: list[Rate]
    status: str


Row = Mapping[str, Any]  # id, form, person, occurred_on, answers


@dataclass(frozen=True, slots=True)
class Counted:
    """`above` is None where a figure is a plain count. `rows` and `part` are the records behind both, oldest first."""

    above: int | None
    below: int
    rows: list[Row]
    part: list[Row]

    def percent(self, digits: int) -> str | None:
        """The share in percent; None for a plain count, and of nothing."""
        return None if self.above is None else indicator.percent(self.above, self.below, digits)


def count(rate: Rate, records: Iterable[Row], since: str, on: str) -> Counted:
    """The figure of the days from `since` to `on`, both in. Later steps count up to `on`."""
    of, every = rate["of"], sorted((row for row in records if row["form"] == rate["of"]["form"]), key=_order)
    past = [row for row in every if row["occurred_on"] <= on]
    rows = [row for row in past if row["occurred_on"] >= since and holds(of.get("when"), row["answers"])]
    if "sum" in of:
        rows = [row for row in rows if whole(row["answers"].get(of["sum"]))]
    part = _part(rate, rows, past)
    below = _sum(rows, of["sum"]) if "sum" in of else _size(rows, of)
    if part is None:
        return Counted(None, below, rows, [])
    field = rate.get("part", {}).get("sum")
    return Counted(_sum(part, field) if field else _size(part, of), below, rows, part)


def _part(rate: Rate, rows: list[Row], past: list[Row]) -> list[Row] | None:
    if "part" in rate:
        when = rate["part"].get("when")
        return [row for row in rows if holds(when, row["answers"])]
    if "then" not in rate:
        return None
    then, begun = rate["then"], {row["id"]: row for row in rows}
    reached = {
        key
        for row in past
        if (key := row["answers"].get(then["match"])) in begun
        and holds(then["when"], row["answers"])
        and _days(begun[key], row) <= then.get("days", 10**6)
    }
    return [row for row in rows if row["id"] in reached]


def _days(first: Row, later: Row) -> int:
    return (dates.number(later["occurred_on"]) or 0) - (dates.number(first["occurred_on"]) or 0)


def _order(row: Row) -> tuple[str, str]:
    return str(row["occurred_on"]), str(row["id"])


def _size(rows: list[Row], of: CountedOf) -> int:
    return len({row["person"] or row["id"] for row in rows}) if of.get("people") else len(rows)


def _sum(rows: list[Row], field: str) -> int:
    return sum(row["answers"][field] for row in rows if whole(row["answers"].get(field)))
