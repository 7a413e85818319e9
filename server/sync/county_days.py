"""Days of schedules that a county set for itself: what is written from now on counts by them, what was written keeps its own.

Each change is a decision of the county's numbered row (`CountyWord`), never altered. A record names the newest that its
writer had, behind its form's version (`anc/1/3`); one that names none counts by the rulebook.

Phones learn it in the `ref` feed: a row of kind `days`, `{n, days: {schedule: [[number, days of each step], ...]}}`, whole
each time. A phone that was away goes on with what it has, and what it wrote keeps those days.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.extensions import line_of
from server.models import CountyWord, Event
from server.rules import otherdays
from server.rules.book import Book
from server.rules.shapes import Schedule
from server.sync import journal, log
from server.sync.bulk import insert_rows
from server.sync.feeds import Feeds, with_feeds
from server.sync.scope import REF

CHANGED, UNDONE = "changed", "undone"
SAYINGS = (CHANGED, UNDONE)


def decisions(session: Session, county: str) -> list[CountyWord]:
    """The county's decisions on days, the first first."""
    mine = select(CountyWord).where(CountyWord.county == county, CountyWord.said.in_(SAYINGS))
    return list(session.scalars(mine.order_by(CountyWord.version)))


def changes(session: Session, county: str) -> dict[str, list[Any]]:
    """{schedule: [[number, days of each step], ...]}, by number."""
    found: dict[str, list[Any]] = {}
    for word in decisions(session, county):
        if word.changed is not None:
            found.setdefault(word.changed["schedule"], []).append([word.version, word.changed["after"]])
    return found


def number(session: Session, county: str) -> int | None:
    """The newest decision on days, which what is written now names; None while the rulebook's own hold."""
    mine = CountyWord.county == county, CountyWord.said.in_(SAYINGS)
    return session.scalar(select(func.max(CountyWord.version)).where(*mine))


def schedules(session: Session, county: str, book: Book) -> tuple[Schedule, ...]:
    """The book's schedules with what the county changed of them."""
    found = changes(session, county)
    return otherdays.overlaid(book.schedules, found) if found else book.schedules


def decide(session: Session, word: CountyWord) -> None:
    """Keep a decision on days and tell phones; in the journal too: records name its number, so no restore may lose it."""
    session.add(word)
    session.flush()
    _publish(session, word.county, word.at)
    journal.remember(session, "county_days", **{name: getattr(word, name) for name in _COLUMNS})


_COLUMNS = ("county", "version", "said", "ground", "changed", "author", "at")


def put_back(session: Session, entry: dict[str, Any], now: int) -> None:
    """After a restore: a decision that the backup did not have yet holds again, and phones are told."""
    if session.get(CountyWord, (entry["county"], entry["version"])) is None:
        session.add(CountyWord(places={}, **{name: entry[name] for name in _COLUMNS}))
        session.flush()
        _publish(session, entry["county"], now)


def _publish(session: Session, county: str, now: int) -> None:
    body = {"n": number(session, county), "days": changes(session, county)}

    def work(feeds: Feeds) -> None:
        row = log.server_row("days", county, now, body, None, None, None)
        insert_rows(line_of(session), Event, [row])
        feeds.put(REF, row["id"], row["digest"])

    with_feeds(session, county, {REF}, work)
