"""The rulebook's figures of services over the records of an area, and the records behind each.

What counts: live records that the station may see. A withdrawn record counts no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import BadInput, NotFound
from server.models import Record
from server.models.area import county_of
from server.reports import small_cells
from server.reports.people import merged
from server.rules import dates, forms, rates
from server.rules.book import Book

PARTS = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days YYYY-MM-DD, both in."""

    since: str
    on: str


def stretch(book: Book, on: str) -> Stretch:
    """The rulebook's days until one. Raises BadInput (bad_date)."""
    if not dates.is_day(on):
        raise BadInput("日期应为 YYYY-MM-DD The day is not a date", code="bad_date")
    return Stretch((date.fromisoformat(on) - timedelta(days=book.rates["days"] - 1)).isoformat(), on)


def all_of(session: Session, book: Book, area: str, on: str, k: int) -> list[dict[str, Any]]:
    """[{id, numerator, denominator, percent, hidden}] in the rulebook's order; counts below `k` are None."""
    days, rows, found = stretch(book, on), _rows(session, book, area, on), []
    for rate in book.rates["rates"]:
        counted = rates.count(rate, rows, days.since, days.on)
        above, percent = counted.above, counted.percent(book.rates["digits"])
        shown = small_cells.guard(counted.below if above is None else above, counted.below, percent, {}, k)
        below = None if shown.denominator is None or (above is None and shown.numerator is None) else counted.below
        numerator = None if above is None else shown.numerator
        found.append({
            "id": rate["id"], "numerator": numerator, "denominator": below, "percent": shown.percent,
            "hidden": bool(shown.hidden),
        })  # fmt: skip
    return found


def behind(session: Session, book: Book, area: str, on: str, name: str, part: str) -> list[rates.Row]:
    """The records behind one count, newest first. Raises NotFound (unknown_figure), BadInput (unknown_part)."""
    rate = next((one for one in book.rates["rates"] if one["id"] == name), None)
    if rate is None:
        raise NotFound(f"没有指标 {name} There is no such figure", code="unknown_figure")
    if part not in PARTS:
        raise BadInput(f"没有这一部分 There is no such part: {part}", code="unknown_part")
    days = stretch(book, on)
    counted = rates.count(rate, _rows(session, book, area, on), days.since, days.on)
    return (counted.part if part == "numerator" else counted.rows)[::-1]


def is_clinical(book: Book, row: rates.Row) -> bool:
    """Whether what the record says is the technician's alone, so that a list of it names nobody."""
    form = book.forms[row["form"]]
    return forms.audience(form, "import" if row["source"] == "import" else row["role"]) == "clinical"


def _rows(session: Session, book: Book, area: str, on: str) -> list[dict[str, Any]]:
    names, county = {rate["of"]["form"] for rate in book.rates["rates"]}, county_of(area)
    same = merged(session, county)
    columns = (Record.id, Record.form, Record.person, Record.household, Record.area, Record.occurred_on, Record.author,
               Record.role, Record.source, Record.coded)  # fmt: skip
    asked = select(*columns).where(
        Record.county == county, Record.area >= area, Record.area < f"{area}:", Record.form.in_(names),
        Record.occurred_on <= on, Record.status == "live", Record.shown, Record.source != "transfer",
    )  # fmt: skip
    found = (dict(row._mapping) for row in session.execute(asked))
    return [row | {"answers": row["coded"], "person": same.get(row["person"], row["person"])} for row in found]
