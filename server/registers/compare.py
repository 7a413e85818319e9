"""What an import changes: the register's lines against what is known, as drafts of events. Pure.

An import speaks only where the register speaks anew. A cell that still says what the last import said changes nothing,
even if somebody changed the field on a phone meanwhile; a cell that says something else becomes a patch on top of what
the import itself had set, so a change in between is kept and asked like any other clash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from server.ids import new_id
from server.registers.cells import Day, earliest
from server.registers.lines import Line

ACTOR, ROLE = "import", "station"
FORM = "contraceptive_followup"
CORRECTED = "register"  # the reason of a void: the register itself says otherwise now

Draft = dict[str, Any]
Said = dict[str, tuple[Any, str]]  # {field: (what an import last said, the event that said it)}


@dataclass
class MethodSaid:
    """What the newest imported record of a person said."""

    record: str
    method: str
    started_on: Day | None


@dataclass
class Now:
    """A household or person as it stands, and what imports said of it."""

    id: str
    values: dict[str, Any]
    said: Said = field(default_factory=dict)
    method: MethodSaid | None = None


@dataclass
class Known:
    """What stands in one village. Keys: household number without leading zeros; ID number; (household id, name, birth)."""

    area: str
    households: dict[str, Now] = field(default_factory=dict)
    by_number: dict[str, Now] = field(default_factory=dict)
    by_name: dict[tuple[str, str, str], Now] = field(default_factory=dict)


@dataclass
class Plan:
    """Drafts in the order in which they must be written; persons counted: new or changed, and unchanged.

    `changes`: (row of the workbook, fields that change) of each changed person.
    """

    drafts: list[Draft] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class When:
    """When the import happens: `at` ms; `dated` the register's own day (or today), for what has no day of its own."""

    at: int
    dated: str
    schema: str


def plan(lines: Iterable[Line], known: Known, when: When) -> Plan:
    """The events that bring one village to what its lines say. `known` learns the new households."""
    made = Plan()
    writer = _Writer(known.area, when, made.drafts)
    for line in lines:
        home = _household(writer, line, known)
        person = _find(line, known, home)
        before = len(made.drafts)
        if person is None:
            _new_person(writer, line, home)
            made.new += 1
        else:
            _changes(writer, line, person, home)
            made.changed += len(made.drafts) > before
            made.unchanged += len(made.drafts) == before
            if len(made.drafts) > before:
                made.changes.append((line.row, _fields(made.drafts[before:])))
    return made


def _fields(drafts: Iterable[Draft]) -> list[str]:
    """What some drafts about one person change."""
    named = [list(draft["body"]["set"]) if draft["kind"] == "patch" else ["method"] for draft in drafts]
    return list(dict.fromkeys(name for names in named for name in names))


@dataclass(frozen=True)
class _Writer:
    area: str
    when: When
    drafts: list[Draft]
    doors: set[str] = field(default_factory=set)

    def add(self, kind: str, schema: str, body: dict[str, Any], **about: str) -> str:
        """Append a draft; answer its id."""
        event = new_id()
        whole = {"id": event, "kind": kind, "schema": schema, "t": self.when.at, "actor": ACTOR, "role": ROLE}
        self.drafts.append({**whole, "area": self.area, **about, "body": body})
        return event

    def patch(self, what: str, changes: dict[str, Any], base: dict[str, str | None], **about: str) -> None:
        if changes:
            self.add("patch", f"{what}/1", {"set": changes, "base": base}, **about)


def _household(writer: _Writer, line: Line, known: Known) -> Now:
    """The household of this line, made when it is new; of its rows the first one speaks for it."""
    key = line.household[1]
    says = {"group": line.group, "grid": line.grid}
    home = known.households.get(key)
    if home is None:
        home = known.households[key] = Now(new_id(), {})
        values = {"area": writer.area, "number": line.number, **{name: value for name, value in says.items() if value}}
        writer.patch("household", values, {}, household=home.id)
    elif key not in writer.doors:
        changes = _differences(says, home)
        writer.patch("household", changes, _base(changes, home), household=home.id)
    writer.doors.add(key)
    return home


def _find(line: Line, known: Known, home: Now) -> Now | None:
    """The person of this line who is there already: the same ID number, or the same name and birth in one household."""
    number = line.person.get("id_number")
    by_name = known.by_name.get((home.id, str(line.person["name"]), str(line.person.get("birth"))))
    if number is None:
        return by_name
    without_number = by_name if by_name and not by_name.values.get("id_number") else None
    return known.by_number.get(str(number)) or without_number


def _new_person(writer: _Writer, line: Line, home: Now) -> None:
    person = new_id()
    values = {name: value for name, value in line.person.items() if value is not None}
    writer.patch("person", {**values, "household": home.id}, {}, person=person, household=home.id)
    if line.method and line.method != "none":
        _record(writer, line, person, home.id)


def _record(writer: _Writer, line: Line, person: str, household: str) -> None:
    """The method as a record of the day it began: then it holds for every day since, and its schedule counts from there."""
    answers = {"method": line.method} | ({"started_on": line.started_on} if line.started_on else {})
    day = earliest(line.started_on) if line.started_on else writer.when.dated
    body = {"occurred_on": day, "answers": answers}
    writer.add("record", writer.when.schema, body, person=person, household=household)


def _changes(writer: _Writer, line: Line, person: Now, home: Now) -> None:
    changes = _differences({**line.person, "household": home.id}, person)
    writer.patch("person", changes, _base(changes, person), person=person.id, household=home.id)
    said = person.method
    if line.method is None or (said is None and line.method == "none"):
        return
    if said is None:
        _record(writer, line, person.id, home.id)
    elif said.method != line.method or line.started_on not in (None, said.started_on):
        _say_anew(writer, line, said, person.id, home.id)


def _say_anew(writer: _Writer, line: Line, said: MethodSaid, person: str, household: str) -> None:
    """A method that began later stands beside the old one; anything else corrects it: the old record is void."""
    began = earliest(line.started_on) if line.started_on else ""
    later = line.method == "none" or began > (earliest(said.started_on) if said.started_on else writer.when.dated)
    if said.method == line.method or not later:
        about = {"person": person, "household": household}
        writer.add("void", writer.when.schema, {"of": said.record, "reason": CORRECTED}, **about)
    _record(writer, line, person, household)


def _differences(says: dict[str, Any], now: Now) -> dict[str, Any]:
    """Cells that say something new: not what the last import said, and not what stands anyway."""
    found = {}
    for name, value in says.items():
        last = now.said[name][0] if name in now.said else None
        if value != last and value != now.values.get(name):
            found[name] = value
    return found


def _base(changes: dict[str, Any], now: Now) -> dict[str, str | None]:
    return {name: now.said[name][1] if name in now.said else None for name in changes}
