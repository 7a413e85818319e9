"""The questions that every push and pull asks, built once: building them again cost a third of a poll's time."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, CursorResult, Executable, bindparam, select, tuple_, union_all
from sqlalchemy.orm import Session

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
    return session.connection().execute(statement, values)


def _in(column: Any, name: str = "ids") -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(bindparam(name, expanding=True))
    return found


HOMES = select(
    Person.id, Person.area, Person.household_id, Person.residence, Person.merged_into, Person.erased_at
).where(Person.county == COUNTY, _in(Person.id))
HOUSES = select(Household.id, Household.area, Household.erased_at).where(Household.county == COUNTY, _in(Household.id))
AREAS = select(Area.code).where(_in(Area.code))
STANDING = select(Consent.person, Consent.purpose, Consent.decision, Consent.expires_on).where(
    Consent.county == COUNTY, _in(Consent.person)
)
RECORDS = select(Record.__table__).where(Record.county == COUNTY, _in(Record.id))
DIGESTS = select(Event.id, Event.digest).where(Event.county == COUNTY, _in(Event.id))
NUMBERS = select(Event.dseq, Event.id).where(
    Event.county == COUNTY,
    Event.store_id == bindparam("store"),
    Event.dseq.between(bindparam("low"), bindparam("high")),
)
PARKED = select(Parked.event_id, Parked.digest, Parked.reason, Parked.decision).where(
    Parked.county == COUNTY, _in(Parked.event_id)
)
COUNTERS = (
    select(Feed.area, Feed.audience, Feed.id, Feed.seq, Feed.h)
    .where(Feed.county == COUNTY, tuple_(Feed.area, Feed.audience).in_(bindparam("keys", expanding=True)))
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
EVENTS = select(*EVENT).where(Event.county == COUNTY, _in(Event.id), Event.body.is_not(None))
