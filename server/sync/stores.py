"""A store (worker × phone) and its dense count: whose it is, what has come, what is missing, how its clocks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from server.errors import Forbidden
from server.extensions import writing
from server.models import Phone, Store
from server.sync import asking
from server.sync.item import Item

MISSING = 200
FARTHEST = 100_000
CLOCKS = 20
SEEN_EVERY = 15 * 60_000


class PhoneRevoked(Forbidden):
    """The phone was lost, retired or suspended; what it holds can still come sealed, through deliver."""

    code, message = "phone_revoked", "这部手机已停用 This phone is no longer active"


class WrongStore(Forbidden):
    """The store is not this worker's, or not on this phone."""

    code, message = "wrong_store", "本机数据不属于这个账号 This store is another worker's or another phone's"


@dataclass(slots=True)
class Held:
    """A store as it stands; `state` is its phone's. `offsets`: clock id → server − phone, ms, newest last."""

    county: str
    id: str
    worker: str
    device: str
    state: str
    have: int
    top: int
    backed_up: int
    offsets: dict[str, int]
    last_seen: int | None
    unsent: int | None = None  # how many waited behind the last push, as the phone said


def find(session: Session, worker: str, county: str, device: str, store: str, *, lock: bool = False) -> Held:
    """The store with this id, if it is this worker's on this active phone; raises WrongStore, PhoneRevoked.

    Locked, the pushes of one store come one after another.
    """
    held = on_phone(session, county, device, store, lock=lock)
    if held.worker != worker:
        raise WrongStore
    if held.state != "active":
        raise PhoneRevoked
    return held


def on_phone(session: Session, county: str, device: str, store: str, *, lock: bool = False) -> Held:
    """The store with this id, if it is on this phone, whatever became of the phone; raises WrongStore."""
    question = asking.STORE_LOCKED if lock else asking.STORE
    found = asking.driven(session, question, county=county, store=store)
    if not found or found[0][1] != device:
        raise WrongStore
    worker, _, state, have, top, backed_up, offsets, last_seen = found[0]
    clocks = orjson.loads(offsets) if isinstance(offsets, str) else offsets  # JSON is a text in SQLite
    return Held(county, store, worker, device, state, have, top, backed_up, clocks, last_seen)


def measure(held: Held, clock: str | None, phone_now: int, items: Sequence[Item], now: int) -> None:
    """Note server minus phone for the phone's clock: the one it names, else its newest event's."""
    clock = clock or max((item for item in items if item.clk), key=lambda i: i.dseq or 0, default=Item({})).clk
    if clock is not None:
        kept = [entry for entry in held.offsets.items() if entry[0] != clock]
        held.offsets = dict([*kept, (clock, now - phone_now)][-CLOCKS:])


def count(session: Session, held: Held, items: Sequence[Item]) -> list[int]:
    """Move `have` and `top` on; answers the numbers that are missing between them."""
    came = {item.dseq for item in items if item.store == held.id and item.dseq is not None}
    held.top = max([held.top, *came])
    held.have = _advance(held.have, came)
    if held.have == held.top:
        return []
    known = {number for question in asking.HELD for number in _numbers(session, held, question)}
    held.have = _advance(held.have, known)
    return sorted(set(range(held.have + 1, min(held.top, held.have + FARTHEST) + 1)) - known)[:MISSING]


def _advance(have: int, came: set[int]) -> int:
    while have + 1 in came:
        have += 1
    return have


def _numbers(session: Session, held: Held, question: asking.Question) -> list[int]:
    return list(asking.ask(session, question, county=held.county, store=held.id, have=held.have).scalars())


_KEEP = (
    update(Store)
    .where(Store.county == bindparam("c"), Store.id == bindparam("s"))
    .values(
        have=bindparam("h"),
        top=bindparam("t"),
        offsets=bindparam("o"),
        last_push_at=bindparam("n"),
        unsent=bindparam("u"),
    )
)
_SEEN = update(Phone).where(Phone.id == bindparam("p")).values(last_seen=bindparam("n"))


_PULLED = (
    update(Store).where(Store.county == bindparam("c"), Store.id == bindparam("s")).values(last_pull_at=bindparam("n"))
)


def pulled(held: Held, now: int) -> None:
    """Note that a phone asked, in a transaction of its own and at most every SEEN_EVERY ms, so that polls stay reads."""
    if held.last_seen is None or now - held.last_seen > SEEN_EVERY:
        with writing() as session:
            asking.ask(session, _PULLED, c=held.county, s=held.id, n=now)
            asking.ask(session, _SEEN, p=held.device, n=now)


def keep(session: Session, held: Held, now: int) -> None:
    """Write a store back after a push; its phone was seen."""
    stands = {
        "c": held.county,
        "s": held.id,
        "h": held.have,
        "t": held.top,
        "o": orjson.dumps(held.offsets).decode(),
        "n": now,
        "u": held.unsent,
    }
    asking.change(session, _KEEP, [stands])
    if held.last_seen is None or now - held.last_seen > SEEN_EVERY:
        asking.ask(session, _SEEN, p=held.device, n=now)
