"""The rounds of a township's villages, worked out from their records each time something was written about them.

Only counts are remembered, per village and stretch of days, until a feed of the village moves on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from threading import Lock
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.models import Feed, Household, Person, Record
from server.models.area import county_of
from server.reports.people import merged
from server.reports.rounds import Round, Stretch, tally
from server.rules.book import Book
from server.sync import county_days

MOST = 400
Heads = tuple[tuple[int, int], ...]


class Rounds:
    """Counted rounds of this process."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Stretch], tuple[Heads, Round]] = {}
        self._lock = Lock()

    def of(self, session: Session, book: Book, village: str, stretch: Stretch) -> Round:
        """The round of one village."""
        county = county_of(village)
        heads = (*_heads(session, village), (0, county_days.number(session, county) or 0))
        with self._lock:
            kept = self._known.get((village, stretch))
        if kept is not None and kept[0] == heads:
            return kept[1]
        counted = tally(county_days.schedules(session, county, book), records_of(session, village), stretch)
        with self._lock:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[village, stretch] = heads, counted
        return counted


def _heads(session: Session, village: str) -> Heads:
    mine = select(Feed.id, Feed.seq).where(Feed.county == county_of(village), Feed.area == village)
    return tuple((row[0], row[1]) for row in session.execute(mine.order_by(Feed.id)))


COLUMNS = (Record.id, Record.form, Record.occurred_on, Record.coded, Record.role, Record.author, Record.person,
           Record.household, Record.status, Record.days)  # fmt: skip


def records_of(session: Session, village: str, forms: Collection[str] | None = None) -> list[dict[str, Any]]:
    """What the rules read of a village: its people's records that she has agreed to, at the door where they live now;
    those of some forms alone when these are named."""
    county = county_of(village)
    living = select(Person.id, Person.household_id).where(
        Person.county == county, Person.area == village, Person.erased_at.is_(None), Person.merged_into.is_(None)
    )
    homes = {row[0]: row[1] for row in session.execute(living)}
    same = {person: root for person, root in merged(session, county).items() if root in homes}
    doors = select(Household.id).where(Household.county == county, Household.area == village)
    people = select(Person.id).where(Person.county == county, Person.area == village)
    found = select(*COLUMNS).where(
        Record.county == county, Record.shown, Record.blocked.is_(False), Record.status == "live",
        or_(Record.person.in_(people), Record.person.in_(same), Record.person.is_(None) & Record.household.in_(doors)),
    )  # fmt: skip
    if forms is not None:
        found = found.where(Record.form.in_(sorted(forms)))
    rows = (_plain(row, homes, same) for row in session.execute(found))
    return [row for row in rows if row["person"] in homes or row["person"] is None]


def _plain(row: Any, homes: Mapping[str, str], same: Mapping[str, str]) -> dict[str, Any]:
    record = dict(row._mapping)
    person = same.get(record["person"], record["person"])
    return record | {
        "answers": record.pop("coded"), "person": person, "household": homes.get(person, record["household"])
    }  # fmt: skip
