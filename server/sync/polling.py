"""The poll that nearly every request is: a phone that has all its feeds asks for the few rows that are new, or for none.

Two statements to the driver, and what earlier polls left in memory. Nothing is believed for its age: rows are kept under
the chain's head that they lead to, so whatever is hidden or erased, which appends to the feed, is asked for anew; rights
are read each time. Whatever is unusual is answered None, and `pull` answers it whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import orjson
from sqlalchemy import BindParameter, Engine, Executable, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from server import auth
from server.extensions import for_driver
from server.ids import b64
from server.keys import Keys
from server.models import Feed, Grant, Phone, SignIn, Store, Worker
from server.sync import cursor, pull, rows, scope
from server.sync.asking import COUNTY
from server.sync.stores import SEEN_EVERY

MOST_KEPT = 2048  # pages
MOST_FEEDS = 200
LARGEST = 64 * 1024

_WHO = (
    select(Worker.id, Worker.county, SignIn.created_at, SignIn.expires_at, Phone.last_seen, Grant.role, Grant.area)
    .join_from(SignIn, Worker, Worker.id == SignIn.worker_id)
    .join(Store, and_(Store.county == Worker.county, Store.id == bindparam("store"), Store.worker_id == Worker.id))
    .join(Phone, Phone.id == Store.phone_id)
    .outerjoin(Grant, and_(Grant.worker_id == Worker.id, Grant.revoked_at.is_(None)))
    .where(SignIn.id == bindparam("session"), SignIn.expires_at > bindparam("now"), Worker.disabled_at.is_(None))
    .where(or_(SignIn.awake_until.is_(None), SignIn.awake_until.between(bindparam("now"), bindparam("latest"))))
    .where(Store.phone_id == bindparam("device"), Phone.state == "active")
    .order_by(Grant.id)
)
Span: TypeAlias = tuple[int, int, int, bytes]  # feed, after, up to, the chain's head there


class Poll(NamedTuple):
    """What a phone asks: who it is, where it stands, how many rows it takes."""

    token: str
    device: str
    store: str
    cursor: str
    most: int


class _Who(NamedTuple):
    """Who asks, as the tables have it now."""

    worker: str
    county: str
    created_at: int
    expires_at: int
    last_seen: int | None
    grants: tuple[tuple[str, str], ...]  # role, area


class _Stands(NamedTuple):
    """A phone beside its feeds: `places` as its cursor says, `spans` that it lacks."""

    county: str
    owner: str
    places: dict[int, int]
    spans: list[Span]


@dataclass
class Polls:
    """Answers polls of one deployment; `session_days` is how long a sign-in lasts. Keeps pages and who has which feeds."""

    engine: Engine
    keys: Keys
    session_days: int
    session: Callable[[], Session]
    _pages: dict[tuple[Any, ...], bytes] = field(default_factory=dict)
    _feeds: dict[tuple[Any, ...], tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def answer(self, poll: Poll, life: str, now: int) -> bytes | None:
        """The JSON of an answer, or None where `pull` has to look. Raises BadCursor. `life`: this server's epoch."""
        stands = self._stands(poll, life, now)
        if isinstance(stands, _Who):  # nobody with her rights has asked since a feed was made
            self._learn(stands, life)
            stands = self._stands(poll, life, now)
        if stands is None or isinstance(stands, _Who):
            return None
        told = self._told(stands.county, life, stands.spans, poll.most)
        if told is None:
            return None
        places = stands.places | {feed: upto for feed, _, upto, _ in stands.spans}
        return orjson.dumps({
            "epoch": life, "now": now, "drop": [], "add": [], "events": orjson.Fragment(b"[" + told + b"]"),
            "c": cursor.seal(self.keys.cursor, stands.owner, life, places), "more": False,
            "heads": {str(feed): [seq, b64(h)] for feed, _, seq, h in stands.spans},
        })  # fmt: skip

    def _stands(self, poll: Poll, life: str, now: int) -> _Stands | _Who | None:
        """Where the phone stands and what it lacks; who asks, if it is not known which feeds she has."""
        with closing(self.engine.raw_connection()) as line:
            asking = line.cursor()
            who = self._who(asking, poll, now)
            if who is None:
                return None
            owner = f"{who.worker} {poll.store}"
            born, places = cursor.open_cursor(self.keys.cursor, owner, poll.cursor)
            if born != life or len(places) > MOST_FEEDS:
                return None
            newest, feeds = self._feeds.get((life, who.county, who.grants), (-1, ()))
            own = {"own": scope.own(who.worker)[0]}
            found = self._ask(asking, _heads(len(feeds)), county=who.county, **own, **_numbered(feeds))
        if not found or found[0][3] != newest:
            return who
        heads = [(row[0], row[1], bytes(row[2])) for row in found if row[1] > 0]
        if places.keys() != {head[0] for head in heads}:
            return None
        spans = [(feed, places[feed], seq, h) for feed, seq, h in heads if places[feed] < seq]
        return _Stands(who.county, owner, places, spans)

    def _who(self, asking: Any, poll: Poll, now: int) -> _Who | None:
        """Whose session it is, if nothing is to be written about it now."""
        key = auth.session_key(poll.token)
        times = {"now": now, "latest": now + auth.AWAKE_MS}
        found = self._ask(asking, _WHO, session=key, device=poll.device, store=poll.store, **times)
        if not found:
            return None
        worker, county, created, expires, last_seen = found[0][:5]
        grants = tuple([(row[5], row[6]) for row in found if row[6] is not None])
        who = _Who(worker, county, created, expires, last_seen, grants)
        seen = who.last_seen is not None and now - who.last_seen <= SEEN_EVERY
        return who if seen and not auth.wants_prolonging(who, now, self.session_days) else None

    def _learn(self, who: _Who, life: str) -> None:
        """Which feeds come with these rights, empty ones too; good until the county has a newer feed."""
        session = self.session()
        newest = session.scalar(_NEWEST, {"county": who.county}) or 0
        session.rollback()  # what comes is read after it
        feeds = tuple(pull.allowed(session, "", who.county, who.grants))
        session.rollback()
        _keep(self._feeds, (life, who.county, who.grants), (newest, feeds))

    def _told(self, county: str, life: str, spans: Sequence[Span], most: int) -> bytes | None:
        """The rows of these spans as JSON, without brackets; None when they are too many for a poll."""
        if len(spans) > pull.FEEDS_AT_ONCE or sum(upto - after for _, after, upto, _ in spans) > min(most, pull.FEW):
            return None
        keys = [(life, county, *span) for span in spans]
        pages = [self._pages.get(key) for key in keys]
        if None in pages:
            read = _read(self.session(), county, spans)
            for key, page in zip(keys, read or (), strict=bool(read)):
                _keep(self._pages, key, page)
            return b",".join(read) if read else None
        return b",".join(page for page in pages if page)

    def _ask(self, asking: Any, statement: Executable, **values: Any) -> list[Any]:
        """Rows as the driver gives them: SQLAlchemy's part of a question is most of what a poll would cost."""
        text, names, fixed = for_driver(self.engine.dialect, statement)
        given = fixed | values
        asking.execute(text, [given[name] for name in names] if names else given)
        found: list[Any] = asking.fetchall()
        return found


