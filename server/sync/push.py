"""Push: a batch of events from one store, answered one by one in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.clock import day_of
from server.errors import Forbidden, TooLarge
from server.extensions import db, writing
from server.models import Event, Grant, Parked, Phone, Store
from server.sync import epoch, scope
from server.sync.append import book
from server.sync.intake import Answer, Result, Setting, take_in
from server.sync.item import Item, read
from server.sync.taking import look_over

MOST = 500
MISSING = 200
CLOCKS = 20
SEEN_EVERY = 15 * 60_000
Grants: TypeAlias = Sequence[tuple[str, str, bool]]  # (role, area, still in force)


class PhoneRevoked(Forbidden):
    """The phone was lost, retired or suspended; what it holds can still come sealed, through deliver."""

    code, message = "phone_revoked", "这部手机已停用 This phone is no longer active"


class WrongStore(Forbidden):
    """The store is not this worker's, or not on this phone."""

    code, message = "wrong_store", "本机数据不属于这个账号 This store is another worker's or another phone's"


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push whose envelope was checked. `clk` is the phone's clock now, if it says so; times in ms."""

    device: str
    store: str
    now: int
    events: Sequence[Any]
    clk: str | None = None
    oldest_unsent: int | None = None


def push(worker: str, county: str, given: Pushed, now: int) -> dict[str, Any]:
    """Take a batch in; answers the wire's `{epoch, now, have, missing, backed_up, results}` after the commit.

    Raises WrongStore, PhoneRevoked, TooLarge (over 500 events).
    """
    if len(given.events) > MOST:
        raise TooLarge
    life = epoch.current()
    items = [read(raw) for raw in given.events]
    today = day_of(now).isoformat()
    grants = _grants(db.session(), worker)
    for item in items:
        look_over(book(), item, today)
        _vouch(item, worker, given.store, grants)
    with writing() as session:
        store = own_store(session, worker, county, given.device, given.store, lock=True)
        store.offsets = _measured(store.offsets, given, items, now)
        result = take_in(session, Setting(county, book(), now, today, store.offsets), items)
        missing = _count(session, store, items, now)
        _write_down(session, worker, given, result, items, now)
    runs = [[len(list(same)), *_spoken(answer)] for answer, same in groupby(result.answers)]
    return {
        "epoch": life, "now": now, "have": store.have, "missing": missing, "backed_up": store.backed_up, "results": runs,
    }  # fmt: skip


def _spoken(answer: Answer) -> list[str]:
    return [part for part in answer if part is not None]


def own_store(session: Session, worker: str, county: str, device: str, store: str, *, lock: bool = False) -> Store:
    """The store with this id, if it is this worker's on this active phone; raises WrongStore, PhoneRevoked.

    Locked, the pushes of one store come one after another.
    """
    asked = select(Store, Phone.state).join(Phone, Phone.id == Store.phone_id)
    asked = asked.where(Store.county == county, Store.id == store)
    row = session.execute(asked.with_for_update(of=Store) if lock else asked).one_or_none()
    if row is None or row[0].worker_id != worker or row[0].phone_id != device:
        raise WrongStore
    if row[1] != "active":
        raise PhoneRevoked
    found: Store = row[0]
    return found


def _grants(session: Session, worker: str) -> Grants:
    """All grants she ever had: what was written under a lost one is still taken."""
    held = session.execute(select(Grant.role, Grant.area, Grant.revoked_at).where(Grant.worker_id == worker))
    return [(role, area, revoked is None) for role, area, revoked in held]


def _vouch(item: Item, worker: str, store: str, grants: Grants) -> None:
    """Is it hers to say? Another's store or name parks; a grant that is gone only flags."""
    if item.fault is not None:
        return
    if item.store != store:
        item.fault = "wrong_store"
    elif item.actor != worker:
        item.fault = "wrong_actor"
    elif not scope.covers([(role, area) for role, area, _ in grants], item.role, item.area):
        item.fault = "not_writer"
    elif not scope.covers([(role, area) for role, area, live in grants if live], item.role, item.area):
        item.flags.insert(0, "late_grant")


def _measured(known: dict[str, int], given: Pushed, items: Sequence[Item], now: int) -> dict[str, int]:
    """Server minus phone by clock id, newest last. Without a named clock it is the newest event's."""
    clock = given.clk or max((item for item in items if item.clk), key=lambda i: i.dseq or 0, default=Item({})).clk
    if clock is None:
        return known
    kept = {key: value for key, value in known.items() if key != clock}
    return dict([*kept.items(), (clock, now - given.now)][-CLOCKS:])


def _count(session: Session, store: Store, items: Iterable[Item], now: int) -> list[int]:
    """Move `have` and `top` on; answers the numbers that are missing between them."""
    came = {item.dseq for item in items if item.store == store.id and item.dseq is not None}
    store.top = max([store.top, *came])
    store.have = _advance(store.have, came)
    store.last_push_at = now
    if store.have == store.top:
        return []
    held = {number for number in _held(session, store) if number is not None}
    store.have = _advance(store.have, held)
    return sorted(set(range(store.have + 1, min(store.top, store.have + 100_000) + 1)) - held)[:MISSING]


def _advance(have: int, came: set[int]) -> int:
    while have + 1 in came:
        have += 1
    return have


def _held(session: Session, store: Store) -> list[int | None]:
    mine = [
        select(t.dseq).where(t.county == store.county, t.store_id == store.id, t.dseq > store.have)
        for t in (Event, Parked)
    ]
    return [number for asked in mine for number in session.scalars(asked)]


def _write_down(session: Session, worker: str, given: Pushed, result: Result, items: Sequence[Item], now: int) -> None:
    """One audit row a push: how many of what; and the phone was seen."""
    counts: dict[str, int] = {}
    for code, _ in result.answers:
        counts[code] = counts.get(code, 0) + 1
    phone = session.get_one(Phone, given.device)
    if phone.last_seen is None or now - phone.last_seen > SEEN_EVERY:
        phone.last_seen = now
    place = next((item.area for item in items if item.area), result.world.county)
    audit.note(session, "push", given.store, counts, now=now, actor=worker, phone=given.device, place=place)
