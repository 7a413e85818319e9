"""Pull: everything after a cursor in the feeds that a worker may have, page by page, and which feeds came or went."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy.orm import Session

from server.extensions import db
from server.ids import b64
from server.models.area import township_of
from server.models.sealed import app_keys
from server.sync import asking, cursor, epoch, rows, scope, snapshots, stores
from server.sync.feeds import Key

MOST = 2000
FEW, FEEDS_AT_ONCE = 100, 16
TOWNSHIP = 9  # places of its code


@dataclass(frozen=True, slots=True)
class Asked:
    """One pull. `again`: feeds that the phone wants anew."""

    worker: str
    county: str
    grants: Sequence[tuple[str, str]]
    device: str
    store: str
    cursor: str | None
    most: int = 1000
    again: Collection[int] = ()

    @property
    def owner(self) -> str:
        """Whom a cursor is bound to."""
        return f"{self.worker} {self.store}"


@dataclass(frozen=True, slots=True)
class Head:
    """A feed as it stands at this moment."""

    id: int
    area: str
    audience: str
    seq: int
    h: bytes
    snapshot: int | None


@dataclass(slots=True)
class Page:
    """An answer in the making: where the phone will stand, and what it gets."""

    places: dict[int, int]
    events: list[dict[str, Any]] = field(default_factory=list)
    add: list[dict[str, Any]] = field(default_factory=list)
    heads: dict[str, list[Any]] = field(default_factory=dict)
    first: dict[str, Any] | None = None
    more: bool = False


def pull(asked: Asked, now: int) -> dict[str, Any]:
    """The wire's answer. Raises BadCursor, WrongStore, PhoneRevoked.

    The heads are read first and rows only up to them, so a page is one prefix of each feed whatever is written meanwhile.
    """
    life = epoch.current()
    session: Session = db.session()
    held = stores.find(session, asked.worker, asked.county, asked.device, asked.store)
    stores.pulled(held, now)
    born, places = _opened(asked, life)
    if born != life:
        return {"epoch": life, "now": now, "reset": True}
    heads = _ready(session, asked, places, now)
    drop = [str(f) for f in places if f not in heads]
    page = Page({f: seq for f, seq in places.items() if f in heads and f not in asked.again})
    _add(session, asked, page, [head for f, head in heads.items() if f not in page.places])
    _fill(session, asked, page, heads.values())
    return _answer(asked, life, now, page, drop)


def _opened(asked: Asked, life: str) -> tuple[str, dict[int, int]]:
    if asked.cursor is None:
        return life, {}
    return cursor.open_cursor(app_keys().cursor, asked.owner, asked.cursor)


def _answer(asked: Asked, life: str, now: int, page: Page, drop: list[str]) -> dict[str, Any]:
    answer: dict[str, Any] = {"epoch": life, "now": now, "drop": drop, "add": page.add, "events": page.events}
    if page.first:
        answer["first"] = page.first
    token = cursor.seal(app_keys().cursor, asked.owner, life, page.places)
    return answer | {"c": token, "more": page.more, "heads": page.heads}


def visible(session: Session, worker: str, county: str, grants: Iterable[tuple[str, str]]) -> dict[int, Head]:
    """The feeds that tell something and that a worker with these grants may have, by number."""
    return {number: head for number, head in allowed(session, worker, county, grants).items() if head.seq > 0}


def allowed(session: Session, worker: str, county: str, grants: Iterable[tuple[str, str]]) -> dict[int, Head]:
    """The feeds that exist, empty ones with them, and that a worker with these grants may have, by number."""
    held = list(grants)
    areas = [area for _, area in held]
    named = {scope.own(worker)[0], scope.REF[0], *areas, *(township_of(area) for area in areas)}
    found: list[Any] = []
    for town in sorted({area for area in areas if len(area) == TOWNSHIP}) or [""]:
        place = {"areas": sorted(named), "low": town, "high": f"{town}999" if town else ""}
        found += asking.ask(session, asking.HEADS, county=county, **place)
    heads = [Head(*row) for row in dict.fromkeys(tuple(row) for row in found)]
    hers = scope.feeds_of(worker, held, {head.area for head in heads if len(head.area) == 12})
    return {head.id: head for head in heads if (head.area, head.audience) in hers}


def _ready(session: Session, asked: Asked, places: dict[int, int], now: int) -> dict[int, Head]:
    """The feeds as they stand, with a fresh snapshot for each that the phone begins."""
    heads = visible(session, asked.worker, asked.county, asked.grants)
    begun = [head for f, head in heads.items() if f not in places or f in asked.again]
    wanting: list[Key] = [(h.area, h.audience) for h in begun if snapshots.wanted(h.audience, h.seq, h.snapshot)]
    if not wanting:
        return heads
    snapshots.prepare(asked.county, wanting, now)
    return visible(session, asked.worker, asked.county, asked.grants)


def _add(session: Session, asked: Asked, page: Page, fresh: Sequence[Head]) -> None:
    """Name the feeds that the phone begins, with their snapshots, the first chunk of one of them inline."""
    if not fresh:
        return
    names = _names(session, {head.area for head in fresh})
    ready = snapshots.read(session, asked.county, [head.id for head in fresh if head.snapshot is not None])
    for head in fresh:
        entry: dict[str, Any] = {"f": str(head.id), "area": head.area, "audience": head.audience}
        entry["name"] = names.get(head.area, "")
        prepared = ready.get(head.id)
        page.places[head.id] = prepared.seq if prepared else 0
        page.heads[str(head.id)] = [head.seq, b64(head.h)]
        if prepared:
            entry["snapshot"] = {"seq": prepared.seq, "h": b64(prepared.h), "chunks": prepared.chunks}
            if page.first is None and head.audience == "common":
                chunk = snapshots.chunk(session, asked.county, head.id, prepared.seq, 0)
                page.first = {"f": str(head.id), "chunk": orjson.Fragment(chunk.plain)}
        page.add.append(entry)


def _names(session: Session, areas: Collection[str]) -> dict[str, str]:
    return dict(asking.ask(session, asking.NAMES, ids=list(areas)).all())


def _fill(session: Session, asked: Asked, page: Page, heads: Iterable[Head]) -> None:
    """Rows feed by feed until the page is full; a feed that begins with a snapshot waits for the next page."""
    begun = {int(entry["f"]) for entry in page.add if "snapshot" in entry}
    behind = [head for head in heads if page.places[head.id] < head.seq]
    ready = [head for head in behind if head.id not in begun]
    page.more = len(ready) < len(behind)
    spans = [(head.id, page.places[head.id], head.seq) for head in ready]
    if 1 < len(spans) <= FEEDS_AT_ONCE and sum(upto - after for _, after, upto in spans) <= min(asked.most, FEW):
        _take(page, rows.few(session, asked.county, spans))
    else:
        left = asked.most
        for feed, after, upto in spans:
            found = rows.page(session, asked.county, feed, after, upto, left)
            _take(page, found)
            left -= len(found)
            if left <= 0 or page.places[feed] < upto:
                break
    for head in ready:
        if page.places[head.id] == head.seq:
            page.heads[str(head.id)] = [head.seq, b64(head.h)]
        else:
            page.more = True


def _take(page: Page, found: Sequence[dict[str, Any]]) -> None:
    page.events += found
    for row in found:
        page.places[int(row["f"])] = row["q"]


def chunk(worker: str, county: str, grants: Iterable[tuple[str, str]], feed: int, seq: int, n: int) -> snapshots.Chunk:
    """One snapshot chunk, if she may have the feed now; raises SnapshotGone."""
    session: Session = db.session()
    if not may_have(session, worker, county, grants, feed):
        raise snapshots.SnapshotGone
    return snapshots.chunk(session, county, feed, seq, n)


def may_have(session: Session, worker: str, county: str, grants: Iterable[tuple[str, str]], feed: int) -> bool:
    """What `allowed` says of one feed, without looking at all of them: a new phone asks this for each chunk."""
    found, held = asking.driven(session, asking.PLACE, county=county, feed=feed), list(grants)
    if not found:
        return False
    area, audience = found[0]
    reached = any(area == code or (len(code) == TOWNSHIP and area.startswith(code)) for _, code in held)
    village = {area} if reached and len(area) == scope.VILLAGE else ()
    return (area, audience) in scope.feeds_of(worker, held, village)