def _read(session: Session, county: str, spans: Sequence[Span]) -> list[bytes] | None:
    """The rows of each span as JSON; None unless all are there and short enough to be kept."""
    found = rows.few(session, county, [span[:3] for span in spans])
    session.rollback()
    of_feed = {feed: list(told) for feed, told in groupby(found, itemgetter("f"))}
    pages = [orjson.dumps(of_feed.get(str(feed), []))[1:-1] for feed, *_ in spans]
    whole = all(len(of_feed.get(str(feed), [])) == upto - after for feed, after, upto, _ in spans)
    return pages if whole and sum(map(len, pages)) <= LARGEST else None


def _keep(kept: dict[Any, Any], key: Any, value: Any) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = value


def _numbered(feeds: Sequence[int]) -> dict[str, int]:
    return {f"feed{at}": feed for at, feed in enumerate(feeds)}


_NEWEST = select(func.max(Feed.id)).where(Feed.county == COUNTY)


@cache
def _heads(count: int) -> Executable:
    """So many feeds, by number, and a worker's own, each with the number of the county's newest feed."""
    named: list[BindParameter[int]] = [bindparam(f"feed{at}") for at in range(count)]
    hers = and_(Feed.area == bindparam("own"), Feed.audience == "own")
    asked = select(Feed.id, Feed.seq, Feed.h, _NEWEST.scalar_subquery())
    return asked.where(Feed.county == COUNTY, or_(Feed.id.in_(named), hers) if named else hers).order_by(Feed.id)
