"""Stock at the desk: what lies where by the book, what is odd about it, and a lot called back.

Points are the township's store (its 9-digit code), its villages' (12 digits) and its workers' bags ("bag:" and the
worker's id); the county (6 digits) stands above as whoever delivers. A hand-out in a visit is a movement out of a bag.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import accounts, audit
from server.auth import Who
from server.desk.people import area_names, plates_of, worker_names
from server.desk.scope import check_area
from server.extensions import writing
from server.models import Area, Person
from server.reports import stock as ledgers
from server.reports import stock_documents as documents
from server.reports.stock_codes import code_of
from server.rules import stock
from server.rules.book import Book

BAG, SHOWN_DIFFERENCES = "bag:", 100


def overview(session: Session, book: Book, who: Who, area: str, today: str) -> dict[str, Any]:
    """{area, on, points, rows, odd, on_the_way, figures, sources}: each lot there or missing, what was found otherwise,
    what was issued and not received yet, and figures."""
    rows = ledgers.moved(session, book, check_area(who, area))
    moves = list(stock.movements_of(book.stock, rows))
    found = stock.added_up(moves)
    held = [row for row in found.balances if row.usable or row.set_aside]
    odd = documents.odd(rows, found.differences)
    names = names_of(session, {row.at.point for row in held} | {one["point"] for one in odd})
    return {
        "area": area, "on": today, "points": points(session, area) | names,
        "rows": [
            _lot(row.at) | {
                "usable": row.usable, "set_aside": row.set_aside,
                "state": stock.judge(book.stock, row.at.expiry, today) if row.usable > 0 else None,
            }
            for row in held
        ],
        "odd": odd[:SHOWN_DIFFERENCES],
        "on_the_way": [one | {"code": code_of(one)} for one in documents.on_the_way(rows)],
        "figures": ledgers.figures(book, rows, moves, today),
        "sources": {"use": book.stock["use"]["status"], "order": book.stock["order"]["status"]},
    }  # fmt: skip


def _lot(at: stock.Lot) -> dict[str, str]:
    return {"point": at.point, "item": at.item, "lot": at.lot, "expiry": at.expiry}


def points(session: Session, area: str) -> dict[str, str]:
    """{point: name} of every store and bag of an area that something can be moved to."""
    codes = list(session.scalars(select(Area.code).where(Area.code.startswith(area, autoescape=True))))
    workers = [worker.id for worker in accounts.workers_of(session, [area]) if worker.disabled_at is None]
    return names_of(session, {*codes, *(f"{BAG}{key}" for key in workers)})


def names_of(session: Session, points: Iterable[str]) -> dict[str, str]:
    bagged = {point.removeprefix(BAG) for point in points if point.startswith(BAG)}
    areas, workers = (
        area_names(session, {p for p in points if not p.startswith(BAG)}),
        worker_names(session, bagged),
    )
    return areas | {f"{BAG}{key}": name for key, name in workers.items()}


def recall(session: Session, book: Book, who: Who, home: str, item: str, lot: str, now: int) -> dict[str, Any]:
    """Who received a lot: {people, unnamed, held}. People whose consent stands; the others are a number of hand-outs.

    `held`: where pieces of it still lie. For the station and the technician alone, and each look is in the audit log.
    """
    rows = ledgers.moved(session, book, home)
    moves = [move for move in stock.movements_of(book.stock, rows) if (move.at.item, move.at.lot) == (item, lot)]
    of_it = {move.record for move in moves}
    given = [row for row in rows if row["form"] != ledgers.FORM and row["id"] in of_it]
    named = [row for row in given if row["person"] and row["shown"]]
    held = stock.added_up(moves).balances
    names = names_of(session, {row.at.point for row in held})
    people = _people(session, home[:6], named)
    detail = {"item": item, "lot": lot, "people": len({one["person"] for one in people})}
    with writing() as log_session:
        audit.note(log_session, "stock.recall", None, detail, now=now, actor=who.id, phone=who.phone, place=home)
    return {
        "people": people, "unnamed": len(given) - len(named),
        "held": [{"point": names.get(row.at.point, row.at.point), "usable": row.usable} for row in held if row.usable],
    }  # fmt: skip


def _people(session: Session, county: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wanted = {row["person"] for row in rows}
    found = {
        one.id: one for one in session.scalars(select(Person).where(Person.county == county, Person.id.in_(wanted)))
    }
    plates = plates_of(session, county, {row["household"] for row in rows if row["household"]})
    villages = area_names(session, {one.area for one in found.values()})
    return [
        {
            "person": row["person"], "name": found[row["person"]].name, "phone": found[row["person"]].phone or "",
            "area": villages.get(found[row["person"]].area, ""),
            "number": plate.number if (plate := plates.get(row["household"] or "")) else None,
            "on": row["occurred_on"], "qty": row["answers"].get("qty") or row["answers"].get("bottles") or 0,
        }
        for row in sorted(rows, key=lambda row: str(row["occurred_on"]), reverse=True)
        if row["person"] in found
    ]  # fmt: skip
