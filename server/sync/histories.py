"""The records that a snapshot holds: a year of them, all consents, each person's newest of every form that a schedule
counts from, and what else her due list rests on, however old it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

import orjson
from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Executable,
    LargeBinary,
    Select,
    bindparam,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from server.models import Event, Household, Person, Record
from server.models.sealed import SealedBytes, app_keys
from server.rules import forms
from server.rules.counted import counted
from server.sync import log
from server.sync.append import book
from server.sync.asking import COUNTY, driven
from server.sync.feeds import Key
from server.sync.retention import days
from server.sync.tables import Line

# Tables and sealed bytes as they are: a record costs a third of what it costs as an object of the ORM.
_RECORD, _EVENT = Record.__table__.c, Event.__table__.c
AREA: BindParameter[str] = bindparam("area")
SEALED = type_coerce(_EVENT.body, LargeBinary).label("sealed")
_COLUMNS = (
    _RECORD.id, _RECORD.form, _RECORD.form_version, _RECORD.occurred_on, _RECORD.person, _RECORD.household,
    _RECORD.author, _RECORD.role, _RECORD.area, _RECORD.source, _RECORD.days,
    SEALED,
)  # fmt: skip
Conditions: TypeAlias = list[ColumnElement[bool]]
Opener: TypeAlias = Callable[[bytes], bytes]
TOWNSHIP = 9  # places of its code
_ANSWERS = b'{"answers":'


class _Found(NamedTuple):
    """A record as it was read, its event's body still sealed."""

    id: str
    form: str
    version: int
    occurred_on: str
    person: str | None
    household: str | None
    author: str
    role: str
    area: str
    source: str
    days: int | None
    sealed: bytes | None


class Told(NamedTuple):
    """One record as a line of a chunk, and whom it is about."""

    person: str | None
    household: str | None
    line: Line


def records_of(session: Session, county: str, key: Key, today: str) -> Iterator[Told]:
    """Live shown records of this feed, oldest first, with all their answers as they stand after corrections."""
    area, audience = key
    asked = _questions(len(area) == TOWNSHIP, audience == "stock")
    opened, place = opener(), {"county": county, "area": area}
    found = [*map(_Found._make, driven(session, asked.records, **place))]
    changes = _changes(driven(session, asked.changes, **place), opened)

    def answers_of(row: _Found) -> dict[str, Any]:
        answers = orjson.loads(opened(row.sealed))["answers"] if row.sealed else {}
        for change in changes.get(row.id, ()):
            answers |= change
        return (
            {name: value for name, value in answers.items() if value is not None}
            if None in answers.values()
            else answers
        )

    def told(row: _Found) -> dict[str, Any] | orjson.Fragment:
        stored = None if row.id in changes or row.sealed is None else _as_stored(opened(row.sealed), row.occurred_on)
        return answers_of(row) if stored is None else orjson.Fragment(stored)

    for row in _kept(found, audience, today, answers_of):
        schema, household = _schema(row), None if row.person else row.household
        line = [row.id, schema, row.occurred_on, row.person, household, row.author, row.role, row.area, told(row)]
        yield Told(row.person, household, line)


def _schema(row: _Found) -> str:
    return f"{row.form}/{row.version}" if row.days is None else f"{row.form}/{row.version}/{row.days}"


def opener() -> Opener:
    """What gets the JSON out of a body as it is stored."""
    kind = _EVENT.body.type
    assert isinstance(kind, SealedBytes)
    unseal, purpose = app_keys().open, kind.purpose.encode()
    return lambda sealed: unseal(purpose, sealed)[log.SALT :]


def _as_stored(body: bytes, day: str) -> bytes | None:
    """The answers in a record's body as they lie there; None where they have to be read: some are empty, or it is no
    body as phones send it, whose two parts are the answers and then the day.
    """
    end = f',"occurred_on":"{day}"}}'.encode()
    if not body.startswith(_ANSWERS) or not body.endswith(end) or b"null" in body:
        return None
    return body[len(_ANSWERS) : -len(end)]


