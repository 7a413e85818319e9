"""Stock at the desk: what lies where by the book, what is odd about it, movements written down, and a lot called back.

Points are the township's store (its 9-digit code), its villages' (12 digits) and its workers' bags ("bag:" and the
worker's id); the county (6 digits) stands above as whoever delivers. A hand-out in a visit is a movement out of a bag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import accounts, audit
from server.auth import Who
from server.desk.people import area_names, plates_of, worker_names
from server.desk.scope import check_area, township
from server.errors import BadInput
from server.extensions import writing
from server.models import Area, Person, Worker
from server.reports import stock as ledgers
from server.rules import stock
from server.rules.book import Book
from server.sync import bags
from server.sync.append import write_events

BAG, SHOWN_DIFFERENCES = "bag:", 100


def overview(session: Session, book: Book, who: Who, area: str, today: str) -> dict[str, Any]:
    """{area, on, points, rows, odd, figures}: every lot that is there or missing, what was found otherwise, and figures."""
    rows = ledgers.moved(session, book, check_area(who, area))
    found = stock.ledger(book.stock, rows)
    held = [row for row in found.balances if row.usable or row.set_aside]
    names = _names(session, {row.at.point for row in held} | {one.at.point for one in found.differences})
    days = {row["id"]: row["occurred_on"] for row in rows}
    odd = [
        _lot(one.at) | {"record": one.record, "on": days[one.record], "book": one.book, "counted": one.counted}
        for one in found.differences
    ]
    return {
        "area": area, "on": today, "points": _points(session, area) | names,
        "rows": [
            _lot(row.at) | {
                "usable": row.usable, "set_aside": row.set_aside,
                "state": stock.judge(book.stock, row.at.expiry, today) if row.usable > 0 else None,
            }
            for row in held
        ],
        "odd": odd[::-1][:SHOWN_DIFFERENCES], "figures": ledgers.figures(book, rows, today),
    }  # fmt: skip


def _lot(at: stock.Lot) -> dict[str, str]:
    return {"point": at.point, "item": at.item, "lot": at.lot, "expiry": at.expiry}


def _points(session: Session, area: str) -> dict[str, str]:
    """{point: name} of every store and bag of an area that something can be moved to."""
    codes = list(session.scalars(select(Area.code).where(Area.code.startswith(area, autoescape=True))))
    workers = [worker.id for worker in accounts.workers_of(session, [area]) if worker.disabled_at is None]
    return _names(session, {*codes, *(f"{BAG}{key}" for key in workers)})


def _names(session: Session, points: Iterable[str]) -> dict[str, str]:
    bagged = {point.removeprefix(BAG) for point in points if point.startswith(BAG)}
    areas, workers = area_names(session, {p for p in points if not p.startswith(BAG)}), worker_names(session, bagged)
    return areas | {f"{BAG}{key}": name for key, name in workers.items()}


def move(book: Book, who: Who, given: Mapping[str, Any], today: str, now: int) -> str:
    """Write one movement down; answers the township.

    Given {movement, from_place?, to_place?, lines, document_no?, why_different?, second_sign?, on}. What is issued is taken
    at once, so it is two records: issued, and received. Raises BadInput (unknown_point, same_point, expired_lot,
    second_sign, future_day), NotFound.
    """
    with writing() as session:
        home = township(who, None)
        _check(session, book, who, home, given, today)
        drafts = [_draft(who, home, given)]
        if given["movement"] == "out":
            drafts.append(_draft(who, home, {**given, "movement": "in"}))
        write_events(session, who.county, drafts, "desk", now=now)
        lines = {"movement": given["movement"], "lines": len(given["lines"])}
        audit.note(session, "stock.move", None, lines, now=now, actor=who.id, place=home)
        for point in {given.get("from_place"), given.get("to_place")}:
            if point and point.startswith(BAG):
                _pack(session, book, who, home, point, today, now)
    return home


def _check(session: Session, book: Book, who: Who, home: str, given: Mapping[str, Any], today: str) -> None:
    movement, places = given["movement"], [given.get("from_place"), given.get("to_place")]
    mine = {*_points(session, home), home[:6]}
    needed = {"in": [1], "out": [0, 1], "return": [0]}.get(movement, [0])
    if any(places[n] is None for n in needed) or not {p for p in places if p} <= mine:
        raise BadInput("没有这个地方 There is no such place", code="unknown_point")
    if places[0] == places[1]:
        raise BadInput("发出和收到是同一个地方 From and to are the same place", code="same_point")
    if given["on"] > today:
        raise BadInput("这一天还没到 That day is still to come", code="future_day")
    if movement == "out" and any(stock.judge(book.stock, one["expiry"], today) == "expired" for one in given["lines"]):
        raise BadInput("这批过期了，不能发 This lot has expired and cannot be issued", code="expired_lot")
    own = session.get(Worker, who.id)
    if movement == "destroy" and given.get("second_sign", "").strip() in ("", own.name if own else ""):
        raise BadInput("销毁要第二个人签名，不能是自己 Destruction needs a second person’s name", code="second_sign")


KEPT = ("movement", "from_place", "to_place", "document_no", "why_different", "second_sign")
ASKED = {"count": {"from_place", "why_different"}, "damage": {"from_place", "why_different"},
         "destroy": {"from_place", "second_sign"}}  # fmt: skip
ALWAYS = {"movement", "document_no"}


def _draft(who: Who, home: str, given: Mapping[str, Any]) -> dict[str, Any]:
    keys = ALWAYS | ASKED.get(given["movement"], {"from_place", "to_place"})
    answers = {key: given[key] for key in KEPT if key in keys and given.get(key)}
    answers["lines"] = [{key: value for key, value in line.items() if value != ""} for line in given["lines"]]
    return {
        "kind": "record", "schema": "stock/1", "actor": who.id, "role": "station", "area": home,
        "body": {"occurred_on": given["on"], "answers": answers},
    }  # fmt: skip


def _pack(session: Session, book: Book, who: Who, home: str, point: str, today: str, now: int) -> None:
    """Tell her phone what her bag now holds by the book; expired and empty lots are not offered."""
    worker = session.get(Worker, point.removeprefix(BAG))
    if worker is None:
        return
    session.flush()
    held = [
        row for row in stock.ledger(book.stock, ledgers.moved(session, book, home)).balances if row.at.point == point
    ]
    known = {option["code"] for option in bags.options()}
    lines = [
        {"item": row.at.item, "lot": row.at.lot, "expiry": row.at.expiry, "qty": row.usable}
        for row in held
        if row.usable > 0 and row.at.item in known and row.at.lot and row.at.expiry > today
    ]
    bags.fill(session, worker, lines, now=now, place=home, actor=who.id)


def recall(session: Session, book: Book, who: Who, home: str, item: str, lot: str, now: int) -> dict[str, Any]:
    """Who received a lot: {people, unnamed, held}. People whose consent stands; the others are a number of hand-outs.

    `held`: where pieces of it still lie. For the station and the technician alone, and each look is in the audit log.
    """
    rows = ledgers.moved(session, book, home)
    given = [row for row in rows if row["form"] != ledgers.FORM and _is(book, row, item, lot)]
    named = [row for row in given if row["person"] and row["shown"]]
    held = [row for row in stock.ledger(book.stock, rows).balances if (row.at.item, row.at.lot) == (item, lot)]
    names = _names(session, {row.at.point for row in held})
    people = _people(session, home[:6], named)
    detail = {"item": item, "lot": lot, "people": len({one["person"] for one in people})}
    with writing() as log_session:
        audit.note(log_session, "stock.recall", None, detail, now=now, actor=who.id, phone=who.phone, place=home)
    return {
        "people": people, "unnamed": len(given) - len(named),
        "held": [{"point": names.get(row.at.point, row.at.point), "usable": row.usable} for row in held if row.usable],
    }  # fmt: skip


def _is(book: Book, row: Mapping[str, Any], item: str, lot: str) -> bool:
    out = stock.movements_of(book.stock, [dict(row)])
    return any((move.at.item, move.at.lot) == (item, lot) for move in out)


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
