"""Feeds under their locks: dense numbers and the hash chain.

All locks are taken by one statement, in the order of feed numbers, before any state is read that they guard; numbers are
given out in memory and written at the end. On PostgreSQL the lock is the counter's row (SELECT … FOR UPDATE, which
re-reads the row after waiting), on SQLite the whole database is the writer's already (BEGIN IMMEDIATE), so that a feed
is simply taken when it is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Executable, Integer, LargeBinary, Text, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server.extensions import line_of, savepoint
from server.models import Feed, FeedRow, Snapshot, SnapshotChunk
from server.sync import asking
from server.sync.bulk import insert_columns

Key: TypeAlias = tuple[str, str]  # (area, audience)
T = TypeVar("T")


class NeedFeeds(Exception):
    """The work turned out to touch feeds that are not locked; it is done again with them."""

    def __init__(self, keys: set[Key]) -> None:
        super().__init__(keys)
        self.keys = keys


@dataclass(slots=True)
class Counter:
    """One locked feed. `new` rows wait to be written: (seq, event id)."""

    id: int
    seq: int
    h: bytes
    new: list[tuple[int, str]] = field(default_factory=list)


def chain(h: bytes, event_id: str, digest: bytes) -> bytes:
    """The head after one more row: 8 bytes."""
    return hashlib.sha256(h + event_id.encode() + digest).digest()[:8]


@dataclass(slots=True)
class Feeds:
    """The feeds that this transaction holds. `alone`: nobody else can write, so more may be taken at any time."""

    session: Session
    county: str
    held: dict[Key, Counter]
    alone: bool = False

    def put(self, key: Key, event_id: str, digest: bytes) -> None:
        """Append an event; raises NeedFeeds."""
        if key not in self.held:
            self.need({key})
        self.put_all(key, [(event_id, digest)])

    def put_all(self, key: Key, events: Iterable[tuple[str, bytes]]) -> None:
        """Append events, in this order, to a feed that is held: (id, digest)."""
        counter = self.held[key]
        for event_id, digest in events:
            counter.seq += 1
            counter.h = chain(counter.h, event_id, digest)
            counter.new.append((counter.seq, event_id))

    def need(self, keys: Iterable[Key]) -> None:
        """Hold these, too; raises NeedFeeds where others write meanwhile, since locks are taken in order only."""
        missing = set(keys) - self.held.keys()
        if missing and not self.alone:
            raise NeedFeeds(missing)
        self.held |= lock(self.session, self.county, missing)

    def by_id(self, feed_id: int) -> Key:
        """The key of a feed, which is held then; raises NeedFeeds as `need` does."""
        for key, counter in self.held.items():
            if counter.id == feed_id:
                return key
        area, audience = self.session.execute(select(Feed.area, Feed.audience).where(_is(self.county, feed_id))).one()
        self.need({(area, audience)})
        return area, audience

    def forget_snapshot(self, key: Key) -> None:
        """Throw the prepared snapshot away: something in it may not be seen any more."""
        forget_snapshots(self.session, self.county, [self.held[key].id])

    def save(self) -> None:
        """Write the new rows and the counters."""
        moved = [c for c in self.held.values() if c.new]
        if not moved:
            return
        rows = [(self.county, c.id, seq, event, False) for c in moved for seq, event in c.new]
        columns = zip(*rows, strict=True)
        insert_columns(line_of(self.session), FeedRow, dict(zip(_PLACE, columns, strict=True)))
        stands = [{"c": self.county, "i": c.id, "q": c.seq, "head": c.h} for c in moved]
        asking.change(self.session, _ADVANCE, stands)
        for counter in moved:
            counter.new = []


_PLACE = ("county", "feed_id", "seq", "event_id", "hidden")
_ADVANCE = (
    update(Feed)
    .where(Feed.county == bindparam("c"), Feed.id == bindparam("i"))
    .values(seq=bindparam("q"), h=bindparam("head"))
)


_FORGET = [
    delete(table).where(table.county == bindparam("c"), table.feed_id == bindparam("i"))
    for table in (Snapshot, SnapshotChunk)
]


def forget_snapshots(session: Session, county: str, feeds: Iterable[int]) -> None:
    """Throw away what was prepared of these feeds, at least one."""
    rows = [{"c": county, "i": feed} for feed in feeds]
    for statement in _FORGET:
        asking.change(session, statement, rows)


def _is(county: str, feed_id: int) -> ColumnElement[bool]:
    return (Feed.county == county) & (Feed.id == feed_id)


def lock(session: Session, county: str, keys: set[Key]) -> dict[Key, Counter]:
    """Lock these feeds, making those that are not there yet."""
    held = _select(session, county, keys)
    missing = sorted(keys - held.keys())
    while missing:
        for key in missing:
            _make(session, county, key)
        held = _select(session, county, keys)
        missing = sorted(keys - held.keys())
    return held


def _select(session: Session, county: str, keys: set[Key]) -> dict[Key, Counter]:
    if not keys:
        return {}
    found = asking.driven(session, asking.COUNTERS, county=county, ids=sorted({area for area, _ in keys}))
    counters = {(row[0], row[1]): Counter(row[2], row[3], bytes(row[4])) for row in found}
    return {key: counter for key, counter in counters.items() if key in keys}


def _make(session: Session, county: str, key: Key) -> None:
    """The next free number; when two make feeds at once one of them tries again."""
    made = _making(session.get_bind().dialect.name)
    asking.change(session, made, [{"c": county, "a": key[0], "who": key[1], "none": 0, "head": bytes(8)}])


@cache
def _making(dialect: str) -> Executable:
    insert_for = sqlite.insert if dialect == "sqlite" else postgresql.insert
    new = {"area": bindparam("a", type_=Text), "audience": bindparam("who", type_=Text)}
    number = select(
        bindparam("c", type_=Text),
        func.coalesce(func.max(Feed.id), 0) + 1,
        *new.values(),
        bindparam("none", type_=Integer),
        bindparam("head", type_=LargeBinary),
    ).where(Feed.county == bindparam("c"))
    names = ["county", "id", *new, "seq", "h"]
    return insert_for(Feed).on_conflict_do_nothing().from_select(names, number, include_defaults=False)


def with_feeds(session: Session, county: str, keys: set[Key], work: Callable[[Feeds], T]) -> T:
    """Run `work` holding `keys`. When it needs more and others can write, let go of everything and begin again with those too."""
    if session.get_bind().dialect.name == "sqlite":
        return _held(session, Feeds(session, county, lock(session, county, keys), alone=True), work)
    while True:
        attempt = savepoint(session)
        try:
            answer = _held(session, Feeds(session, county, lock(session, county, keys)), work)
        except NeedFeeds as more:
            attempt.rollback()
            keys = keys | more.keys
        except BaseException:
            attempt.rollback()
            raise
        else:
            attempt.commit()
            return answer


def _held(session: Session, feeds: Feeds, work: Callable[[Feeds], T]) -> T:
    answer = work(feeds)
    session.flush()
    feeds.save()
    return answer
