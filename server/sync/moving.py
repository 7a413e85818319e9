"""Where people stand changes which feeds speak of them: hide in the feeds they leave, one state and their rows in the new."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from server.models import Household, Person, Record
from server.models.area import township_of
from server.sync import asking, consenting, fields, hiding, log, placing
from server.sync.feeds import Key
from server.sync.scope import Home
from server.sync.world import World

_RECORD = Record.__table__
_OPEN = select(_RECORD).where(_RECORD.c.county == asking.COUNTY, _RECORD.c.shown.is_(True))
_BY_DAY = (_RECORD.c.occurred_on, _RECORD.c.id)
_SHOWN = _OPEN.where(_RECORD.c.person.in_(bindparam("family", expanding=True))).order_by(*_BY_DAY)
_OF_DOOR = _OPEN.where(_RECORD.c.household == bindparam("door"), _RECORD.c.person.is_(None)).order_by(*_BY_DAY)


@dataclass(frozen=True, slots=True)
class Change:
    """What a patch did: the fields that applied, as on the wire, what stood there before, and whose doing it was."""

    applied: dict[str, Any]
    was: dict[str, Any]
    rev: str
    by: log.Author = log.ITSELF


def arrange(world: World, person: Person, before: list[str], change: Change, door: str | None = None) -> None:
    """Tell the feeds what a patch did to a person. `before`: the places that spoke of her until now; none if she is new.

    `door`: the household she lived in until now.
    """
    home = world.homes[person.id]
    after = home.places
    same = [place for place in after if place in before or not before]
    shown = fields.down(change.applied, person.name_key)
    if shown and same:
        body = {"set": shown, "rev": {"*": change.rev}} | ({"was": fields.seen(change.was)} if change.was else {})
        _state(world, person, body, {(place, "common") for place in same}, change.by)
    gone = [place for place in before if place not in after]
    come = [place for place in after if place not in same]
    if gone:
        _leave(world, person, before, gone)
    if come:
        join(world, person, {(place, "common") for place in come} | _clinical(before, home.area))
    elif not before and home.residence == "moved_in":
        _house(world, person.household_id, {(place, "common") for place in after if len(place) == 9})
    if door is not None and len(before) > 1:
        _township(world, door, home, before[1])


def _township(world: World, door: str, home: Home, town: str) -> None:
    """A township knows the doors of those who moved in there."""
    if home.household and home.household != door and town in home.places:
        _house(world, home.household, {(town, "common")})
    leave_doors(world, {(door, town)})


def doors_of(world: World, persons: Collection[str]) -> set[tuple[str, str]]:
    """The doors (household, township) that townships know because of these persons."""
    world.meet(persons, ())
    homes = [world.homes[person] for person in persons if person in world.homes]
    return {(home.household, home.places[1]) for home in homes if home.household and len(home.places) > 1}


def leave_doors(world: World, doors: Collection[tuple[str, str]]) -> None:
    """A door that nobody who moved in lives behind any more leaves the township's feed."""
    for door, town in sorted(doors):
        plate = world.session.get(Household, (world.county, door))
        if plate is not None and town not in towns_of(world, door):
            hiding.leave_house(world, (town, "common"), door, plate.area)


def towns_of(world: World, household: str) -> list[str]:
    """The township whose readers know this door, since someone moved in behind it; none otherwise."""
    world.session.flush()
    found = asking.driven(world.session, asking.MOVED_IN, county=world.county, door=household)
    return [township_of(found[0][0])] if found else []


def _clinical(before: list[str], area: str) -> set[Key]:
    return set() if area in before else {(area, "clinical")}


def _leave(world: World, person: Person, before: list[str], gone: list[str]) -> None:
    world.flush()
    body = {"household": person.household_id, "to": person.area}
    family = list(consenting.members(world, [person.id]))
    for place in gone:
        hiding.leave(world, (place, "common"), family, body)
    if before[0] in gone:
        hiding.leave(world, (before[0], "clinical"), family, body)


