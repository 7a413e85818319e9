"""Rating the last service: one more in a count of village, month and answer. No row says who, when or from where.

Counts are shown when their month is over, and small ones to nobody, the station included: who watches a count grow by one
after a visit, or sees the only answer of a month, would know whose word it was.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import attempts
from server.clock import day_of
from server.errors import NotFound
from server.extensions import writing
from server.models import Area, Rating
from server.models.sealed import app_keys
from server.reports import small_cells

ANSWERS = ("good", "fair", "poor")
PER_ADDRESS = 20
VILLAGE = 12


def rate(village: str, answer: str, address: str, now: int) -> None:
    """Count one answer. Raises NotFound, SlowDown (many from one address within minutes)."""
    with writing() as session:
        attempts.count_try(session, attempts.by_address(app_keys(), "holder.rate", address, PER_ADDRESS), now)
        if len(village) != VILLAGE or session.get(Area, village) is None:
            raise NotFound
        month = day_of(now).isoformat()[:7]
        row = session.get(Rating, (village, month, answer), with_for_update=True)
        if row is None:
            row = Rating(area=village, month=month, answer=answer, count=0)
            session.add(row)
        row.count += 1


def counted(session: Session, township: str, now: int, months: int = 3) -> list[dict[str, Any]]:
    """[{area, name, month, good, fair, poor, total}] of the newest months that are over, by month and village code.

    All four are null while a village has fewer answers in a month than a small cell needs: who they come from could be guessed.
    """
    over = Rating.month < day_of(now).isoformat()[:7]
    inside = (
        select(Rating, Area.name).join(Area, Area.code == Rating.area).where(Rating.area.startswith(township), over)
    )
    rows = session.execute(inside).all()
    by_place: dict[tuple[str, str, str], dict[str, int]] = {}
    for row, name in rows:
        by_place.setdefault((row.month, row.area, name), {})[row.answer] = row.count
    newest = sorted({month for month, *_ in by_place}, reverse=True)[:months]
    return [_line(place, by_place[place]) for month in newest for place in sorted(by_place) if place[0] == month]


def _line(place: tuple[str, str, str], counts: dict[str, int]) -> dict[str, Any]:
    month, area, name = place
    total = sum(counts.values())
    shown = total >= small_cells.k_for("county")  # the station, too
    return {"area": area, "name": name, "month": month, "total": total if shown else None} | {
        answer: counts.get(answer, 0) if shown else None for answer in ANSWERS
    }
