"""What one writing transaction knows and changes: read in a few statements, written in a few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from server.extensions import Model, line_of
from server.models import Conflict, Event, Household, Person, Record
from server.rules.book import Book
from server.rules.shapes import Schedule
from server.sync import asking, county_days, log
from server.sync.bulk import insert_columns, insert_rows
from server.sync.feeds import Feeds, Key
from server.sync.scope import Home

HOPS = 8


@dataclass(slots=True)
class World:
    """State that the locks in `feeds` guard. `homes` and `houses` hold who was asked for and exists."""

    session: Session
    feeds: Feeds
    county: str
    book: Book
    now: int
    today: str
    homes: dict[str, Home] = field(default_factory=dict)
    houses: dict[str, Home] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    standing: dict[str, dict[str, str]] = field(default_factory=dict)
    consents: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    restood: set[str] = field(default_factory=set)
    people: dict[str, Person] = field(default_factory=dict)
    plates: dict[str, Household] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    new_records: list[dict[str, Any]] = field(default_factory=list)
    columns: list[tuple[type[Model], Mapping[str, Sequence[Any]]]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    offsets: dict[str, int] = field(default_factory=dict)
    placed: dict[tuple[Any, ...], tuple[str, set[Key], set[Key]]] = field(default_factory=dict)

    own_days: tuple[Schedule, ...] | None = None

    # -- reading

    def schedules(self) -> tuple[Schedule, ...]:
        """The book's schedules with what the county changed of their days; read when first asked for."""
        if self.own_days is None:
            self.own_days = county_days.schedules(self.session, self.county, self.book)
        return self.own_days

    def meet(self, persons: Iterable[str], households: Iterable[str]) -> None:
        """Read where these stand, those they were merged into, and their households."""
        missing = set(persons) - self.homes.keys()
        for _ in range(HOPS):
            if not missing:
                break
            found = asking.driven(self.session, asking.HOMES, county=self.county, ids=list(missing))
            for row in found:
                key, area, household, residence, merged, erased, birth = row
                self.homes[key] = Home(key, area, household, residence, merged, erased is not None, birth)
            missing = {h.merged_into for h in self.homes.values() if h.merged_into} - self.homes.keys()
        wanted = set(households) - self.houses.keys()
        if wanted:
            self._meet_houses(wanted)

    def _meet_houses(self, wanted: set[str]) -> None:
        found = asking.driven(self.session, asking.HOUSES, county=self.county, ids=list(wanted))
        for key, area, erased in found:
            self.houses[key] = Home(key, area, erased=erased is not None)

    def know_areas(self, codes: Iterable[str]) -> None:
        """Read which of these area codes exist."""
        wanted = set(codes) - self.areas
        if wanted:
            self.areas |= {code for (code,) in asking.driven(self.session, asking.AREAS, ids=list(wanted))}

    def root(self, person: str) -> Home | None:
        """Who a person is after merges."""
        home = self.homes.get(person)
        for _ in range(HOPS):
            if home is None or home.merged_into is None:
                return home
            home = self.homes.get(home.merged_into)
        return home

    def stand(self, roots: Iterable[str]) -> None:
        """Read where these stand on each purpose."""
        wanted = set(roots) - self.standing.keys()
        if not wanted:
            return
        self.standing.update({root: {} for root in wanted})
        found = asking.driven(self.session, asking.STANDING, county=self.county, ids=list(wanted))
        for person, purpose, decision, last in found:
            over = decision == "given" and last is not None and last < self.today
            self.standing[person][purpose] = "expired" if over else decision

    def know_records(self, ids: Iterable[str]) -> None:
        """Read records that are to be amended or voided."""
        wanted = set(ids) - self.records.keys()
        if wanted:
            found = asking.ask(self.session, asking.RECORDS, county=self.county, ids=list(wanted))
            self.records.update({row.id: dict(row._mapping) for row in found})

    # -- writing

    def put(self, row: dict[str, Any], keys: Set[Key]) -> None:
        """Keep a new event and append it to feeds."""
        self.events.append(row)
        self.show(row["id"], row["digest"], keys)

    def show(self, event_id: str, digest: bytes, keys: Set[Key]) -> None:
        """Append an event that is kept already (or will be) to feeds."""
        for key in sorted(keys) if len(keys) > 1 else keys:
            self.feeds.put(key, event_id, digest)

    def emit(
        self, kind: str, body: dict[str, Any], keys: Set[Key], *,
        area: str | None = None, person: str | None = None, household: str | None = None,
        by: log.Author = log.ITSELF,
    ) -> str:  # fmt: skip
        """Make an event of the server's own and append it to feeds; answers its id. `by`: whose doing it is."""
        row = log.server_row(kind, self.county, self.now, body, area, person, household, by)
        self.put(row, keys)
        return str(row["id"])

    def flush(self) -> None:
        """Write what has gathered, in a few statements."""
        self.session.flush()
        connection = line_of(self.session)
        for model, columns in self.columns:
            insert_columns(connection, model, columns)
        self.columns.clear()
        for table, rows in ((Event, self.events), (Record, self.new_records), (Conflict, self.conflicts)):
            insert_rows(connection, table, rows)
            rows.clear()
        if self.changed:
            rows = [
                {"c": self.county, "i": key} | {n: self.records[key][n] for n in _MUTABLE}
                for key in sorted(self.changed)
            ]
            connection.execute(_CHANGE, rows)
            self.changed.clear()
        self.feeds.save()


_MUTABLE = ("coded", "status", "shown", "blocked")
_CHANGE = (
    update(Record)
    .where(Record.county == bindparam("c"), Record.id == bindparam("i"))
    .values({name: bindparam(name) for name in _MUTABLE})
)
