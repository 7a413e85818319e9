"""How long things are kept: days as data, in `server/rulebook/retention.json`, each tagged with where it comes from."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "rulebook" / "retention.json"
DAY_MS = 86_400_000


@cache
def days(name: str) -> int:
    """The number of days under a name: snapshot_days, withdrawn_days, erased_days."""
    found = json.loads(FILE.read_text("utf-8"))["days"][name]["days"]
    assert isinstance(found, int)
    return found


def days_ms(name: str) -> int:
    """The same in milliseconds."""
    return days(name) * DAY_MS
