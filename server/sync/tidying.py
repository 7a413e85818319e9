"""What time itself asks for: withdrawn records and late parked ones are erased when their days are over."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Flask
from sqlalchemy import select

from server.cards import sighting
from server.chores import every
from server.clock import now_ms
from server.extensions import db, writing
from server.models import Consent, Parked
from server.sync.erasing import erase_due

EVERY_S = 3600


def tidy(now: int) -> int:
    """Erase what is due in every county; answers how many records. Free to repeat, in as many processes as there are."""
    due = [select(table.county).where(table.erase_at <= now).distinct() for table in (Consent, Parked)]
    counties = {county for question in due for county in db.session().scalars(question)}
    db.session().rollback()
    erased = 0
    with writing() as session:
        sighting.forget(session, now)
    for county in sorted(counties):
        with writing() as session:
            erased += erase_due(session, county, now)
    return erased


def at_work(app: Flask) -> AbstractContextManager[None]:
    """Tidy up every hour while the block runs, first when it begins."""
    return every(app, "erasing what is due", EVERY_S, lambda: tidy(now_ms()))
