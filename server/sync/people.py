"""Households and persons as the lines of a snapshot's tables, straight from their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

import orjson
from sqlalchemy import ColumnElement, Select, Text, cast, select
from sqlalchemy.orm import Session

from server.models import Household, Person
from server.models.sealed import Sealed, app_keys
from server.sync import fields
from server.sync.asking import COUNTY, Among, driven
from server.sync.histories import AREA, lives
from server.sync.tables import HOUSEHOLD_COLS, PERSON_COLS, Line

Reader: TypeAlias = Callable[[Any], Any]
_PEOPLE, _PLATES = Person.__table__.c, Household.__table__.c
_PERSON = [_PEOPLE["id_number" if name == "id_last4" else fields.column(name)] for name in PERSON_COLS]
_HOUSEHOLD = [_PLATES[name] for name in HOUSEHOLD_COLS]


def persons_of(session: Session, county: str, area: str, *, township: bool) -> list[Line]:
    """Everyone of whom this area's feeds speak, by id; a line ends with who set which field."""
    found = driven(session, _persons(township), county=county, area=area)
    # Sorted here: to have them in order the database would rather read the whole county's.
    found.sort(key=itemgetter(0))
    return _lines(_PERSON, PERSON_COLS, found)


def households_of(session: Session, county: str, area: str) -> list[Line]:
    """A village's households in the order of their door plates."""
    return _lines(_HOUSEHOLD, HOUSEHOLD_COLS, driven(session, _plates(False), county=county, area=area))


def homes_of(session: Session, county: str, persons: Iterable[Line]) -> list[Line]:
    """The households that these persons name."""
    ids = list({person[PERSON_COLS.index("household")] for person in persons})
    return _lines(_HOUSEHOLD, HOUSEHOLD_COLS, driven(session, _plates(True), ids, county=county)) if ids else []


def _lines(columns: Sequence[ColumnElement[Any]], names: list[str], rows: Iterable[Sequence[Any]]) -> list[Line]:
    """The rows, each cell as phones see it."""
    lines, readers = [list(row) for row in rows], _readers(columns, names)
    for line in lines:
        for at, read in readers:
            if line[at] is not None:
                line[at] = read(line[at])
    return [*lines]


def _readers(columns: Sequence[ColumnElement[Any]], names: list[str]) -> list[tuple[int, Reader]]:
    """What makes a cell of its column, for those columns that do not travel as they are."""
    sealed = [(at, _opened(column.type)) for at, column in enumerate(columns) if isinstance(column.type, Sealed)]
    return [*sealed, *((names.index(name), read) for name, read in _TRAVEL.items() if name in names)]


def _opened(kind: Sealed) -> Reader:
    unseal, purpose = app_keys().open, kind.purpose.encode()
    return lambda sealed: unseal(purpose, sealed).decode()


def _rev(stored: str) -> dict[str, str]:
    """Who set which of the fields that phones see."""
    rev: dict[str, str] = {name: by for name, by in orjson.loads(stored).items() if name not in fields.UNSEEN}
    return rev | {"id_last4": rev["id_number"]} if "id_number" in rev else rev


_TRAVEL: dict[str, Reader] = {
    "birth": lambda day: fields.to_wire("birth", day),
    "id_last4": lambda number: number[-4:] or None,
    "rev": _rev,
}


@cache
def _persons(township: bool) -> Select[Any]:
    return select(*_read(_PERSON)).where(_PEOPLE.county == COUNTY, *lives(township))


@cache
def _plates(named: bool) -> Select[Any]:
    """Of a village, or those of these ids."""
    here = Among(_PLATES.id) if named else _PLATES.area == AREA
    plates = select(*_read(_HOUSEHOLD)).where(_PLATES.county == COUNTY, _PLATES.erased_at.is_(None), here)
    return plates.order_by(_PLATES.group, _PLATES.number, _PLATES.id)


def _read(columns: Iterable[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """As the driver gives them: one of the two would open JSON by itself."""
    return [cast(column, Text) if column.name == "rev" else column for column in columns]
