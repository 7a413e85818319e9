"""What time itself asks for: withdrawn records and late parked ones are erased when their days are over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Signal
from threading import Thread

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

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
    for county in sorted(counties):
        with writing() as session:
            erased += erase_due(session, county, now)
    return erased


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    """Tidy up every hour while the block runs, first when it begins."""
    stop = Signal()
    thread = Thread(target=_work, args=(app, stop), name="tidying", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _work(app: Flask, stop: Signal) -> None:
    while True:
        with app.app_context():
            try:
                tidy(now_ms())
            except SQLAlchemyError as error:
                app.logger.error("what is due could not be erased; the next hour tries again", exc_info=error)
        if stop.wait(EVERY_S):
            return
