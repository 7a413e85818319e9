"""Most batches hold fresh records and nothing stands against any of them. Those are taken together: where a record goes is
looked at once for all that share it, and what is stored is made a column at a time. It leaves what `taking.take` leaves of
each; whatever is unusual in a batch, that takes all of it, item by item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from server.models import Event, Record
from server.rules.shapes import Form
from server.sync import checking, log, placing, taking
from server.sync.feeds import Key
from server.sync.item import Item
from server.sync.world import World

Columns: TypeAlias = dict[str, Sequence[Any]]
_like = attrgetter("form", "person", "household", "area", "role", "source", "actor")


class _Way(NamedTuple):
    """Where records go that are about the same, in one form and by one author, and what their rows share."""

    form: Form
    feeds: frozenset[Key]
    record: Mapping[str, Any]


def take(world: World, items: Sequence[Item]) -> bool:
    """Take all of these, none of which is known yet; or answer False with nothing changed. Raises NeedFeeds."""
    if not items or any(item.fault is not None or item.kind != "record" or item.flags for item in items):
        return False
    alike = [*map(_like, items)]
    ways: dict[Any, _Way] = {}
    for like, item in dict(zip(alike, items, strict=True)).items():
        way = _way(world, item)
        if way is None:
            return False
        ways[like] = way
    goes = [ways[like] for like in alike]
    _show(world, items, goes)
    world.columns.append((Event, log.columns_of(items, world.county, world.now, world.offsets)))
    world.columns.append((Record, _records(items, goes)))
    return True


def _way(world: World, item: Item) -> _Way | None:
    """None for what is not simply put into feeds: consents change where she stands, of clinical records a note is made,
    and some are looked at beside her birth."""
    form = world.book.forms[item.form]
    if item.form == "consent" or checking.of(form).aged or taking.fault_of(world, item) is not None:
        return None
    record = taking.record_of(world, item)
    feeds, noted = placing.decide(world, record)
    return None if noted else _Way(form, frozenset(feeds), record)


def _show(world: World, items: Sequence[Item], goes: Sequence[_Way]) -> None:
    keys = frozenset[Key]().union(*{way.feeds for way in goes})
    world.feeds.need(keys)
    for key in sorted(keys):
        world.feeds.put_all(key, [(i.id, i.digest) for i, way in zip(items, goes, strict=True) if key in way.feeds])


def _records(items: Sequence[Item], goes: Sequence[_Way]) -> Columns:
    """What differs comes from each item, all else from where it goes."""
    shared = zip(*[way.record.values() for way in goes], strict=True)
    columns: Columns = dict(zip(goes[0].record, shared, strict=True))
    columns |= {name: [*map(attrgetter(name), items)] for name in ("id", "days")}
    columns["form_version"] = [item.version for item in items]
    columns["occurred_on"] = [item.body["occurred_on"] for item in items]
    columns["coded"] = [taking.clear(way.form, item.body["answers"]) for item, way in zip(items, goes, strict=True)]
    return columns
