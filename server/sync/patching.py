"""Patches of households and persons: judged field by field, applied by the server alone, told to phones as `state`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from server.ids import new_id
from server.models import Household, Person
from server.models.sealed import app_keys
from server.sync import fields, log, moving
from server.sync.asking import COUNTY
from server.sync.fields import Kind
from server.sync.item import Item
from server.sync.merge import judge
from server.sync.moving import Change
from server.sync.names import name_key
from server.sync.scope import Home
from server.sync.world import World

KINDS: dict[str, Kind] = {"person": "person", "household": "household"}
_PERSON = select(Person).where(Person.county == COUNTY, Person.id == bindparam("person"))


def fault(item: Item) -> str | None:
    """What can be said without a database."""
    kind = KINDS.get(item.form)
    if kind is None or item.version != 1:
        return "unknown_schema"
    if (item.person if kind == "person" else item.household) is None:
        return "bad_shape"
    changes = item.body["set"]
    strange = [name for name in changes if name not in fields.known(kind, item.source)]
    item.flags += [f"unknown_field:{name}"[:40] for name in strange][:3]
    item.flags += [f"rule_broken:{name}" for name in fields.doubts(changes)]
    return "bad_shape" if fields.misshapen(kind, changes, item.source) else None


def world_fault(world: World, item: Item) -> str | None:
    """A person needs a household that is there, and a new one a name; a household needs a village.

    What was made on top of something that never came (or waits at the desk) makes nobody new.
    """
    changes = item.body["set"]
    builds_on = any(item.body["base"].values())
    if item.form == "household":
        known = world.houses.get(item.household or "")
        if known is None and builds_on:
            return "unknown_household"
        village = changes.get("area", known.area if known else item.area)
        return None if len(village) == 12 and village in world.areas else "unknown_area"
    home = world.root(item.person or "")
    if home is not None and (home.erased or world.homes[item.person or ""].erased):
        return "erased_person"
    if home is None and (builds_on or "name" not in changes):
        return "unknown_person"
    lives = changes.get("household", home.household if home else item.household)
    return None if lives in world.houses else "unknown_household"


def take(world: World, item: Item) -> None:
    """Apply what may be applied, keep the rest as conflicts, and tell the feeds."""
    (_take_household if item.form == "household" else _take_person)(world, item)
    world.events.append(log.row_of(item, world.county, world.now, world.offsets))


def _take_household(world: World, item: Item) -> None:
    key = item.household or ""
    plate = load_household(world, key)
    changes, towns = _known(item), list[str]()
    if plate is not None:
        towns = moving.towns_of(world, key)
    else:
        plate = Household(county=world.county, id=key, area=item.area, rev={})
        changes = {"area": item.area} | changes
        world.session.add(plate)
        world.plates[key] = plate
        world.houses[key] = Home(key, changes["area"])
    before = plate.area
    change = _merge(world, item, plate, changes, "household")
    world.houses[key].area = plate.area
    if before != plate.area:
        moving.move_all(world, plate, before, item.id)
    elif change.applied:
        state = {"type": "household", "set": change.applied, "rev": {"*": change.rev}}
        state |= {"was": change.was} if change.was else {}
        world.emit(
            "state",
            state,
            {(place, "common") for place in [plate.area, *towns]},
            area=plate.area,
            household=key,
            by=change.by,
        )


def _take_person(world: World, item: Item) -> None:
    home = world.root(item.person or "")
    changes, door = _known(item), home.household if home else None
    if home is None:
        lives = str(changes.setdefault("household", item.household))
        home = Home(item.person or "", world.houses[lives].area, lives)
        person = Person(county=world.county, id=home.id, household_id=lives, area=home.area, name="", rev={})
        world.session.add(person)
        world.people[home.id], world.homes[home.id] = person, home
        before: list[str] = home.places
    else:
        person, before = load_person(world, home.id), home.places
    change = _merge(world, item, person, changes, "person")
    _follow(world, person, home)
    moving.arrange(world, person, before, change, door)


def _follow(world: World, person: Person, home: Home) -> None:
    """Let where she stands follow what was applied."""
    person.area = world.houses[person.household_id].area if person.household_id in world.houses else person.area
    home.area, home.household, home.residence = person.area, person.household_id, person.residence
    home.birth = person.birth


def _known(item: Item) -> dict[str, Any]:
    allowed = fields.known(KINDS[item.form], item.source)
    return {name: value for name, value in item.body["set"].items() if name in allowed}


def _merge(world: World, item: Item, row: Person | Household, changes: dict[str, Any], kind: Kind) -> Change:
    """Write the fields that apply; a conflict for each that does not. Answers what was applied, and what stood there."""
    stored = {name: fields.to_wire(name, getattr(row, fields.column(name))) for name in changes}
    verdicts = judge(changes, item.body["base"], stored, row.rev)
    applied = {name: changes[name] for name, verdict in verdicts.items() if verdict == "apply"}
    was = {name: stored[name] for name in applied} if row.rev else {}  # who is new was nothing before
    for name, value in applied.items():
        setattr(row, fields.column(name), fields.to_column(name, value))
    row.rev = row.rev | dict.fromkeys(applied, item.rev or item.id)
    if isinstance(row, Person):
        _derive(row, applied)
    clashes = [name for name, verdict in verdicts.items() if verdict == "conflict"]
    item.flags += [f"conflict:{name}" for name in clashes if f"conflict:{name}" not in item.flags]
    for name in clashes:
        _raise_conflict(world, item, row, kind, name, stored[name])
    return Change(applied, was, item.rev or item.id, log.author_of(item, world.offsets))


def _derive(person: Person, applied: dict[str, Any]) -> None:
    if "name" in applied:
        person.name_key = name_key(person.name)
    if "id_number" in applied:
        person.id_index = app_keys().blind("id_number", person.id_number) if person.id_number else None


def _raise_conflict(world: World, item: Item, row: Person | Household, kind: Kind, name: str, kept: Any) -> None:
    world.conflicts.append({
        "county": world.county, "id": new_id(), "subject_type": kind, "subject": row.id, "area": row.area,
        "field": name, "kept": kept, "offered": item.body["set"][name], "kept_event": row.rev.get(name),
        "offered_event": item.id, "raised_at": world.now, "decision": None, "decided_by": None, "decided_at": None,
    })  # fmt: skip


def load_person(world: World, key: str) -> Person:
    """The person's row, opened; read once."""
    if key not in world.people:
        world.people[key] = world.session.scalars(_PERSON, {"county": world.county, "person": key}).one()
    return world.people[key]


def load_household(world: World, key: str) -> Household | None:
    """The household's row, or None; read once."""
    if key not in world.plates:
        row = world.session.get(Household, (world.county, key)) if key in world.houses else None
        if row is None:
            return None
        world.plates[key] = row
    return world.plates[key]
