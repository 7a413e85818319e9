"""Days and minutes of the public page as data, in `server/rulebook/holder.json`; most are for the local authority to settle."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from server.clock import day_of

FILE = Path(__file__).resolve().parent.parent / "rulebook" / "holder.json"


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def days(kind: str) -> int:
    """Within how many days a request of this kind is dealt with; `kept`: how long it stays afterwards."""
    return int(_read()["days"][kind]["days"])


def due_on(kind: str, now: int) -> str:
    """The last day for a request made now, YYYY-MM-DD."""
    return (day_of(now) + timedelta(days=days(kind))).isoformat()


def minutes_ms(name: str) -> int:
    """`code` or `visit`, in ms."""
    return int(_read()["minutes"][name]["minutes"]) * 60_000


def promises() -> dict[str, Any]:
    """What the page tells: {days: {kind: days}, hotline}."""
    told = ("call_back", "card_lost", "complaint", "read", "carry", "correct", "delete")
    return {"days": {kind: days(kind) for kind in told}, "hotline": _read()["hotline"]["number"]}
