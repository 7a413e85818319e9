"""What the town knows, read past the sync rooms: for saying whether a row may lie where it lies, and that none is lost."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import orjson
from sqlalchemy import func, select

from server.extensions import db
from server.ids import b64
from server.models import Conflict, Event, Feed, FeedRow, Parked
from server.sync import epoch, fields, log
from server.sync.feeds import chain
from server.sync.patching import KINDS

Answer = dict[str, Any]
_PERSON = "select id, area, household_id, residence, merged_into, erased_at from person"
_RECORD = """select id, form, role, source, person, household, area, author, occurred_on, status, purpose, coded
    from record"""
_TWICE = "select 1 from event where actor != ? group by digest having count(*) > 1"
# A snapshot leaves out what was struck out.
_PREFIX = """select row.seq, event.id, event.digest,
    event.kind = 'record' and not row.hidden and event.body is not null and record.status = 'live'
    from feed_row row join event on event.county = row.county and event.id = row.event_id
    left join record on record.county = row.county and record.id = event.id
    where row.feed_id = ? and row.seq <= ? order by row.seq"""


def everything(_: Answer) -> Answer:
    """Persons, households, records and grants in force, as plain rows."""
    with _file() as file:
        records = {row[0]: [*row[1:-1], orjson.loads(row[-1])] for row in file.execute(_RECORD)}
        return {
            "persons": {row[0]: row[1:] for row in file.execute(_PERSON)},
            "houses": dict(file.execute("select id, area from household")),
            "records": records,
            "grants": file.execute('select worker_id, role, area from "grant" where revoked_at is null').fetchall(),
            # Same digest, which covers id, salt and answers: an event of a phone that stands in the log more than once.
            "twice": len(file.execute(_TWICE, [log.SERVER]).fetchall()),
        }


@contextmanager
def _file() -> Iterator[sqlite3.Connection]:
    """The database past all that the app is built on: it is asked after every step."""
    with closing(sqlite3.connect(str(db.engine.url.database))) as file:
        yield file


def has(given: Answer) -> Answer:
    """Which of these events are here: in the log, or parked whole."""
    ids = given["ids"]
    logged = db.session().scalars(select(Event.id).where(Event.id.in_(ids)))
    parked = db.session().scalars(select(Parked.event_id).where(Parked.event_id.in_(ids)))
    return {"ids": sorted({*logged, *parked})}


def kept_fork(given: Answer) -> Answer:
    """How many different contents are parked under this id."""
    held = select(func.count()).select_from(Parked).where(Parked.event_id == given["id"])
    return {"count": db.session().scalar(held)}


def prefix(given: Answer) -> Answer:
    """For feeds known up to a number: the chain's head there, and the records that such a reader must hold.

    Nothing for a reader that has not met this life of the server yet.
    """
    if given["epoch"] != epoch.current():
        return {}
    with _file() as file:
        return {"town": {f: _fold(file.execute(_PREFIX, [int(f), upto])) for f, upto in given["feeds"].items()}}


def _fold(rows: Any) -> Answer:
    head, number, ids = bytes(8), 0, list[str]()
    for seq, event, digest, wanted in rows:
        head, number = chain(head, event, digest), number + 1
        assert seq == number, "a feed's numbers are not dense"
        if wanted:
            ids.append(event)
    return {"q": number, "h": b64(head), "records": ids}


def sums(_: Answer) -> Answer:
    """Figures for the report, and patches that were accepted but neither applied nor kept as a conflict."""
    kinds = Counter(db.session().scalars(select(Event.kind)))
    return {"hides": kinds["hide"] + kinds["erase"], "moves": kinds["move"], "vanished": _vanished()}


def _vanished() -> list[str]:
    """An edit may be applied, equal what stood there, or be kept as a conflict; it may not disappear."""
    events = db.session().execute(select(Event.id, Event.kind, Event.schema, Event.body, Event.person))
    told, stood, patches = set[tuple[str, str]](), set[tuple[str, str]](), list[tuple[str, str, Answer, str | None]]()
    for event, kind, schema, blob, person in events:
        body = log.open_blob(blob) if blob else None
        if body and kind == "state":
            told |= {(by, name) for name, by in _revisions(body)}
            stood |= {(name, repr(value)) for name, value in body["set"].items()}
        elif body and kind == "patch":
            patches.append((event, schema.split("/")[0], body, person))
    # What was said of a merged entry went to the one kept, and is gone with her when she is erased.
    merged = set(db.session().scalars(select(Event.person).where(Event.kind == "merge")))
    told |= {(row[0], row[1]) for row in db.session().execute(select(Conflict.offered_event, Conflict.field))}
    return [
        f"{event} {name} of {person}"
        for event, kind, body, person in patches
        if person not in merged
        for name, value in body["set"].items()
        if name in fields.known(KINDS[kind], "phone") and name != "id_number"
        if (event, name) not in told and (name, repr(value)) not in stood
    ]


def _revisions(body: Answer) -> list[tuple[str, str]]:
    rev = body["rev"]
    return [(name, rev.get(name, rev.get("*"))) for name in {*body["set"], *rev} if name != "*"]


def trace(given: Answer) -> Answer:
    """Every row that speaks of these ids, feed by feed, for the reader of a story that went wrong."""
    ids = set(given["ids"])
    joined = (
        select(Feed.area, Feed.audience, FeedRow.seq, FeedRow.hidden, Event)
        .join(FeedRow, (FeedRow.county == Feed.county) & (FeedRow.feed_id == Feed.id))
        .join(Event, (Event.county == FeedRow.county) & (Event.id == FeedRow.event_id))
        .order_by(Feed.id, FeedRow.seq)
    )
    lines = []
    for area, audience, seq, hidden, event in db.session().execute(joined):
        body = log.body_of(event)
        if ids & {event.id, event.person, event.household, event.of} or any(key in repr(body) for key in ids):
            said = f"{event.kind} {event.id} of {event.person or event.household} by {event.actor}"
            lines.append(f"{area}.{audience} {seq}{' hidden' if hidden else ''}: {said} {repr(body)[:300]}")
    unshown = select(Event).where(Event.id.in_(ids), Event.kind == "patch")
    lines += [f"patch {event.id}: {log.body_of(event)} {event.flag or ''}" for event in db.session().scalars(unshown)]
    return {"lines": lines}
