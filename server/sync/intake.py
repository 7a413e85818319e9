"""The pipeline: items that were read, in; one answer an item, out. Phones, desk, imports and the journal all come this way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import update
from sqlalchemy.orm import Session

from server.extensions import line_of
from server.ids import new_id
from server.models import Parked
from server.models.area import township_of
from server.rules.book import Book
from server.sync import alike, asking, consenting, retention
from server.sync.bulk import insert_rows
from server.sync.feeds import Feeds, Key, with_feeds
from server.sync.item import Item
from server.sync.scope import Home, own
from server.sync.taking import take
from server.sync.world import World

Answer: TypeAlias = tuple[str, str | None]  # code, reason or flag
FORKS = frozenset({"fork", "fork_dseq"})


@dataclass(slots=True)
class Known:
    """What the database already has of the items at hand. Digests and numbers grow while items are taken."""

    digests: dict[str, bytes] = field(default_factory=dict)
    numbers: dict[tuple[str, int], str] = field(default_factory=dict)
    parked: dict[tuple[str, bytes], tuple[str, str | None]] = field(default_factory=dict)
    parked_ids: set[str] = field(default_factory=set)

    def none_of(self, items: Sequence[Item]) -> bool:
        """Whether all of these are new, and each unlike the others."""
        places = [(item.store, item.dseq) for item in items if item.dseq is not None]
        apart = len({item.id for item in items}) == len(items) and len({*places}) == len(places)
        return apart and not self.digests and not self.parked_ids and self.numbers.keys().isdisjoint(places)

    def waiting(self, item: Item) -> tuple[str, str | None] | tuple[None, None]:
        """Why the same content is parked already, and what was decided."""
        if not self.parked_ids or item.parked_id not in self.parked_ids:
            return None, None
        return self.parked.get((item.parked_id, item.content), (None, None))

    def park(self, item: Item, reason: str) -> None:
        """Remember that it waits now."""
        self.parked[item.parked_id, item.content] = reason, None
        self.parked_ids.add(item.parked_id)


@dataclass(slots=True)
class Result:
    """Answers in the order of the items."""

    answers: list[Answer]
    world: World


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when items are taken in. `offsets`: clock id → server − phone, ms."""

    county: str
    book: Book
    now: int
    today: str
    offsets: dict[str, int] = field(default_factory=dict)


def take_in(session: Session, setting: Setting, items: Sequence[Item]) -> Result:
    """Answer each item: accepted, duplicate, parked or fork. Holds the locks of every feed it writes to."""
    keys, met = _guess(session, setting, items)

    def work(feeds: Feeds) -> Result:
        world = World(session, feeds, setting.county, setting.book, setting.now, setting.today, offsets=setting.offsets)
        world.homes = met if feeds.alone else {}  # with one writer what was read before the locks still holds
        _prepare(world, items)
        known = _known(session, setting.county, items)
        parked: list[dict[str, Any]] = []
        if known.none_of(items) and alike.take(world, items):
            answers: list[Answer] = [("accepted", None)] * len(items)
        else:
            answers = [_one(world, known, item, parked) for item in items]
        world.flush()
        insert_rows(line_of(session), Parked, parked)
        consenting.settle(world)
        world.flush()
        return Result(answers, world)

    return with_feeds(session, setting.county, keys, work)


def _prepare(world: World, items: Sequence[Item]) -> None:
    """Read everything that taking these items will look at."""
    good = [item for item in items if item.fault is None]
    targets = {item.of for item in good if item.of}
    if targets:
        world.know_records(targets)
    _meet_all(world, good)
    world.stand(_roots(world, good))
    consenting.recall(world, _roots(world, [item for item in good if item.form == "consent"]))


def _roots(world: World, items: Sequence[Item]) -> set[str]:
    """Who these items are about, after merges."""
    return {home.id for person in {_about(world, item) for item in items} if (home := world.root(person or ""))}


def _about(world: World, item: Item) -> str | None:
    target = world.records.get(item.of or "")
    return target["person"] if target else item.person


