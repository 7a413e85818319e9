"""The only place on the server that reads a clock; everything else is told the time."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """The calendar day where the townships are (UTC+8, no summer time)."""
    return datetime.now(SHANGHAI).date()


def day_of(ms: int) -> date:
    """The calendar day in the townships of a moment in ms since 1970."""
    return datetime.fromtimestamp(ms / 1000, SHANGHAI).date()
