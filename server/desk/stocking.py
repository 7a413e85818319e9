"""Stock written down at the desk: movements, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.scope import township
from server.desk.stock import BAG, points
from server.errors import BadInput, NotFound
from server.extensions import writing
from server.ids import new_id
from server.models import Worker
from server.reports import stock as ledgers
from server.reports.stock_documents import on_the_way
from server.rules import stock
from server.rules.book import Book
from server.sync import bags
from server.sync.append import write_events

SCHEMA = "stock/1"


def move(book: Book, who: Who, given: Mapping[str, Any], today: str, now: int) -> str:
    """Write one movement down; answers the township.

    Given {movement, from_place?, to_place?, lines, document_no?, why_different?, second_sign?, on, of?, later?}. What is
    issued is taken at once, so it is two records: issued, and received; with `later` it is on its way until somebody
    receives it: "in" with `of`, the issue. Raises BadInput (unknown_point, same_point, expired_lot, second_sign, future_day,
    not_on_the_way), NotFound.
    """
    with writing() as session:
        home = township(who, None)
        document = given.get("of")
        given = {**given, **_places(session, book, home, document)} if document else given
        _check(session, book, who, home, given, today)
        first = _draft(who, home, given, new_id(), of=document)
        taken = given["movement"] in ("out", "return") and len(given.get("to_place") or home[:6]) > 6
        taken = taken and not (given["movement"] == "out" and given.get("later"))
        again = [_draft(who, home, {**given, "movement": "in"}, new_id(), of=first["id"])] if taken else []
        write_events(session, who.county, [first, *again], "desk", now=now)
        lines = {"movement": given["movement"], "lines": len(given["lines"])}
        audit.note(session, "stock.move", first["id"], lines, now=now, actor=who.id, place=home)
        _pack_all(session, book, who, home, {given.get("from_place"), given.get("to_place")}, today, now)
    return home


def _places(session: Session, book: Book, home: str, document: str) -> dict[str, Any]:
    """Where a document went from and to; it can be received once."""
    waiting = {one["record"]: one for one in on_the_way(ledgers.moved(session, book, home))}
    if document not in waiting:
        raise BadInput("这张单已经收过，或者撤回了 It was received already, or taken back", code="not_on_the_way")
    return {"movement": "in"} | {key: waiting[document][key] for key in ("from_place", "to_place")}


def take_back(book: Book, who: Who, record: str, reason: str, today: str, now: int) -> str:
    """Void a movement that the desk wrote, with what was received of it; answers the township. Raises NotFound."""
    with writing() as session:
        home = township(who, None)
        rows = {row["id"]: row for row in ledgers.moved(session, book, home)}
        wrong = rows.get(record)
        if wrong is None or not is_desks(wrong):
            raise NotFound
        of = wrong["answers"].get("of")
        pair = [
            row for row in rows.values() if row["id"] in (record, of) or row["answers"].get("of") in (record, of or "")
        ]
        drafts = [
            {"kind": "void", "schema": SCHEMA, "actor": who.id, "role": "station", "area": home,
             "body": {"of": row["id"], "reason": reason}}
            for row in pair
        ]  # fmt: skip
        write_events(session, who.county, drafts, "desk", now=now)
        audit.note(session, "stock.void", record, {"reason": reason}, now=now, actor=who.id, place=home)
        places = {row["answers"].get(key) for row in pair for key in ("from_place", "to_place")}
        _pack_all(session, book, who, home, places, today, now)
    return home


def is_desks(row: Mapping[str, Any]) -> bool:
    """Whether the desk wrote it, and so may take it back."""
    return bool(row["form"] == ledgers.FORM and row["role"] == "station")


def _pack_all(
    session: Session, book: Book, who: Who, home: str, places: Iterable[str | None], today: str, now: int
) -> None:
    for point in sorted({place for place in places if place and place.startswith(BAG)}):
        _pack(session, book, who, home, point, today, now)


def _check(session: Session, book: Book, who: Who, home: str, given: Mapping[str, Any], today: str) -> None:
    movement, places = given["movement"], [given.get("from_place"), given.get("to_place")]
    mine = {*points(session, home), home[:6]}
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


def _draft(who: Who, home: str, given: Mapping[str, Any], key: str, of: str | None = None) -> dict[str, Any]:
    keys = ALWAYS | ASKED.get(given["movement"], {"from_place", "to_place"})
    answers = {key: given[key] for key in KEPT if key in keys and given.get(key)}
    answers |= {"of": of} if of else {}
    answers["lines"] = [{key: value for key, value in line.items() if value != ""} for line in given["lines"]]
    return {
        "kind": "record", "id": key, "schema": SCHEMA, "actor": who.id, "role": "station", "area": home,
        "body": {"occurred_on": given["on"], "answers": answers},
    }  # fmt: skip


def _pack(session: Session, book: Book, who: Who, home: str, point: str, today: str, now: int) -> None:
    """Tell her phone what her bag now holds by the book; expired and empty lots are not offered."""
    worker = session.get(Worker, point.removeprefix(BAG))
    if worker is None:
        return
    session.flush()
    rows = ledgers.moved(session, book, home, author=worker.id)
    held = [row for row in stock.ledger(book.stock, rows).balances if row.at.point == point]
    known = {option["code"] for option in bags.options()}
    lines = [
        {"item": row.at.item, "lot": row.at.lot, "expiry": row.at.expiry, "qty": row.usable}
        for row in held
        if row.usable > 0 and row.at.item in known and row.at.lot and row.at.expiry > today
    ]
    bags.fill(session, worker, lines, now=now, place=home, actor=who.id)
