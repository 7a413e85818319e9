"""The questions that every push and pull asks, built once: building them again cost a third of a poll's time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Executable,
    bindparam,
    func,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from server.extensions import for_driver, line_of, read_rows
from server.models import (
    Area,
    Consent,
    Event,
    Feed,
    FeedRow,
    Grant,
    Household,
    Parked,
    Person,
    Phone,
    Record,
    Snapshot,
    Store,
)

Question: TypeAlias = Executable
COUNTY: BindParameter[str] = bindparam("county")


def ask(session: Session, statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """Plain rows, without the ORM in between."""
    return line_of(session).execute(statement, values)


def driven(session: Session, statement: Executable, ids: Sequence[str] = (), **values: Any) -> list[Any]:
    """Rows as the driver gives them, without SQLAlchemy's part in it. `ids`: what `Among` in this statement looks for."""
    connection = line_of(session)
    text, names, fixed = for_driver(connection.dialect, statement)
    given: Any = fixed | values
    if names is None:
        given |= {"ids": [*ids]}
    elif _LISTED not in text:
        given = tuple([given[name] for name in names])
    else:
        size = next((size for size in _SIZES if size >= len(ids)), len(ids))
        text = text.replace(_LISTED, _marks(size))
        given = (*(given[name] for name in names), *ids, *[None] * (size - len(ids)))
    return read_rows(connection, text, given)


def change(session: Session, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
    """One statement for each of these rows' values, packed as the driver takes them: JSON is a text."""
    connection = line_of(session)
    text, names, fixed = for_driver(connection.dialect, statement)
    given: Any = [fixed | row for row in rows]
    connection.exec_driver_sql(
        text, given if names is None else [tuple([row[name] for name in names]) for row in given]
    )


class Among(ColumnElement[bool]):
    """Whether a column is among the ids of a question: an array for PostgreSQL; for SQLite the marks of one of a few sizes,
    so that a statement was seen before, and last of all values."""

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        self.column = column


_LISTED = "(:ids:)"
_SIZES = (1, 4, 16, 64, 256, 512)


@compiles(Among)
def _among(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    return column + (f" IN {_LISTED}" if compiler.dialect.name == "sqlite" else " = ANY(%(ids)s)")


@cache
def _marks(size: int) -> str:
    return f"({', '.join('?' * size)})"


def _in(column: Any, name: str = "ids") -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(bindparam(name, expanding=True))
    return found


HOMES = select(
    Person.id, Person.area, Person.household_id, Person.residence, Person.merged_into, Person.erased_at, Person.birth
).where(Person.county == COUNTY, Among(Person.id))
HOUSES = select(Household.id, Household.area, Household.erased_at).where(
    Household.county == COUNTY, Among(Household.id)
)
AREAS = select(Area.code).where(Among(Area.code))
STANDING = select(Consent.person, Consent.purpose, Consent.decision, Consent.expires_on).where(
    Consent.county == COUNTY, Among(Consent.person)
)
RECORDS = select(Record.__table__).where(Record.county == COUNTY, _in(Record.id))
DIGESTS = select(Event.id, Event.digest).where(Event.county == COUNTY, Among(Event.id))
NUMBERS = select(Event.dseq, Event.id).where(
    Event.county == COUNTY,
    Event.store_id == bindparam("store"),
    Event.dseq.between(bindparam("low"), bindparam("high")),
)
PARKED = select(Parked.event_id, Parked.digest, Parked.reason, Parked.decision).where(
    Parked.county == COUNTY, Among(Parked.event_id)
)
COUNTERS = (
    select(Feed.area, Feed.audience, Feed.id, Feed.seq, Feed.h)
    .where(Feed.county == COUNTY, Among(Feed.area))
    .order_by(Feed.id)
    .with_for_update()
)
_STORE = (
    select(
        Store.worker_id, Store.phone_id, Phone.state, Store.have, Store.top, Store.backed_up, Store.offsets,
        Phone.last_seen,
    )
    .join(Phone, Phone.id == Store.phone_id)
    .where(Store.county == COUNTY, Store.id == bindparam("store"))
)  # fmt: skip
STORE = _STORE
STORE_LOCKED = _STORE.with_for_update(of=Store)
GRANTS = select(Grant.role, Grant.area, Grant.revoked_at).where(Grant.worker_id == bindparam("worker"))
HELD = [
    select(table.dseq).where(
        table.county == COUNTY, table.store_id == bindparam("store"), table.dseq > bindparam("have")
    )
    for table in (Event, Parked)
]
HEADS = (
    select(Feed.id, Feed.area, Feed.audience, Feed.seq, Feed.h, Snapshot.seq)
    .outerjoin(Snapshot, (Snapshot.county == Feed.county) & (Snapshot.feed_id == Feed.id))
    .where(Feed.county == COUNTY)
    .where(_in(Feed.area, "areas") | Feed.area.between(bindparam("low"), bindparam("high")))
    .order_by(Feed.id)
)
PLACE = select(Feed.area, Feed.audience).where(Feed.county == COUNTY, Feed.id == bindparam("feed"))
MERGED = select(Person.id, Person.merged_into).where(Person.county == COUNTY, Among(Person.merged_into))
MOVED_IN = (
    select(Person.area)
    .where(Person.county == COUNTY, Person.household_id == bindparam("door"), Person.residence == "moved_in")
    .where(Person.merged_into.is_(None), Person.erased_at.is_(None))
    .limit(1)
)
NAMES = select(Area.code, Area.name).where(_in(Area.code))
EVENT = (
    Event.id, Event.kind, Event.digest, Event.body, Event.schema, Event.t.label("at"), Event.actor, Event.role,
    Event.area, Event.person, Event.household,
)  # fmt: skip


@cache
def few(spans: int) -> Executable:
    """Rows of so many feeds at once, in no order: feed0, after0, upto0, feed1, …"""
    rows = select(FeedRow.feed_id, FeedRow.seq, FeedRow.hidden, *EVENT).join(
        Event, (Event.county == FeedRow.county) & (Event.id == FeedRow.event_id)
    )
    return union_all(
        *(
            rows.where(
                FeedRow.county == COUNTY,
                FeedRow.feed_id == bindparam(f"feed{at}"),
                FeedRow.seq > bindparam(f"after{at}"),
                FeedRow.seq <= bindparam(f"upto{at}"),
            )
            for at in range(spans)
        )
    )


PAGE = (
    select(FeedRow.seq, FeedRow.hidden, *EVENT)
    .join(Event, (Event.county == FeedRow.county) & (Event.id == FeedRow.event_id))
    .where(
        FeedRow.county == COUNTY, FeedRow.feed_id == bindparam("feed"), FeedRow.seq > bindparam("after"),
        FeedRow.seq <= bindparam("upto"),
    )
    .order_by(FeedRow.seq)
    .limit(bindparam("most"))
)  # fmt: skip
AMENDED = select(Event.of, Event.body, Event.received_at, Event.dseq, Event.id).where(
    Event.county == COUNTY, Event.kind == "amend", Event.body.is_not(None), Event.of.is_not(None), Among(Event.of)
)
CHANGED = select(func.max(Event.received_at)).where(Event.county == COUNTY, Event.of == bindparam("record"))
EVENTS = select(*EVENT).where(Event.county == COUNTY, _in(Event.id), Event.body.is_not(None))
