"""The monthly sheet about people who move, 每月信息报告单: what the service did, each number with the rows behind it.

arrived, left: people whose residence was written down as moved in or out in the month, by somebody's phone or the desk (not
by an import, which has no day). served: records of the month for people who moved in, and for guests by their card;
consents are no service. sent, received: transfers of the month; open: those that nobody answered yet, of whatever month.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.models import Event, Person, Record, Transfer
from server.models.area import county_of

PARTS = ("arrived", "left", "served", "sent", "received", "open")
MOVED = {"arrived": "moved_in", "left": "moved_out"}
OPEN = ("waiting", "sent")
GUEST = "________-____-8___-____-____________"  # a UUID of version 8, see server/cards/linking
Row = dict[str, Any]


def sheet(session: Session, township: str, month: str) -> dict[str, list[Row]]:
    """{part: [{id, person, area, on, what}]} of a township and a month YYYY-MM; `what` is a form, a state or None."""
    transfers = list(session.scalars(select(Transfer).where(Transfer.township == township).order_by(Transfer.asked_at)))
    return {
        **{part: _moved(session, township, month, residence) for part, residence in MOVED.items()},
        "served": _served(session, township, month),
        "sent": _transfers(row for row in transfers if row.side == "out" and _month(row.asked_at) == month),
        "received": _transfers(row for row in transfers if row.side == "in" and _month(row.asked_at) == month),
        "open": _transfers(row for row in transfers if row.state in OPEN),
    }


def _month(ms: int) -> str:
    return day_of(ms).isoformat()[:7]


def _moved(session: Session, township: str, month: str, residence: str) -> list[Row]:
    here = select(Person).where(
        Person.county == county_of(township), Person.area.startswith(township), Person.residence == residence,
        Person.merged_into.is_(None), Person.erased_at.is_(None),
    )  # fmt: skip
    people = {person.rev.get("residence", ""): person for person in session.scalars(here.order_by(Person.id))}
    by = select(Event).where(Event.county == county_of(township), Event.id.in_(people))
    days = [(day_of(one.t if one.t_fixed is None else one.t_fixed).isoformat(), one.id) for one in session.scalars(by)]
    return [_row(key, people[key].id, people[key].area, day, None) for day, key in sorted(days) if day[:7] == month]


def _served(session: Session, township: str, month: str) -> list[Row]:
    county = county_of(township)
    moved_in = select(Person.id).where(
        Person.county == county, Person.area.startswith(township), Person.residence == "moved_in"
    )
    asked = select(Record.id, Record.person, Record.area, Record.occurred_on, Record.form).where(
        Record.county == county, Record.area.startswith(township), Record.occurred_on.startswith(month),
        Record.status == "live", Record.blocked.is_(False), Record.form != "consent",
        Record.source.not_in(("import", "transfer")), or_(Record.person.in_(moved_in), Record.person.like(GUEST)),
    )  # fmt: skip
    return [_row(*row) for row in session.execute(asked.order_by(Record.occurred_on, Record.id))]


def _transfers(rows: Iterable[Transfer]) -> list[Row]:
    return [_row(row.id, row.person, row.township, day_of(row.asked_at).isoformat(), row.state) for row in rows]


def _row(key: str, person: str | None, area: str, on: str, what: str | None) -> Row:
    return {"id": key, "person": person, "area": area, "on": on, "what": what}
