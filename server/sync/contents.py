"""What a snapshot of a feed holds: the state that the feed's rows add up to, without what is too old to matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Executable, Select, bindparam, exists, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.models import Event, Feed, FeedRow, Person, Record
from server.sync import log
from server.sync.asking import COUNTY, driven
from server.sync.feeds import Key
from server.sync.histories import AREA, SEALED, TOWNSHIP, family, opener, records_of
from server.sync.people import homes_of, households_of, persons_of
from server.sync.retention import days
from server.sync.tables import HOUSE, HOUSE_OF_PERSON, PERSON, Contents, Group

# What stands in these feeds is whole each time it is told: of a worker's own feed her areas and her bag.
TOLD_WHOLE: dict[str, frozenset[str] | None] = {"ref": None, "own": frozenset({"grant", "bag"})}


def gather(session: Session, county: str, key: Key, today: str) -> Contents:
    """Everything a new reader of this feed is to know."""
    area, audience = key
    groups: dict[str, Group] = defaultdict(Group)
    homes: dict[str, str] = {}
    revisions: Counter[str] = Counter()
    if audience == "common":
        _people(session, county, area, groups, homes, revisions)
    for line in records_of(session, county, key, today):
        person = line[PERSON] or ""
        groups[homes.get(person) or line[HOUSE] or person].records.append(line)
    if audience in TOLD_WHOLE:
        groups[""].rows.extend(_reference(session, county, key, TOLD_WHOLE[audience]))
    for row in _told(session, county, key, today):
        person = row.get("person", "")
        groups[homes.get(person) or row.get("household") or person].rows.append(row)
    return Contents(list(groups.values()), revisions.most_common(1)[0][0] if revisions else None)


def _people(
    session: Session, county: str, area: str, groups: dict[str, Group], homes: dict[str, str], seen: Counter[str]
) -> None:
    township = len(area) == TOWNSHIP
    persons = persons_of(session, county, area, township=township)
    plates = homes_of(session, county, persons) if township else households_of(session, county, area)
    for line in plates:
        seen.update(line[-1].values())
        groups[line[0]].households.append(line)
    for line in persons:
        seen.update(line[-1].values())
        homes[line[0]] = line[HOUSE_OF_PERSON]
        groups[line[HOUSE_OF_PERSON]].persons.append(line)
    for one, into in driven(session, _aliases(township), county=county, area=area):
        home = homes[one] = homes.get(into, into)
        body = {"from": one, "to": into}
        groups[home].rows.append({"id": f"merge:{one}", "kind": "merge", "person": one, "body": body})


@cache
def _aliases(township: bool) -> Select[str, str | None]:
    """Who was merged into whom of them."""
    here = Person.id.in_(select(family(township).c.id))
    merged = select(Person.id, Person.merged_into).where(Person.county == COUNTY, Person.merged_into.is_not(None), here)
    return merged.order_by(Person.id)


_SHOWN = (
    select(Event.id, Event.kind, Event.t, Event.actor, Event.role, Event.person, Event.household, SEALED)
    .join(FeedRow, (FeedRow.county == Event.county) & (FeedRow.event_id == Event.id))
    .join(Feed, (Feed.county == FeedRow.county) & (Feed.id == FeedRow.feed_id))
    .where(Feed.county == COUNTY, Feed.area == AREA, Feed.audience == bindparam("audience"))
    .where(FeedRow.hidden.is_(False), Event.body.is_not(None))
    .order_by(FeedRow.seq.desc())
)
_TOLD = _SHOWN.where(
    # Nearly every row is a record's: the index of those says so, and their events need not be looked up.
    ~exists().where(Record.county == FeedRow.county, Record.id == FeedRow.event_id),
    (Event.kind == "note") | ((Event.kind == "state") & (Event.actor != log.SERVER)),
)


_WAS = b'"was":'  # most states have none: what is new was nothing before


class _Row(NamedTuple):
    """A row of a feed as it was read; `at`: ms, as its author's clock had it."""

    id: str
    kind: str
    at: int
    actor: str
    role: str
    person: str | None
    household: str | None
    sealed: bytes


def _rows(session: Session, county: str, key: Key, asked: Executable) -> Iterator[_Row]:
    """The newest first."""
    return map(_Row._make, driven(session, asked, county=county, area=key[0], audience=key[1]))


def _reference(session: Session, county: str, key: Key, kinds: frozenset[str] | None) -> list[dict[str, Any]]:
    """The newest row of each of these kinds (None: of every kind): what is told whole each time."""
    newest: dict[str, dict[str, Any]] = {}
    opened = opener()
    for row in _rows(session, county, key, _SHOWN):
        if kinds is not None and row.kind not in kinds:
            continue
        newest.setdefault(row.kind, {"id": row.id, "kind": row.kind, "body": orjson.loads(opened(row.sealed))})
    return list(newest.values())


def _told(session: Session, county: str, key: Key, today: str) -> list[dict[str, Any]]:
    """A year of what this feed told beside records, in its order, of each record the newest note and of each person
    the newest whatever its age; and who changed what of persons and households."""
    since = (date.fromisoformat(today) - timedelta(days=days("snapshot_days"))).isoformat()
    told, people, kept = set(), set(), list[dict[str, Any]]()
    opened = opener()
    for row in _rows(session, county, key, _TOLD):
        stored = opened(row.sealed)
        if row.kind == "state":
            kept += _change(row, stored, since)
            continue
        body = orjson.loads(stored)
        if body["of"] not in told and (body["occurred_on"] >= since or row.person not in people):
            kept.append({"id": row.id, "kind": "note", "person": row.person, "body": body})
        told.add(body["of"])
        people.add(row.person)
    return kept[::-1]


def _change(row: _Row, stored: bytes, since: str) -> list[dict[str, Any]]:
    """A change of fields as phones remember it; none where nothing stood before."""
    if _WAS not in stored or day_of(row.at).isoformat() < since:
        return []
    body = orjson.loads(stored)
    if "was" not in body:
        return []
    told = {"id": row.id, "kind": "change", "t": row.at, "actor": row.actor, "role": row.role}
    about = {"person": row.person} if row.person else {}
    return [told | about | {"household": row.household, "body": body}]
