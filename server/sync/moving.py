"""Where people stand changes which feeds speak of them: hide in the feeds they leave, one state and their rows in the new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from server.models import Household, Person, Record
from server.sync import consenting, fields, hiding, log
from server.sync.feeds import Key
from server.sync.world import World


@dataclass(frozen=True, slots=True)
class Change:
    """What a patch did: the fields that applied, as on the wire, what stood there before, and whose doing it was."""

    applied: dict[str, Any]
    was: dict[str, Any]
    rev: str
    by: log.Author = log.ITSELF


def arrange(world: World, person: Person, before: list[str], change: Change) -> None:
    """Tell the feeds what a patch did to a person. `before`: the places that spoke of her until now; none if she is new."""
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


def _clinical(before: list[str], area: str) -> set[Key]:
    return set() if area in before else {(area, "clinical")}


def _leave(world: World, person: Person, before: list[str], gone: list[str]) -> None:
    world.flush()
    body = {"person": person.id, "household": person.household_id, "to": person.area}
    family = list(consenting.members(world, [person.id]))
    for place in gone:
        hiding.leave(world, (place, "common"), family, body)
    if before[0] in gone:
        hiding.leave(world, (before[0], "clinical"), family, body)


def join(world: World, person: Person, keys: set[Key]) -> None:
    """One state with all her fields and a reveal of the rows she is shown with, in feeds that did not have her."""
    world.flush()
    common = {key for key in keys if key[1] == "common"}
    _house(world, person.household_id, {key for key in common if len(key[0]) == 9})
    shown, rev = whole_state(person)
    _state(world, person, {"set": shown, "rev": rev}, common)
    table = Record.__table__
    family = consenting.members(world, [person.id])
    asked = select(table).where(table.c.county == world.county, table.c.person.in_(family), table.c.shown.is_(True))
    rows = world.session.execute(asked.order_by(table.c.occurred_on, table.c.id))
    records = [world.records.setdefault(row.id, dict(row._mapping)) for row in rows]
    if records:
        consenting.reveal(world, person.id, records, only=keys)


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
    world.emit("state", house_state(plate), {(plate.area, "common")}, area=plate.area, household=plate.id)
    told = {"type": "household", "set": {"area": plate.area}, "rev": {"*": rev}}
    world.emit("state", told, {(before, "common")}, area=plate.area, household=plate.id)
    _move_visits(world, plate)
    people = select(Person).where(
        Person.county == world.county, Person.household_id == plate.id, Person.erased_at.is_(None)
    )
    for person in world.session.scalars(people):
        world.people[person.id] = person
        world.meet([person.id], [])
        home = world.homes[person.id]
        was = home.places
        home.area = person.area = plate.area
        arrange(world, person, was, Change({}, {}, rev))


def _move_visits(world: World, plate: Household) -> None:
    table = Record.__table__
    own = select(table).where(
        table.c.county == world.county, table.c.household == plate.id, table.c.person.is_(None), table.c.shown.is_(True)
    )
    ids = [row.id for row in world.session.execute(own)]
    if ids:
        events = hiding.with_changes(world, ids)
        hiding.hide(world, events, [])
        world.emit("reveal", {"ids": events}, {(plate.area, "common")}, area=plate.area, household=plate.id)