def _meet_all(world: World, items: Sequence[Item]) -> None:
    persons = {p for item in items if (p := _about(world, item))}
    targets = [world.records[item.of] for item in items if item.of in world.records]
    houses = {item.household for item in items if item.household}
    houses |= {row["household"] for row in targets if row["household"]}
    patches = [item.body["set"] for item in items if item.kind == "patch"]
    houses |= {lives for changes in patches if isinstance(lives := changes.get("household"), str)}
    world.meet(persons, ())
    moved = {home.household for item in items if item.kind == "patch" and (home := world.root(item.person or ""))}
    world.meet((), houses | {house for house in moved if house})
    areas = {item.area for item in items} | {a for changes in patches if isinstance(a := changes.get("area"), str)}
    world.know_areas(areas)


def _known(session: Session, county: str, items: Sequence[Item]) -> Known:
    ids = {item.id for item in items if item.id}
    found = asking.driven(session, asking.DIGESTS, county=county, ids=list(ids))
    known = Known(digests={key: bytes(digest) for key, digest in found})
    places = [(item.store, item.dseq) for item in items if item.store is not None and item.dseq is not None]
    for store in {store for store, _ in places}:
        numbers = [number for held, number in places if held == store]
        rows = asking.driven(session, asking.NUMBERS, county=county, store=store, low=min(numbers), high=max(numbers))
        known.numbers.update({(store, dseq): key for dseq, key in rows if dseq is not None})
    waiting = asking.driven(session, asking.PARKED, county=county, ids=list({item.parked_id for item in items}))
    known.parked = {(row[0], bytes(row[1])): (row[2], row[3]) for row in waiting}
    known.parked_ids = {event for event, _ in known.parked}
    return known


def _guess(session: Session, setting: Setting, items: Sequence[Item]) -> tuple[set[Key], dict[str, Home]]:
    """The feeds that these items will most likely write to, and the people it looked at for that.

    A wrong guess costs a second round, never a wrong number.
    """
    world = World(session, Feeds(session, setting.county, {}), setting.county, setting.book, setting.now, setting.today)
    good = {(i.kind, i.person, i.household, i.area, i.actor, i.source) for i in items if i.fault is None}
    world.meet({person for _, person, *_ in good if person}, ())
    keys: set[Key] = set()
    for kind, person, household, area, actor, source in good:
        home = world.root(person or "")
        places = home.places if home else [area] if person or household else []
        keys |= {(place, "common") for place in places}
        if kind != "patch" and person:
            keys |= {(places[0], "clinical")} | ({own(actor)} if source == "phone" else set())
        if kind == "record" and not person and not household:
            keys.add((township_of(area), "stock"))
    return keys, world.homes


def _one(world: World, known: Known, item: Item, parked: list[dict[str, Any]]) -> Answer:
    """One item's answer: known already, forked, dismissed by a person before, parked, or taken."""
    held = known.digests.get(item.id)
    if held is not None and held == item.digest:
        return "duplicate", None
    reason, decision = known.waiting(item)
    if decision == "dismissed" or reason in FORKS:
        return "fork" if reason in FORKS else "parked", reason
    fault = _fork(known, item, held) or take(world, item)
    if fault is None:
        _now_known(world, known, item, again=reason is not None)
        return "accepted", ",".join(item.flags) or None
    if reason is None:
        parked.append(_parked_row(world, item, fault))
        known.park(item, fault)
    return ("fork", fault) if fault in FORKS else ("parked", fault)


def _fork(known: Known, item: Item, held: bytes | None) -> str | None:
    if item.fault is not None:
        return None
    if held is not None:
        return "fork"
    taken = known.numbers.get((item.store or "", item.dseq or 0))
    return "fork_dseq" if taken not in (None, item.id) else None


def _now_known(world: World, known: Known, item: Item, *, again: bool) -> None:
    known.digests[item.id] = item.digest
    if item.store and item.dseq:
        known.numbers[item.store, item.dseq] = item.id
    if again:
        mine = (Parked.county == world.county) & (Parked.event_id == item.parked_id) & (Parked.digest == item.content)
        world.session.execute(update(Parked).where(mine).values(decision="taken", decided_at=world.now))


def _parked_row(world: World, item: Item, reason: str) -> dict[str, Any]:
    erased = reason == "erased_person"
    return {
        "county": world.county, "id": new_id(), "event_id": item.parked_id, "digest": item.content,
        "store_id": item.store, "dseq": item.dseq, "actor": item.actor or None, "area": item.area or None, "person": item.person,
        "reason": reason, "content": item.kept, "received_at": world.now,
        "erase_at": world.now + retention.days_ms("erased_days") if erased else None,
        "decision": None, "decided_by": None, "decided_at": None,
    }  # fmt: skip
