"""Documents of stock: what was issued and is still on its way, and where a receipt says otherwise than its document.

A document is the issue itself; its number is the end of its id. It is taken by the first receipt that names it, as it was
counted; what differs from what was sent, and a second receipt, are told beside the differences of stock-takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.rules import stock
from server.rules.document import number_of
from server.rules.stock import Difference, Lot

COUNTY = 6
SENT = ("out", "return")
Row = Mapping[str, Any]


def on_the_way(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """What was issued or given back within the township and not received yet, oldest first: {record, number, movement, on,
    from_place, to_place, lines}."""
    rows = list(rows)
    taken = {row["answers"].get("of") for row in rows if _is(row, "in")}
    sent = [row for row in rows if _is(row, *SENT) and row["id"] not in taken and len(_to(row)) > COUNTY]
    return [
        {
            "record": row["id"], "number": number_of(row["id"]), "movement": row["answers"]["movement"], "on": row["occurred_on"],
            "from_place": row["answers"].get("from_place"), "to_place": _to(row),
            "lines": [
                {"item": at.item, "lot": at.lot, "expiry": at.expiry, "qty": qty} for at, qty in _lines(row).items()
            ],
        }
        for row in sorted(sent, key=lambda row: (str(row["occurred_on"]), str(row["id"])))
    ]  # fmt: skip


def odd(rows: Sequence[Row], differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """What was found otherwise, newest first: {kind, point, item, lot, expiry, record, on, book, counted}.

    `kind`: count (a stock-take; `book` is the sum before it), way (a receipt; `book` is what was sent), again (a second
    receipt of a document, which counts for nothing).
    """
    known = {str(row["id"]): row for row in rows}
    again = dict(stock.taken_again(rows))
    found = [_told("count", known[one.record], one.at, one.book, one.counted) for one in differences]
    for key, row in known.items():
        document = known.get(str(row["answers"].get("of"))) if _is(row, "in") else None
        if document is not None and _is(document, *SENT):
            found += _differing(document, row, key in again)
    return sorted(found, key=lambda one: (one["on"], one["record"]), reverse=True)


def _differing(document: Row, receipt: Row, again: bool) -> list[dict[str, Any]]:
    sent, came = _lines(document), _lines(receipt)
    lots = [at for at in {**sent, **came} if again or sent[at] != came[at]]
    return [_told("again" if again else "way", receipt, at, sent[at], came[at]) for at in lots]


def _told(kind: str, row: Row, at: Lot, book: int, counted: int) -> dict[str, Any]:
    return {
        "kind": kind, "point": at.point, "item": at.item, "lot": at.lot, "expiry": at.expiry, "record": row["id"],
        "on": row["occurred_on"], "book": book, "counted": counted,
    }  # fmt: skip


def _lines(row: Row) -> Counter[Lot]:
    """Pieces by lot, at the place they go to."""
    found = Counter[Lot]()
    for at, amount in stock.lines_of(row["answers"], _to(row)):
        found[at] += amount
    return found


def _is(row: Row, *movements: str) -> bool:
    return bool(row["form"] == "stock" and row["status"] == "live" and row["answers"].get("movement") in movements)


def _to(row: Row) -> str:
    return str(row["answers"].get("to_place") or "")
