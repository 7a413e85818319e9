"""How long cards and their keys last: days as data, in `server/rulebook/cards.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "rulebook" / "cards.json"


@cache
def days(name: str) -> int:
    """The number of days under a name: card_days, key_days, sighting_days."""
    found = json.loads(FILE.read_text("utf-8"))["days"][name]["days"]
    assert isinstance(found, int)
    return found
