"""What may go and the days of answering, as data in `server/rulebook/transfer.json`."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from server.clock import day_of
from server.errors import AppError

FILE = Path(__file__).resolve().parent.parent / "rulebook" / "transfer.json"


class NotOpen(AppError):
    """It was answered, declined or taken back already."""

    code, status, message = "transfer_over", 409, "已经办完了 It is over already"


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def items() -> dict[str, dict[str, Any]]:
    """{code: {zh, en, clinical, purpose, forms: {form: [fields that go]}}}."""
    found: dict[str, dict[str, Any]] = _read()["items"]
    return found


def day(name: str, now: int) -> str:
    """`normal`, `urgent` or `open` days from now, YYYY-MM-DD."""
    return (day_of(now) + timedelta(days=int(_read()["days"][name]["days"]))).isoformat()
