"""Erasing a person, or what a withdrawn consent covered: bodies go, places and digests stay, chains still verify."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from server.clock import day_of
from server.models import (
    Conflict,
    Consent,
    Event,
    Feed,
    FeedRow,
    HolderCode,
    HolderRequest,
    Parked,
    Person,
    Record,
    Transfer,
)
from server.sync import journal, moving, pieces
from server.sync.append import book
from server.sync.consenting import members
from server.sync.feeds import Feeds, Key, with_feeds
from server.sync.world import World

BLANK: dict[str, Any] = {
    "name": "", "name_key": "", "sex": None, "birth": None, "id_number": None, "id_index": None, "phone": None,
    "relation": None, "marital": None, "residence": None, "residence_place": None, "children": None, "note": None,
    "rev": {},
}  # fmt: skip


def erase(session: Session, county: str, persons: Sequence[str], *, now: int, remember: bool = True) -> None:
    """Erase people for good, with everyone merged into them. Late records about them will be parked and then erased."""

    def work(feeds: Feeds) -> list[str]:
        world = World(session, feeds, county, book(), now, day_of(now).isoformat())
        family = sorted(members(world, persons))
        doors = moving.doors_of(world, family)
        events = list(session.scalars(select(Event.id).where(Event.county == county, Event.person.in_(family))))
        keys = _feeds_with(world, events)
        feeds.need(keys)
        pieces.leave(world, Record.person.in_(family))
        _blank_people(world, family)
        _blank_events(world, events)
        for key in sorted(keys):
            for person in family:
                world.emit("erase", {"person": person}, {key}, person=person)
            feeds.forget_snapshot(key)
        moving.leave_doors(world, doors)
        world.flush()
        return family

    family = with_feeds(session, county, set(), work)
    if remember:
        journal.remember(session, "erased", county=county, persons=family)


def bury(session: Session, county: str, persons: Iterable[str], now: int) -> None:
    """Remember people as erased whom this database has never heard of: a late record must not make them anew."""
    session.add_all(
        Person(county=county, id=person, household_id="", area="", **BLANK, erased_at=now) for person in sorted(persons)
    )
    session.flush()


def erase_records(session: Session, county: str, ids: Sequence[str], *, now: int) -> None:
    """Erase some records for good: what came with a transfer that was taken back."""

    def work(feeds: Feeds) -> None:
        world = World(session, feeds, county, book(), now, day_of(now).isoformat())
        _erase_ids(world, ids)
        world.flush()

    if ids:
        with_feeds(session, county, set(), work)


def erase_due(session: Session, county: str, now: int) -> int:
    """Erase what withdrawn consents covered once their days are over, and parked items whose days are over."""

    def work(feeds: Feeds) -> int:
        world = World(session, feeds, county, book(), now, day_of(now).isoformat())
        over = select(Consent).where(Consent.county == county, Consent.erase_at <= now)
        count = sum(_erase_purpose(world, row) for row in session.scalars(over))
        world.flush()
        return count

    _blank_parked(session, (Parked.county == county) & (Parked.erase_at <= now), now)
    return with_feeds(session, county, set(), work)


def _erase_purpose(world: World, row: Consent) -> int:
    """All blocked records of one purpose; answers how many."""
    family = members(world, [row.person])
    covered = (Record.county == world.county) & Record.person.in_(family) & (Record.purpose == row.purpose)
    ids = list(world.session.scalars(select(Record.id).where(covered, Record.blocked)))
    if ids:
        _erase_ids(world, ids)
    row.erase_at = None
    return len(ids)


def _erase_ids(world: World, ids: Sequence[str]) -> None:
    about = or_(Event.id.in_(ids), Event.of.in_(ids))
    events = list(world.session.scalars(select(Event.id).where(Event.county == world.county, about)))
    keys = _feeds_with(world, events)
    world.feeds.need(keys)
    pieces.leave(world, Record.id.in_(ids))
    _blank_events(world, events)
    world.session.execute(delete(Record).where(Record.county == world.county, Record.id.in_(ids)))
    for key in sorted(keys):
        world.emit("erase", {"ids": sorted(ids)}, {key})


def _blank_parked(session: Session, which: ColumnElement[bool], now: int) -> None:
    session.execute(update(Parked).where(which).values(content={}, erase_at=None, decision="erased", decided_at=now))


def _feeds_with(world: World, events: Collection[str]) -> set[Key]:
    places = (
        select(Feed.area, Feed.audience)
        .join(FeedRow, (FeedRow.county == Feed.county) & (FeedRow.feed_id == Feed.id))
        .where(Feed.county == world.county, FeedRow.event_id.in_(events))
        .distinct()
    )
    return {(area, audience) for area, audience in world.session.execute(places)}


def _blank_events(world: World, events: Collection[str]) -> None:
    mine = (Event.county == world.county) & Event.id.in_(events)
    world.session.execute(update(Event).where(mine).values(body=None, erased_at=world.now))


def _blank_people(world: World, family: Sequence[str]) -> None:
    """Keep the ids, so that a late record finds out that she was erased; nothing else."""
    here = Person.county == world.county
    world.session.execute(update(Person).where(here, Person.id.in_(family)).values(**BLANK, erased_at=world.now))
    _blank_parked(world.session, (Parked.county == world.county) & Parked.person.in_(family), world.now)
    records = select(Record.id).where(Record.county == world.county, Record.person.in_(family))
    world.session.execute(delete(Conflict).where(Conflict.county == world.county, Conflict.subject.in_(family)))
    for table in (Consent, HolderCode, HolderRequest, Transfer):
        world.session.execute(delete(table).where(table.county == world.county, table.person.in_(family)))
    world.session.execute(delete(Record).where(Record.county == world.county, Record.id.in_(records)))
