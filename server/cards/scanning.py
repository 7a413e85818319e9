"""Scans that led to nothing add one to a day's count; which card it was is kept for days, to see one in two places.

Of a scan the township and the ten minutes are kept, not who scanned, on which phone, in which village or when exactly.
The township is that of the worker's grants, so no phone says where it is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from server.cards import linking, sighting, terms
from server.clock import day_of
from server.models import CardCount, CardSheet, CardSighting

COARSE_MS = 10 * 60_000
"""As fine as the check of an hour needs."""


def count(session: Session, county: str, township: str, scans: Iterable[tuple[str, int]], now: int) -> int:
    """Add scans, (card id in Base32, ms by this server's clock); answers how many were new. A repeat adds nothing.

    What is older than `sighting_days` or still to come is passed over.
    """
    sighting.forget(session, now)
    oldest, fresh = now - terms.days("sighting_days") * sighting.DAY_MS, 0
    for card, at in scans:
        coarse = at - at % COARSE_MS
        if oldest <= coarse and at <= now + COARSE_MS:
            fresh += _see(session, county, township, linking.guest_of(base64.b32decode(f"{card}======")), coarse)
    return fresh


def counted(session: Session, townships: list[str], now: int) -> dict[str, Any]:
    """{today, month, sheets}: scans of today and of the days that are kept; sheets with a card in two townships at once."""
    since = day_of(now - terms.days("sighting_days") * sighting.DAY_MS).isoformat()
    mine = select(CardCount.day, CardCount.n).where(CardCount.township.in_(townships), CardCount.day > since)
    days, today = session.execute(mine).all(), day_of(now).isoformat()
    return {
        "today": sum(n for day, n in days if day == today), "month": sum(n for _, n in days),
        "sheets": _in_two_places(session, townships),
    }  # fmt: skip


def _see(session: Session, county: str, township: str, holder: str, at: int) -> int:
    key = _key(holder, township, at)
    if session.get(CardSighting, (county, key)) is not None:
        return 0
    session.add(CardSighting(county=county, event=key, holder=holder, township=township, at=at))
    session.flush()
    sighting.raise_others(session, county, [], holder, township, at)
    _add_one(session, county, township, day_of(at).isoformat())
    return 1


def _key(holder: str, township: str, at: int) -> str:
    """A name for a scan that says nothing that does not stand beside it, so that a repeat is known."""
    text = hashlib.sha256(f"scan {holder} {township} {at}".encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:32]}"


def _add_one(session: Session, county: str, township: str, day: str) -> None:
    row = session.get(CardCount, (county, township, day))
    if row is None:
        session.add(CardCount(county=county, township=township, day=day, n=1))
    else:
        row.n = CardCount.n + 1
    session.flush()


def _in_two_places(session: Session, townships: list[str]) -> list[int]:
    """Numbers of sheets, so that a copied bundle can be taken out of use; a card's id begins with its sheet's."""
    here, there = aliased(CardSighting), aliased(CardSighting)
    pairs = (
        select(here.holder)
        .join(there, (there.county == here.county) & (there.holder == here.holder))
        .where(here.township.in_(townships), there.township != here.township)
        .where(there.at.between(here.at - sighting.HOUR_MS, here.at + sighting.HOUR_MS))
    )
    prefixes = {bytes.fromhex(holder[:8]) for holder in session.scalars(pairs.distinct())}
    sheets = select(CardSheet.number).where(CardSheet.prefix.in_(prefixes)).order_by(CardSheet.number)
    return list(session.scalars(sheets))
