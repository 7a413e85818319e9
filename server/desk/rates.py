"""Figures of services at the desk: guarded where they leave the station, and open to the records behind them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.figures import PAGE, people_named
from server.desk.people import area_names, worker_names
from server.desk.scope import check_area, townships
from server.errors import NotFound
from server.extensions import writing
from server.models.area import township_of
from server.reports import rates, small_cells
from server.rules import masks
from server.rules.book import Book


def overview(session: Session, book: Book, who: Who, area: str, on: str) -> dict[str, Any]:
    """{area, since, on, k, rates} of one of her areas; small counts are None outside the station."""
    reader = "station" if township_of(check_area(who, area)) in townships(who) else "county"
    k, days = small_cells.k_for(reader), rates.stretch(book, on)
    told = {one["id"]: one for one in book.rates["rates"]}
    found = [
        one | {"name": _words(told[one["id"]]), "of": _words(told[one["id"]]["of"]), "part": _part(told[one["id"]])}
        for one in rates.all_of(session, book, area, on, k)
    ]
    return {"area": area, "since": days.since, "on": on, "k": k, "rates": found}


def _words(said: Any) -> dict[str, str]:
    return {"zh": said["zh"], "en": said["en"]}


def _part(rate: Any) -> dict[str, str] | None:
    said = rate.get("part") or rate.get("then")
    return _words(said) if said else None


def records_behind(
    session: Session, book: Book, who: Who, area: str, on: str, name: str, part: str, start: int, now: int
) -> dict[str, Any]:
    """A page of the records behind one count: {rows, next, total}. Station only, audited. Raises NotFound.

    Names are masked; a record whose content is the technician's alone names nobody.
    """
    if len(area) < 9 or township_of(area) not in townships(who):
        raise NotFound
    every = rates.behind(session, book, area, on, name, part)
    page = every[start : start + PAGE]
    villages = area_names(session, {row["area"] for row in page})
    authors = worker_names(session, {row["author"] for row in page})
    open_rows = [row["person"] for row in page if row["person"] and not rates.is_clinical(book, row)]
    people = people_named(session, who.county, open_rows)
    rows = [
        {
            "record": row["id"], "occurred_on": row["occurred_on"], "area": villages.get(row["area"], row["area"]),
            "author": authors.get(row["author"], ""),
            "person": row["person"] if row["person"] in people and not rates.is_clinical(book, row) else None,
            "name": masks.name(people[row["person"]][0])
            if row["person"] in people and not rates.is_clinical(book, row) else None,
        }
        for row in page
    ]  # fmt: skip
    detail = {"figure": name, "area": area, "on": on, "part": part, "rows": len(page)}
    with writing() as log_session:
        audit.note(log_session, "figure.records", None, detail, now=now, actor=who.id, place=area)
    return {"rows": rows, "next": start + PAGE if start + PAGE < len(every) else None, "total": len(every)}
