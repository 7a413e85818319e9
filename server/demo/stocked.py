"""The demo's stock: what the county delivered and the station issued before the story's first hand-out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.ids import new_id
from server.rules.book import Book

BEGAN = 210
CONDOM, PILL = ("2409A", 280), ("K7", 240)
DELIVERED = (
    ("condom", "2409A", 280, 9000),
    ("condom", "2502C", 460, 6000),
    ("coc", "K7", 240, 600),
    ("n9_film", "F1", 60, 120),
)
ISSUED = (("condom", "2409A", 280, 400), ("condom", "2502C", 460, 300))


def lot_of(item: str, today: date) -> dict[str, str]:
    """Lot and expiry day of what the story hands out."""
    lot, left = PILL if item == "coc" else CONDOM
    return {"lot": lot, "expiry": (today + timedelta(days=left)).isoformat()}


def drafts(book: Book, station: str, directors: Iterable[str], township: str, today: date) -> list[dict[str, Any]]:
    """One delivery from the county, one issue into each director's bag, a stock-take a month later."""
    day, store = today - timedelta(days=BEGAN), township
    bags = [f"bag:{worker}" for worker in directors]
    told: list[tuple[date, dict[str, Any]]] = [
        (day, {"movement": "in", "from_place": township[:6], "to_place": store, "lines": _lines(DELIVERED, today)})
    ]
    for bag in bags:
        place = {"from_place": store, "to_place": bag, "lines": _lines(ISSUED, today)}
        issued = new_id()
        told += [(day, {"movement": "out", "id": issued} | place), (day, {"movement": "in", "of": issued} | place)]
    left = 9000 - 400 * len(bags)
    counted = _lines((("condom", "2409A", 280, left - 4),), today)
    told.append((day + timedelta(days=30), {"movement": "count", "from_place": store, "lines": counted}))
    return [_draft(book, station, township, *one) for one in told]


def _lines(lots: Sequence[tuple[str, str, int, int]], today: date) -> list[dict[str, Any]]:
    return [
        {"item": item, "lot": lot, "expiry": (today + timedelta(days=left)).isoformat(), "qty": qty}
        for item, lot, left, qty in lots
    ]


def _draft(book: Book, station: str, township: str, day: date, answers: dict[str, Any]) -> dict[str, Any]:
    t = int(datetime(day.year, day.month, day.day, 1, tzinfo=UTC).timestamp() * 1000)
    own = {"id": answers["id"]} if "id" in answers else {}
    answers = {key: value for key, value in answers.items() if key != "id"}
    return own | {
        "kind": "record", "schema": f"stock/{book.forms['stock']['version']}", "t": t, "actor": station,
        "role": "station", "area": township, "body": {"occurred_on": day.isoformat(), "answers": answers},
    }  # fmt: skip
