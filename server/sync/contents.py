"""What a snapshot of a feed holds: the state that the feed's rows add up to, without what is too old to matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from server.models import Event, Feed, FeedRow, Household, Person, Record
from server.rules import forms
from server.sync import log
from server.sync.append import book
from server.sync.feeds import Key
from server.sync.moving import house_state, whole_state
from server.sync.retention import days

HOUSEHOLD_COLS = ["id", "area", "group", "grid", "number", "note", "rev"]
PERSON_COLS = [
    "id", "household", "name", "name_key", "sex", "birth", "id_last4", "phone", "relation", "marital", "residence",
    "residence_place", "note", "rev",
]  # fmt: skip
RECORD_COLS = ["id", "schema", "occurred_on", "person", "household", "actor", "role", "area", "answers"]
AT_ONCE = 5000
Line = list[Any]


@dataclass(slots=True)
class Group:
    """A household with its people and what is known of them; they stay in one chunk."""

    households: list[Line] = field(default_factory=list)
    persons: list[Line] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Contents:
    """All groups of a feed, in the order of their door plates. `rev`: the revision most fields share."""

    groups: list[Group]
    rev: str | None

    @property
    def overhead(self) -> int:
        """Bytes of JSON around a group's own."""
        return len(orjson.dumps(self.tables([Group()])))

    def tables(self, groups: Sequence[Group]) -> dict[str, Any]:
        """The part of a chunk that these groups fill."""
        parts: dict[str, Any] = {"rev": self.rev} if self.rev else {}
        for name, cols in (("households", HOUSEHOLD_COLS), ("persons", PERSON_COLS), ("records", RECORD_COLS)):
            lines = [line for group in groups for line in getattr(group, name)]
            parts[name] = _table(cols, lines, self.rev)
        return parts | {"rows": [row for group in groups for row in group.rows]}


def _table(cols: list[str], lines: list[Line], rev: str | None) -> dict[str, Any]:
    """Columns that are empty in every line are left out; a revision that is the chunk's own is null."""
    if cols[-1] == "rev":
        lines = [[*line[:-1], _rev(line[-1], rev)] for line in lines]
    used = [i for i, _ in enumerate(cols) if any(line[i] is not None for line in lines)]
    return {"cols": [cols[i] for i in used], "rows": [[line[i] for i in used] for line in lines]}


def _rev(by_field: dict[str, str], rev: str | None) -> dict[str, str] | None:
    """Only what differs from the chunk's revision."""
    return {name: by for name, by in by_field.items() if by != rev} or None


def gather(session: Session, county: str, key: Key, today: str) -> Contents:
    """Everything a new reader of this feed is to know."""
    area, audience = key
    groups: dict[str, Group] = defaultdict(Group)
    homes: dict[str, str] = {}
    revisions: Counter[str] = Counter()
    if audience == "common":
        _people(session, county, area, groups, homes, revisions)
    for record in _records(session, county, key, today):
        at = homes.get(record.person or "") or record.household or record.person or ""
        groups[at].records.append(record)
    _write_answers(session, county, groups.values())
    for row in _notes(session, county, key, today):
        groups[homes.get(row["person"], row["person"])].rows.append(row)
    return Contents(list(groups.values()), revisions.most_common(1)[0][0] if revisions else None)


def _people(
    session: Session, county: str, area: str, groups: dict[str, Group], homes: dict[str, str], seen: Counter[str]
) -> None:
    persons = session.scalars(select(Person).where(Person.county == county, *_lives(area)).order_by(Person.id)).all()
    here = (Household.area == area) if len(area) == 12 else Household.id.in_({p.household_id for p in persons})
    plates = select(Household).where(Household.county == county, Household.erased_at.is_(None), here)
    for plate in session.scalars(plates.order_by(Household.group, Household.number, Household.id)):
        state = house_state(plate)
        seen.update(state["rev"].values())
        groups[plate.id].households.append(_line(HOUSEHOLD_COLS, {"id": plate.id} | state["set"], state["rev"]))
    for person in persons:
        shown, rev = whole_state(person)
        seen.update(rev.values())
        homes[person.id] = person.household_id
        group = groups[person.household_id]
        group.persons.append(_line(PERSON_COLS, {"id": person.id} | shown, rev))
        if person.merged_into:
            body = {"from": person.id, "to": person.merged_into}
            group.rows.append({"id": f"merge:{person.id}", "kind": "merge", "person": person.id, "body": body})