def _kept(
    found: list[_Found], audience: str, today: str, answers_of: Callable[[_Found], dict[str, Any]]
) -> list[_Found]:
    plans = [plan for plan in book().schedules if plan["active"] and plan["kind"] == "record"]
    anchors = {anchor["form"] for plan in plans for anchor in plan["anchors"]}
    counting = anchors | {
        matcher["form"] for plan in plans for matcher in [*plan["done_by"], *plan["stop"], *plan["decline"]["by"]]
    }
    since = (date.fromisoformat(today) - timedelta(days=days("snapshot_days"))).isoformat()
    audience_of, newest, old = _audiences(), set[tuple[str, str]](), set[str]()
    mine, kept, read = defaultdict[str, list[_Found]](list), set[str](), list[_Found]()
    # Sorted here: the database would carry every sealed body through its sorter.
    for row in sorted(found, key=attrgetter("occurred_on", "id"), reverse=True):
        if audience != "stock" and audience_of(row.form, row.role, row.source) != audience:
            continue
        who = row.person or row.household or ""
        mine[who].append(row)
        read.append(row)
        if row.occurred_on >= since or row.form == "consent" or (row.form in anchors and (who, row.form) not in newest):
            kept.add(row.id)
        elif row.form in counting:
            old.add(who)
        newest.add((who, row.form))
    for who in old:
        kept |= counted(book().schedules, [_record(row, answers_of(row)) for row in mine[who]])
    return [row for row in reversed(read) if row.id in kept]


def _record(row: _Found, answers: dict[str, Any]) -> dict[str, Any]:
    """The row as the rules read a record."""
    return {
        "id": row.id, "form": row.form, "status": "live", "occurred_on": row.occurred_on, "person": row.person,
        "household": row.household, "role": row.role, "answers": answers,
    }  # fmt: skip


def _audiences() -> Callable[[str, str, str], str]:
    """Who reads a form written in this role from this source; each asked once."""
    held = book().forms

    @cache
    def audience(name: str, role: str, source: str) -> str:
        form = held.get(name)
        return forms.audience(form, "import" if source == "import" else role) if form else "none"

    return audience


def _changes(rows: Iterable[Sequence[Any]], opened: Opener) -> dict[str, list[dict[str, Any]]]:
    """Answers changed by amendments, by record, in the order they came. Rows: `of`, sealed body, received, dseq, id."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for of, sealed, *_ in sorted(rows, key=lambda row: (row[2], row[3] or 0, row[4])):
        found[of].append(orjson.loads(opened(sealed))["answers"])
    return found


@dataclass(frozen=True, slots=True)
class _Question:
    """What to ask for the records of a feed, and for what was changed in them."""

    records: Executable
    changes: Executable


@cache
def _questions(township: bool, stock: bool) -> _Question:
    """Of a village, a township or a township's stock; all alternatives at once, each of which an index answers."""
    records: Select[Any] = select(*_COLUMNS).join_from(
        Record.__table__, Event.__table__, (_EVENT.county == _RECORD.county) & (_EVENT.id == _RECORD.id), isouter=True
    )
    changes: Select[Any] = select(_EVENT.of, SEALED, _EVENT.received_at, _EVENT.dseq, _EVENT.id).where(
        _EVENT.county == COUNTY, _EVENT.kind == "amend", _EVENT.body.is_not(None)
    )
    live: Conditions = [_RECORD.county == COUNTY, _RECORD.shown, _RECORD.status == "live"]
    about = _about(township, stock)
    return _Question(
        union_all(*(records.where(*live, *one) for one in about)),
        union_all(*(changes.where(_EVENT.of.in_(select(_RECORD.id).where(*live, *one))) for one in about)),
    )


def _about(township: bool, stock: bool) -> list[Conditions]:
    """Whom the records of a feed are about, as they live today."""
    if stock:
        here = _RECORD.area.startswith(AREA)
        return [[here, _RECORD.person.is_(None), _RECORD.household.is_(None), _RECORD.purpose.is_not(None)]]
    people: Conditions = [_RECORD.person.in_(select(family(township).c.id))]
    place: Conditions = [
        _RECORD.area == AREA, _RECORD.person.is_(None), _RECORD.household.is_(None), _RECORD.purpose.is_(None)
    ]  # fmt: skip
    if township:
        return [people, place]
    plates = select(Household.id).where(Household.county == COUNTY, Household.area == AREA)
    return [people, [_RECORD.person.is_(None), _RECORD.household.in_(plates)], place]


def lives(township: bool) -> Conditions:
    """Whom the feeds of an area speak of: those who live in a village, or moved into a township."""
    where = (Person.area.startswith(AREA) & (Person.residence == "moved_in")) if township else Person.area == AREA
    return [Person.erased_at.is_(None), Person.merged_into.is_(None), where]


def family(township: bool) -> CTE:
    """The ids of those and of everyone who was merged into one of them, wherever the entry that was given up stood."""
    now = select(Person.id).where(Person.county == COUNTY, *lives(township)).cte(recursive=True)
    return now.union(select(Person.id).where(Person.county == COUNTY, Person.merged_into == now.c.id))
