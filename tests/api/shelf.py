"""What the tests of stock say: lines, movements, and what the desk then shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from server.clock import today
from tests.sync.handset import Handset

from .conftest import COUNTY, TOWNSHIP, WRITE

TODAY = today().isoformat()
LONG_AGO = (today() - timedelta(days=90)).isoformat()
GOOD = (today() + timedelta(days=400)).isoformat()
SOON = (today() + timedelta(days=100)).isoformat()
GONE = (today() - timedelta(days=1)).isoformat()


def line(qty: int, item: str = "condom", lot: str = "2409A", expiry: str = GOOD) -> dict[str, Any]:
    return {"item": item, "lot": lot, "expiry": expiry, "qty": qty}


def move(desk: FlaskClient, movement: str, *lines: dict[str, Any], **more: str) -> Any:
    return desk.post("/api/stock/movements", json={"movement": movement, "lines": list(lines), **more}, headers=WRITE)


def receive(desk: FlaskClient, *lines: dict[str, Any]) -> None:
    assert move(desk, "in", *lines, from_place=COUNTY, to_place=TOWNSHIP).status_code == 200


def shown(desk: FlaskClient, area: str = TOWNSHIP) -> Any:
    return desk.get("/api/stock", query_string={"area": area}).json


def balances(desk: FlaskClient) -> dict[tuple[str, str, str], int]:
    return {(row["point"], row["item"], row["lot"]): row["usable"] for row in shown(desk)["rows"]}


def figure(desk: FlaskClient, item: str = "condom") -> dict[str, Any]:
    return next(one for one in shown(desk)["figures"] if one["item"] == item)


def supply(director: Handset, person: str | None, qty: int, **more: Any) -> Any:
    answers = {"item": "condom", "qty": qty, "lot": "2409A", "expiry": GOOD, **more}
    about = {"person": person} if person else {}
    return director.record("contraceptive_supply", answers, TODAY, **about)


def bag(worker: str) -> str:
    return f"bag:{worker}"


def listed(desk: FlaskClient, item: str = "condom") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.get("/api/stock/movements", query_string={"area": TOWNSHIP, "item": item}).json[
        "rows"
    ]
    return rows
