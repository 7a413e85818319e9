"""The records that a snapshot holds: a year of them, all consents, each person's newest of every form that a schedule
counts from, and what else her due list rests on, however old it is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
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
from server.sync.asking import AMENDED, COUNTY, driven
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
AT_ONCE = 512  # records
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

    @property
    def about(self) -> str:
        """Whom a schedule counts it for."""
        return self.person or self.household or ""


def records_of(session: Session, county: str, key: Key, today: str) -> Iterator[Line]:
    """Lines of the live shown records of this feed, oldest first, with their answers as they stand after corrections."""
    area, audience = key
    asked, opened = _questions(len(area) == TOWNSHIP, audience == "stock"), opener()
    found = _of_audience([*map(_Found._make, driven(session, asked, county=county, area=area))], audience)
    changes = _changes(session, county, [row.id for row in found], opened)

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

    for row in _kept(found, today, answers_of):
        household = None if row.person else row.household
        yield (
            row.id, _schema(row), row.occurred_on, row.person, household, row.author, row.role, row.area, told(row)
        )  # fmt: skip


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


def _kept(found: list[_Found], today: str, answers_of: Callable[[_Found], dict[str, Any]]) -> list[_Found]:
    """A year of them, and of those before what has to be known however old it is."""
    # Sorted here: the database would carry every sealed body through its sorter.
    found.sort(key=attrgetter("occurred_on", "id"))
    since = (date.fromisoformat(today) - timedelta(days=days("snapshot_days"))).isoformat()
    begun = bisect_left(found, since, key=attrgetter("occurred_on"))
    before, year = found[:begun], found[begun:]
    if not before:
        return year
    plans = [plan for plan in book().schedules if plan["active"] and plan["kind"] == "record"]
    anchors = {anchor["form"] for plan in plans for anchor in plan["anchors"]}
    counting = anchors | {
        matcher["form"] for plan in plans for matcher in [*plan["done_by"], *plan["stop"], *plan["decline"]["by"]]
    }
    newest, kept, old = {(row.about, row.form) for row in year}, set[str](), dict[str, list[_Found]]()
    for row in reversed(before):
        if row.form == "consent" or (row.form in anchors and (row.about, row.form) not in newest):
            kept.add(row.id)
        elif row.form in counting:
            old[row.about] = []
        newest.add((row.about, row.form))
    for row in reversed(found):
        if row.about in old:
            old[row.about].append(row)
    for mine in old.values():
        kept |= counted(book().schedules, [_record(row, answers_of(row)) for row in mine])
    return [*(row for row in before if row.id in kept), *year]


def _record(row: _Found, answers: dict[str, Any]) -> dict[str, Any]:
    """The row as the rules read a record."""
    return {
        "id": row.id, "form": row.form, "status": "live", "occurred_on": row.occurred_on, "person": row.person,
        "household": row.household, "role": row.role, "answers": answers,
    }  # fmt: skip


def _of_audience(found: list[_Found], audience: str) -> list[_Found]:
    """Those of a feed's place that its audience reads; of a form, who reads it depends on who wrote it."""
    if audience == "stock":
        return found
    held = book().forms

    @cache
    def reads(name: str, role: str, source: str) -> bool:
        form = held.get(name)
        return form is not None and forms.audience(form, "import" if source == "import" else role) == audience

    return [row for row in found if reads(row.form, row.role, row.source)]


def _changes(session: Session, county: str, records: Sequence[str], opened: Opener) -> dict[str, list[dict[str, Any]]]:
    """Answers changed by amendments, by record, in the order they came."""
    rows: list[tuple[str, bytes, int, int | None, str]] = []
    for start in range(0, len(records), AT_ONCE):
        rows += driven(session, AMENDED, records[start : start + AT_ONCE], county=county)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for of, sealed, *_ in sorted(rows, key=lambda row: (row[2], row[3] or 0, row[4])):
        found[of].append(orjson.loads(opened(sealed))["answers"])
    return found


@cache
def _questions(township: bool, stock: bool) -> Executable:
    """What to ask for the records of a village, a township or a township's stock: all alternatives at once, each of which
    an index answers."""
    records: Select[Any] = select(*_COLUMNS).join_from(
        Record.__table__, Event.__table__, (_EVENT.county == _RECORD.county) & (_EVENT.id == _RECORD.id), isouter=True
    )
    live: Conditions = [_RECORD.county == COUNTY, _RECORD.shown, _RECORD.status == "live"]
    return union_all(*(records.where(*live, *one) for one in _about(township, stock)))


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
