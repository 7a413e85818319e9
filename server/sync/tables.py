"""The tables of a snapshot's chunk: households, persons and records as columns and rows, as small as gzip lets them be.

An event id is 36 letters of which gzip saves almost nothing, so none is written twice: persons name their household, and
records their person and household, by row number within the chunk (by id where the chunk has no such row), and a
revision stands once a chunk (null in a row), else once a row (a text), else by field with `*` for the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import orjson

HOUSEHOLD_COLS = ["id", "area", "group", "grid", "number", "note", "rev"]
PERSON_COLS = [
    "id", "household", "name", "name_key", "sex", "birth", "id_last4", "phone", "relation", "marital", "residence",
    "residence_place", "note", "rev",
]  # fmt: skip
RECORD_COLS = ["id", "schema", "occurred_on", "person", "household", "actor", "role", "area", "answers"]
Line: TypeAlias = Sequence[Any]
HOUSE_OF_PERSON = PERSON_COLS.index("household")
PERSON, HOUSE = RECORD_COLS.index("person"), RECORD_COLS.index("household")


@dataclass
class Group:
    """A household with its people and what is known of them; they stay in one chunk. Lines end with their `rev` by field."""

    households: list[Line] = field(default_factory=list)
    persons: list[Line] = field(default_factory=list)
    records: list[Line] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def weight(self) -> int:
        """Bytes of its JSON, nearly; asked for when nothing more comes to it."""
        return len(orjson.dumps([self.households, self.persons, self.records, self.rows]))


@dataclass(slots=True)
class Contents:
    """All groups of a feed, in the order of their door plates. `rev`: the revision most fields share."""

    groups: list[Group]
    rev: str | None

    def tables(self, groups: Sequence[Group]) -> dict[str, Any]:
        """The part of a chunk that these groups fill."""
        houses = [_told(HOUSEHOLD_COLS, line, self.rev) for group in groups for line in group.households]
        at_house = {line[0]: number for number, line in enumerate(houses)}
        persons = [_told(PERSON_COLS, line, self.rev) for group in groups for line in group.persons]
        at_person = {line[0]: number for number, line in enumerate(persons)}
        for line in persons:
            line[HOUSE_OF_PERSON] = at_house.get(line[HOUSE_OF_PERSON], line[HOUSE_OF_PERSON])
        records = [
            (key, schema, day, at_person.get(person, person), at_house.get(house, house), *told)
            for group in groups
            for key, schema, day, person, house, *told in group.records
        ]
        parts: dict[str, Any] = {"rev": self.rev} if self.rev else {}
        parts["households"] = _table(HOUSEHOLD_COLS, houses)
        parts["persons"] = _table(PERSON_COLS, persons)
        parts["records"] = _table(RECORD_COLS, records)
        return parts | {"rows": [row for group in groups for row in group.rows]}


def _table(cols: list[str], lines: Sequence[Line]) -> dict[str, Any]:
    """Columns that are empty in every line are left out."""
    columns = [pair for pair in zip(cols, zip(*lines, strict=True), strict=False) if pair[1].count(None) < len(lines)]
    return {"cols": [name for name, _ in columns], "rows": [*zip(*(cells for _, cells in columns), strict=True)]}


def _told(cols: list[str], line: Line, rev: str | None) -> list[Any]:
    """The line with its revision as short as it can be said beside the chunk's.

    A field that was emptied has no cell that a `*` could stand for, so it always names who emptied it.
    """
    by_field = line[-1]
    emptied = {name: by_field[name] for name, cell in zip(cols, line, strict=True) if cell is None and name in by_field}
    if not emptied:
        return [*line[:-1], _rev(by_field, rev)]
    short = _rev({name: by for name, by in by_field.items() if name not in emptied}, rev)
    return [*line[:-1], (short if isinstance(short, dict) else {"*": short} if short else {}) | emptied]


def _rev(by_field: dict[str, str], rev: str | None) -> dict[str, str] | str | None:
    if not by_field:
        return None
    told = set(by_field.values())
    if len(told) == 1:
        only = next(iter(told))
        return None if only == rev else only
    base = rev if rev in told else Counter(by_field.values()).most_common(1)[0][0]
    different = {name: by for name, by in by_field.items() if by != base}
    return different if base == rev else {"*": base} | different
