"""The practice rate at the desk: the figure of an area, guarded where it leaves the station, and the records behind it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.people import area_names, worker_names
from server.desk.scope import check_area, townships
from server.errors import NotFound
from server.extensions import writing
from server.models import Household, Person
from server.models.area import township_of
from server.reports import practice, small_cells
from server.rules import masks
from server.rules.book import Book

PAGE = 100


def practice_rate(session: Session, book: Book, who: Who, area: str, on: str) -> dict[str, Any]:
    """The figure of one of her areas on a day. Inside the station whole; for others small counts are None (`hidden`, `k`)."""
    found = practice.figure(session, book, check_area(who, area), on)
    reader = "station" if township_of(area) in townships(who) else "county"
    shown = small_cells.guard(found.numerator, found.denominator, found.percent, found.mix, small_cells.k_for(reader))
    return found.as_json() | asdict(shown)


def records_behind(
    session: Session, book: Book, who: Who, area: str, on: str, part: str, after: str, now: int
) -> dict[str, Any]:
    """A page of the rows behind one count, names masked: {rows, next, total}. Station only, audited. Raises NotFound."""
    if len(area) < 9 or township_of(area) not in townships(who):
        raise NotFound
    every = practice.records(session, book, area, on, part)
    start = next((n + 1 for n, row in enumerate(every) if row.person == after), 0) if after else 0
    page = every[start : start + PAGE]
    rows = _shown(session, who.county, page)
    detail = {"area": area, "on": on, "part": part, "rows": len(page)}
    with writing() as log_session:
        audit.note(log_session, "figure.records", None, detail, now=now, actor=who.id, place=area)
    return {
        "rows": rows,
        "next": page[-1].person if start + PAGE < len(every) else None,
        "total": len(every),
    }


def _shown(session: Session, county: str, page: list[practice.Row]) -> list[dict[str, Any]]:
    people = people_named(session, county, [row.person for row in page])
    villages = area_names(session, {row.area for row in page})
    authors = worker_names(session, {row.author for row in page if row.author})
    return [
        {
            "person": row.person,
            "name": masks.name(people[row.person][0]),
            "area": {"code": row.area, "name": villages.get(row.area, row.area)},
            "number": people[row.person][1],
            "method": row.method,
            "record": row.record,
            "occurred_on": row.occurred_on,
            "author": authors.get(row.author or "", ""),
            "role": row.role,
            "source": row.source,
        }
        for row in page
    ]


def people_named(session: Session, county: str, ids: list[str]) -> dict[str, tuple[str, str | None]]:
    """{person: (name, number of the door plate)}."""
    plate = (Household.county == Person.county) & (Household.id == Person.household_id)
    mine = select(Person.id, Person.name, Household.number).outerjoin(Household, plate)
    rows = session.execute(mine.where(Person.county == county, Person.id.in_(ids)))
    return {row[0]: (row[1], row[2]) for row in rows}