def _lives(area: str) -> list[ColumnElement[bool]]:
    where = Person.area == area
    if len(area) == 9:
        where = Person.area.startswith(area, autoescape=True) & (Person.residence == "moved_in")
    return [Person.erased_at.is_(None), where]


def _line(cols: list[str], values: dict[str, Any], rev: dict[str, str]) -> Line:
    return [values.get(name) for name in cols[:-1]] + [rev]


def _records(session: Session, county: str, key: Key, today: str) -> list[Any]:
    """Live shown records of this feed: a year of them, and each person's newest of every form that a schedule counts from."""
    _area, audience = key
    shown = select(Record).where(Record.county == county, Record.shown, Record.status == "live", *_about(county, key))
    anchors = {anchor["form"] for plan in book().schedules if plan["active"] for anchor in plan.get("anchors", ())}
    since = (date.fromisoformat(today) - timedelta(days=days("snapshot_days"))).isoformat()
    newest: set[tuple[str, str]] = set()
    kept = []
    for record in session.scalars(shown.order_by(Record.occurred_on.desc(), Record.id.desc())):
        if audience != "stock" and _audience(record) != audience:
            continue
        who = (record.person or record.household or "", record.form)
        if record.occurred_on >= since or (record.form in anchors and who not in newest):
            kept.append(record)
        newest.add(who)
    return kept[::-1]


def _audience(record: Record) -> str:
    form = book().forms.get(record.form)
    return forms.audience(form, "import" if record.source == "import" else record.role) if form else "none"


def _about(county: str, key: Key) -> list[ColumnElement[bool]]:
    """Whom the records of a feed are about, as they live today."""
    area, audience = key
    if audience == "stock":
        here = Record.area.startswith(area, autoescape=True)
        return [here, Record.person.is_(None), Record.household.is_(None), Record.purpose.is_not(None)]
    people = select(Person.id).where(Person.county == county, *_lives(area))
    if len(area) == 9:
        return [Record.person.in_(people)]
    plates = select(Household.id).where(Household.county == county, Household.area == area)
    return [Record.person.in_(people) | (Record.person.is_(None) & Record.household.in_(plates))]


def _write_answers(session: Session, county: str, groups: Iterable[Group]) -> None:
    """Turn the gathered records into lines, with all their answers as they stand after corrections."""
    held = [group for group in groups if group.records]
    answers: dict[str, dict[str, Any]] = {}
    everything = [record.id for group in held for record in group.records]
    for start in range(0, len(everything), AT_ONCE):
        ids = everything[start : start + AT_ONCE]
        firsts = select(Event.id, Event.body).where(Event.county == county, Event.id.in_(ids))
        answers |= {key: log.open_blob(body)["answers"] for key, body in session.execute(firsts) if body}
        changes = select(Event.of, Event.body).where(Event.county == county, Event.of.in_(ids), Event.kind == "amend")
        for key, body in session.execute(changes.order_by(Event.received_at, Event.dseq, Event.id)):
            if body and key in answers:
                answers[key] |= log.open_blob(body)["answers"]
    for group in held:
        group.records = [_record_line(record, answers.get(record.id, {})) for record in group.records]


def _record_line(record: Any, answers: dict[str, Any]) -> Line:
    given = {name: value for name, value in answers.items() if value is not None}
    schema, household = f"{record.form}/{record.form_version}", None if record.person else record.household
    return [
        record.id,
        schema,
        record.occurred_on,
        record.person,
        household,
        record.author,
        record.role,
        record.area,
        given,
    ]


def _notes(session: Session, county: str, key: Key, today: str) -> list[dict[str, Any]]:
    """The newest note of each record in this feed, a year of them and each person's newest."""
    asked = (
        select(Event.id, Event.person, Event.body)
        .join(FeedRow, (FeedRow.county == Event.county) & (FeedRow.event_id == Event.id))
        .join(Feed, (Feed.county == FeedRow.county) & (Feed.id == FeedRow.feed_id))
        .where(Feed.county == county, Feed.area == key[0], Feed.audience == key[1], FeedRow.hidden.is_(False))
        .where(Event.kind == "note", Event.body.is_not(None))
        .order_by(FeedRow.seq.desc())
    )
    since = (date.fromisoformat(today) - timedelta(days=days("snapshot_days"))).isoformat()
    told, people, kept = set(), set(), list[dict[str, Any]]()
    for event, person, blob in session.execute(asked):
        body = log.open_blob(blob or b"")
        if body["of"] not in told and (body["occurred_on"] >= since or person not in people):
            kept.append({"id": event, "kind": "note", "person": person, "body": body})
        told.add(body["of"])
        people.add(person)
    return kept[::-1]