def join(world: World, person: Person, keys: set[Key]) -> None:
    """One state with all her fields and a reveal of the rows she is shown with, in feeds that did not have her."""
    world.flush()
    common = {key for key in keys if key[1] == "common"}
    introduce(world, person, common)
    family = consenting.members(world, [person.id])
    tell_aliases(world, family, common)
    rows = asking.ask(world.session, _SHOWN, county=world.county, family=list(family))
    records = [world.records.setdefault(row.id, dict(row._mapping)) for row in rows]
    if records:
        consenting.reveal(world, person.id, records, only=keys)


def introduce(world: World, person: Person, common: set[Key]) -> None:
    """One state with all her fields; a township's readers are told her door, too."""
    _house(world, person.household_id, {key for key in common if len(key[0]) == 9})
    shown, rev = whole_state(person)
    _state(world, person, {"set": shown, "rev": rev}, common)


def tell_aliases(world: World, family: Collection[str], keys: set[Key]) -> None:
    """Say in feeds that did not know who was merged into whom of this family."""
    world.meet(family, ())
    for one in sorted(family):
        home = world.homes[one]
        if home.merged_into in family and keys:
            body = {"from": one, "to": home.merged_into}
            world.emit("merge", body, keys, area=home.area, person=one)


def whole_state(person: Person) -> tuple[dict[str, Any], dict[str, str]]:
    """All fields of a person as phones see them, and who set each."""
    held = {name: getattr(person, fields.column(name)) for name in fields.PERSON}
    values = {
        name: fields.to_wire(name, value) for name, value in held.items() if value is not None or name in person.rev
    }
    rev = {name: by for name, by in person.rev.items() if name not in fields.UNSEEN}
    if "id_number" in rev:
        rev["id_last4"] = rev["id_number"]
    return fields.down(values, person.name_key), rev


def _state(world: World, person: Person, body: dict[str, Any], keys: set[Key], by: log.Author = log.ITSELF) -> None:
    body = {"type": "person"} | body
    world.emit("state", body, keys, area=person.area, person=person.id, household=person.household_id, by=by)


def house_state(plate: Household) -> dict[str, Any]:
    """A household as a `state` body."""
    values = {name: getattr(plate, name) for name in fields.HOUSEHOLD}
    shown = {name: value for name, value in values.items() if value is not None or name in plate.rev}
    return {"type": "household", "set": shown, "rev": plate.rev}


def _house(world: World, key: str, keys: set[Key]) -> None:
    plate = world.plates.get(key) or world.session.get(Household, (world.county, key))
    if plate is not None and keys:
        world.emit("state", house_state(plate), keys, area=plate.area, household=key)


def move_all(world: World, plate: Household, before: str, rev: str) -> None:
    """A whole household now lives in another village: its plate, its own records, its people."""
    world.flush()
    _house(world, plate.id, {(place, "common") for place in {plate.area, *towns_of(world, plate.id)}})
    _take_visits_along(world, plate, before)
    people = select(Person).where(
        Person.county == world.county, Person.household_id == plate.id, Person.erased_at.is_(None)
    )
    for person in world.session.scalars(people).all():
        world.people[person.id] = person
        world.meet([person.id], [])
        home = world.homes[person.id]
        was = home.places
        home.area = person.area = plate.area
        if home.merged_into is None:  # the rows of others are where those live whom they were merged into
            arrange(world, person, was, Change({}, {}, rev), plate.id)


def _take_visits_along(world: World, plate: Household, before: str) -> None:
    """What was recorded of the household as a whole leaves each feed it stood in for its like in the new village."""
    by_key: dict[Key, list[str]] = {(plate.area, "common"): []}
    for row in asking.ask(world.session, _OF_DOOR, county=world.county, door=plate.id):
        record = world.records.setdefault(row.id, dict(row._mapping))
        for key in placing.whole(world, record):
            by_key.setdefault(key, []).append(row.id)
    for key, ids in sorted(by_key.items()):
        hiding.leave_house(world, (before, key[1]), plate.id, plate.area)
        if ids:
            events = hiding.with_changes(world, ids, "amend", "void")
            world.emit("reveal", {"ids": events}, {key}, area=plate.area, household=plate.id)
