"""Take rows out of feeds: they keep place and digest, lose their body, and the feed says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select, update

from server.models import Event, FeedRow
from server.sync import asking, log
from server.sync.feeds import Key
from server.sync.world import World

CHANGES = ("amend", "void", "note")
_TUCK = (
    update(FeedRow)
    .where(FeedRow.county == bindparam("c"), FeedRow.feed_id == bindparam("f"), FeedRow.seq == bindparam("q"))
    .values(hidden=True)
)
_LATER = (
    select(Event.id)
    .where(Event.county == asking.COUNTY, Event.of.in_(bindparam("records", expanding=True)))
    .where(Event.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(Event.received_at, Event.dseq, Event.id)
)
_REVEALS = select(Event).where(
    Event.county == asking.COUNTY, Event.person.in_(bindparam("persons", expanding=True)), Event.kind == "reveal"
)
_OPEN = select(FeedRow.feed_id, FeedRow.seq, FeedRow.event_id).where(
    FeedRow.county == asking.COUNTY, FeedRow.hidden.is_(False)
)
_OF_EVENTS = _OPEN.where(FeedRow.event_id.in_(bindparam("events", expanding=True)))
_IN_FEED = _OPEN.where(FeedRow.feed_id == bindparam("feed"))
_EVENT = select(Event.id).where(Event.county == asking.COUNTY)
_HERS = _IN_FEED.where(FeedRow.event_id.in_(_EVENT.where(Event.person.in_(bindparam("persons", expanding=True)))))
_ITS = _IN_FEED.where(
    FeedRow.event_id.in_(_EVENT.where(Event.household == bindparam("household"), Event.person.is_(None)))
)


def with_changes(world: World, records: Collection[str], *kinds: str) -> list[str]:
    """These records' events and what amends, voids or notes them (or only such of the given kinds), in the order they came."""
    about = {"records": list(records), "kinds": list(kinds or CHANGES)}
    return [*records, *asking.ask(world.session, _LATER, county=world.county, **about).scalars()]


def hide(world: World, events: Collection[str], persons: Sequence[str | None]) -> set[Key]:
    """Hide events in every feed that has them, copies inside reveals too; one `hide` a feed. Answers those feeds."""
    places = _places(world, _OF_EVENTS, events=list(events))
    copies = _cut_reveals(world, set(events), [p for p in persons if p])
    for (feed, seq, reveal), ids in copies.items():
        places.setdefault((feed, seq, reveal), []).extend(ids)
    by_feed: dict[int, list[str]] = defaultdict(list)
    for (feed, _, _), ids in places.items():
        by_feed[feed].extend(ids)
    keys = {feed: world.feeds.by_id(feed) for feed in by_feed}
    _tuck_away(world, [place for place in places if place not in copies])
    for feed, ids in sorted(by_feed.items()):
        person = persons[0] if len(persons) == 1 else None
        world.emit("hide", {"ids": sorted(set(ids))}, {keys[feed]}, person=person)
        world.feeds.forget_snapshot(keys[feed])
    return set(keys.values())


Place: TypeAlias = tuple[int, int, str]  # feed number, seq, event id


def _places(world: World, question: asking.Question, **about: Any) -> dict[Place, list[str]]:
    rows = asking.ask(world.session, question, county=world.county, **about)
    return {(row[0], row[1], row[2]): [row[2]] for row in rows}


def _tuck_away(world: World, places: Iterable[Place]) -> None:
    rows = [{"c": world.county, "f": feed, "q": seq} for feed, seq, _ in places]
    if rows:
        asking.change(world.session, _TUCK, rows)


def _cut_reveals(world: World, gone: set[str], persons: list[str]) -> dict[Place, list[str]]:
    """Take the ids out of what reveals list; answers where those stand, with what was taken out."""
    reveals = world.session.scalars(_REVEALS, {"county": world.county, "persons": persons})
    cut: dict[str, list[str]] = {}
    for event in reveals:
        body = log.body_of(event) or {"ids": []}
        lost = [key for key in body["ids"] if key in gone]
        if lost and event.body is not None:
            cut[event.id] = lost
            event.body = log.seal_off({"ids": [k for k in body["ids"] if k not in gone]}, event.body[: log.SALT])
    places = _places(world, _OF_EVENTS, events=list(cut)) if cut else {}
    return {place: cut[place[2]] for place in places}


def leave(world: World, key: Key, persons: Collection[str], body: dict[str, Any]) -> None:
    """Hide all rows about these persons in one feed and say with a `move` for each that they left it."""
    _leave(world, key, _HERS, persons=list(persons))
    for person in sorted(persons):
        world.emit("move", body | {"person": person}, {key}, area=key[0], person=person)


def leave_house(world: World, key: Key, household: str, to: str) -> None:
    """Hide all rows about a household as a whole in one feed and say with `move` that it is in `to` now."""
    _leave(world, key, _ITS, household=household)
    world.emit("move", {"household": household, "to": to}, {key}, area=key[0], household=household)


def _leave(world: World, key: Key, hers: asking.Question, **about: Any) -> None:
    world.feeds.need({key})
    _tuck_away(world, _places(world, hers, feed=world.feeds.held[key].id, **about))
    world.feeds.forget_snapshot(key)
