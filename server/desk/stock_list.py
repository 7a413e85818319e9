"""The list of what moved an item: what every figure of the stock page adds up from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from server.auth import Who
from server.desk.people import worker_names
from server.desk.scope import check_area
from server.desk.stock import names_of
from server.desk.stocking import is_desks
from server.reports import stock as ledgers
from server.rules import dates, stock
from server.rules.book import Book
from server.rules.stock import Move

PAGE = 100
Moves = Mapping[str, Sequence[Move]]


def listed(session: Session, book: Book, who: Who, asked: Mapping[str, Any], today: str) -> dict[str, Any]:
    """What moved an item (all when ""), newest first: {rows, points, pieces, next, total}.

    Asked {area, item, start, own, used}. `own`: only what the desk wrote; `used`: only the hand-outs that mean use is taken
    over. `pieces`: how many left with the hand-outs among these, on all pages. A hand-out names who gave it and nobody else.
    """
    every, moves = _asked(book, ledgers.moved(session, book, check_area(who, asked["area"])), asked, today)
    every.sort(key=lambda row: (str(row["occurred_on"]), str(row["id"])), reverse=True)
    start = asked["start"]
    page = every[start : start + PAGE]
    authors = worker_names(session, {row["author"] for row in page})
    rows = [_told(row, authors, moves) for row in page]
    given = [row["id"] for row in every if row["form"] != ledgers.FORM]
    return {
        "rows": rows, "total": len(every), "pieces": -sum(move.amount for key in given for move in moves[key]),
        "points": names_of(session, {p for row in rows for p in (row["from_place"], row["to_place"]) if p}),
        "next": start + PAGE if start + PAGE < len(every) else None,
    }  # fmt: skip


def _asked(
    book: Book, rows: Sequence[dict[str, Any]], asked: Mapping[str, Any], today: str
) -> tuple[list[dict[str, Any]], Moves]:
    item, now = asked["item"], dates.number(today) or 0
    found = [row for row in rows if not asked["own"] or is_desks(row)]
    found = [row for row in found if not asked["used"] or row["form"] != ledgers.FORM]
    moves = defaultdict[str, list[Move]](list)
    for move in stock.movements_of(book.stock, found):
        if not asked["used"] or ledgers.in_use(book.stock, move, now):
            moves[move.record].append(move)
    return [row for row in found if any(item in ("", move.at.item) for move in moves.get(row["id"], ()))], moves


def _told(row: Mapping[str, Any], authors: Mapping[str, str], moves: Moves) -> dict[str, Any]:
    answers, desks = row["answers"], row["form"] == ledgers.FORM
    lines = {(move.at, abs(move.amount)) for move in moves[row["id"]]}
    return {
        "record": row["id"], "on": row["occurred_on"], "author": authors.get(row["author"], ""),
        "movement": answers.get("movement") if desks else "given",
        "from_place": answers.get("from_place") if desks else stock.handed_from(row),
        "to_place": answers.get("to_place"), "desk": is_desks(row),
        "lines": [{"item": at.item, "lot": at.lot, "expiry": at.expiry, "qty": n} for at, n in sorted(lines)],
    }  # fmt: skip
