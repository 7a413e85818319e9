"""Finding a person by name, pinyin, telephone or ID number, over names that lie sealed in the database.

The names of a township are opened into memory when its desk is, so that no index of names lies on a disk. Feed heads
tell at each search whether anything changed since; then only the persons named by the new rows are opened again. A
township nobody searches for half an hour is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import LargeBinary, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from server.desk.names import PURPOSES, Entry, Names, opened
from server.desk.twins import Twins, pairs
from server.keys import Keys
from server.models import Event, Feed, FeedRow, Person
from server.models.area import county_of

KEPT = 4
IDLE_MS = 30 * 60_000
A_FEW = 2000
# What moves or removes people whom the row does not name.
SWEEPING = frozenset({"erase", "hide", "move", "merge", "unmerge"})
Heads = Mapping[int, int]


@dataclass
class Township:
    """The opened persons of one township as they were at `heads` (feed: newest number)."""

    heads: dict[int, int] | None = None
    entries: dict[str, Entry] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names([]))
    twins: list[Twins] | None = None
    used_at: int = 0


class Index:
    """The opened townships of this process, KEPT at most."""

    def __init__(self) -> None:
        self._townships: dict[str, Township] = {}
        self._lock = Lock()

    def find(self, session: Session, keys: Keys, township: str, wanted: str, limit: int, now: int) -> list[Entry]:
        """Up to `limit` persons, best first."""
        with self._lock:
            found = self._ready(session, keys, township, now)
        return found.names.find(wanted, limit)

    def make_ready(self, session: Session, keys: Keys, township: str, now: int) -> int:
        """Open a township's names ahead of the first search; answers how many people there are. Cheap when they are open."""
        with self._lock:
            return len(self._ready(session, keys, township, now).entries)

    def twins(self, session: Session, keys: Keys, township: str, now: int) -> list[Twins]:
        """Persons of the township that are likely one, worked out anew when somebody changed."""
        with self._lock:
            found = self._ready(session, keys, township, now)
            if found.twins is None:
                found.twins = pairs(found.entries.values())
            return found.twins

    def _ready(self, session: Session, keys: Keys, township: str, now: int) -> Township:
        for code in [code for code, kept in self._townships.items() if kept.used_at < now - IDLE_MS]:
            del self._townships[code]
        found = self._townships.pop(township, None) or Township()
        _catch_up(session, keys, township, found)
        found.used_at = now
        self._townships[township] = found
        while len(self._townships) > KEPT:
            del self._townships[next(iter(self._townships))]
        return found


def _catch_up(session: Session, keys: Keys, township: str, found: Township) -> None:
    heads = _heads(session, township)
    if heads == found.heads:
        return
    changed = None if found.heads is None else _changed(session, county_of(township), found.heads, heads)
    if changed is None:
        found.entries = _open(session, keys, township, None)
    elif changed:
        fresh = _open(session, keys, township, changed)
        found.entries |= fresh  # new ids are newer, so the order stays
        for gone in changed - fresh.keys():
            found.entries.pop(gone, None)
    if changed is None or changed:
        found.names = Names(found.entries.values())
        found.twins = None
    found.heads = heads


def _heads(session: Session, township: str) -> dict[int, int]:
    """{feed: newest number} of the township's feeds: every change of a person is a row in one of them."""
    mine = (Feed.county == county_of(township), Feed.area.startswith(township, autoescape=True))
    return {row[0]: row[1] for row in session.execute(select(Feed.id, Feed.seq).where(*mine))}


def _changed(session: Session, county: str, before: Heads, after: Heads) -> set[str] | None:
    """Persons whose state the rows since then name; None when it is quicker or safer to open all again."""
    moved = {feed: seq for feed, seq in after.items() if seq != before.get(feed, 0)}
    if sum(seq - before.get(feed, 0) for feed, seq in moved.items()) > A_FEW or before.keys() - after.keys():
        return None
    new = or_(*(and_(FeedRow.feed_id == feed, FeedRow.seq > before.get(feed, 0)) for feed in moved))
    same = and_(Event.county == FeedRow.county, Event.id == FeedRow.event_id)
    rows = session.execute(
        select(Event.kind, Event.person).join(FeedRow, same).where(FeedRow.county == county, new).distinct()
    ).all()
    if any(kind in SWEEPING for kind, _ in rows):
        return None
    return {person for kind, person in rows if kind == "state" and person}


def _open(session: Session, keys: Keys, township: str, only: Iterable[str] | None) -> dict[str, Entry]:
    """{id: entry} of the township's living persons, of some of them or all, by id."""
    sealed: list[Any] = [type_coerce(getattr(Person, p.decode().partition(".")[2]), LargeBinary) for p in PURPOSES]
    asked = select(Person.id, Person.area, Person.household_id, Person.sex, Person.birth, *sealed).where(
        Person.county == county_of(township), Person.area.startswith(township, autoescape=True),
        Person.erased_at.is_(None), Person.merged_into.is_(None),
    )  # fmt: skip
    if only is not None:
        asked = asked.where(Person.id.in_(only))
    return {row[0]: opened(keys, row) for row in session.execute(asked.order_by(Person.id))}
