"""What stands in a village before an import: households, people, and what earlier imports said of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Event, Household, Person
from server.models.area import county_of
from server.models.sealed import app_keys
from server.registers.compare import ACTOR, FORM, Known, MethodSaid, Now
from server.sync import fields, log

AT_ONCE = 500
PERSON_FIELDS = (
    "name", "sex", "birth", "id_number", "phone", "relation", "marital", "residence", "residence_place", "children", "note",
)  # fmt: skip
HOUSEHOLD_FIELDS = ("area", "group", "grid", "number")


def rev_of(at: int) -> str:
    """The one revision that all fields set by the import of that moment (ms) carry; shaped like an event's id."""
    text = f"{at:012x}7{hashlib.sha256(f'import {at}'.encode()).hexdigest()[:19]}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-8{text[17:20]}-{text[20:]}"


def known_in(session: Session, area: str, numbers: Iterable[str]) -> Known:
    """What stands in the village `area`, and whoever in the county has one of these ID numbers."""
    known = Known(area)
    houses = select(Household).where(Household.county == county_of(area), Household.area == area)
    for house in session.scalars(houses.where(Household.erased_at.is_(None)).order_by(Household.id)):
        values = {name: getattr(house, name) for name in HOUSEHOLD_FIELDS}
        known.households.setdefault((house.number or "").lstrip("0"), Now(house.id, values))
    people = {now.id: now for now in _people(session, known, list(numbers))}
    _hear_imports(session, known, people)
    return known


def _people(session: Session, known: Known, numbers: list[str]) -> Iterable[Now]:
    """People of the village by name, and people of the county by ID number; people of another's card are one."""
    county, keys = county_of(known.area), app_keys()
    everyone = select(Person).where(Person.county == county, Person.erased_at.is_(None), Person.merged_into.is_(None))
    found = {one.id: one for one in session.scalars(everyone.where(Person.area == known.area))}
    indexes = [keys.blind("id_number", number) for number in numbers]
    for start in range(0, len(indexes), AT_ONCE):
        some = Person.id_index.in_(indexes[start : start + AT_ONCE])
        found |= {one.id: one for one in session.scalars(everyone.where(some))}
    for one in found.values():
        now = Now(one.id, _values(one))
        if one.id_number:
            known.by_number.setdefault(one.id_number, now)
        known.by_name.setdefault((one.household_id, one.name, str(now.values["birth"])), now)
        yield now


def _values(one: Person) -> dict[str, Any]:
    values = {name: fields.to_wire(name, getattr(one, name)) for name in PERSON_FIELDS}
    return values | {"household": one.household_id}


def _hear_imports(session: Session, known: Known, people: dict[str, Now]) -> None:
    """Replay what imports said, oldest first: ids are in the order of time."""
    county, houses = county_of(known.area), {now.id: now for now in known.households.values()}
    said = select(Event).where(Event.county == county, Event.actor == ACTOR, Event.body.is_not(None)).order_by(Event.id)
    of_houses = said.where(Event.person.is_(None), Event.area == known.area)
    for event in session.scalars(of_houses):
        _hear(event, houses.get(event.household or ""))
    ids = list(people)
    for start in range(0, len(ids), AT_ONCE):
        for event in session.scalars(said.where(Event.person.in_(ids[start : start + AT_ONCE]))):
            _hear(event, people.get(event.person or ""))


def _hear(event: Event, subject: Now | None) -> None:
    body = log.body_of(event)
    if subject is None or body is None:
        return
    if event.kind == "patch":
        subject.said |= {name: (value, rev_of(event.t)) for name, value in body["set"].items()}
    elif event.kind == "record" and (event.schema or "").startswith(f"{FORM}/"):
        answers = body["answers"]
        subject.method = MethodSaid(event.id, answers["method"], answers.get("started_on"))
