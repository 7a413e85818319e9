"""What the town knows, read past the sync rooms: for saying whether a row may lie where it lies, and that none is lost."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

import orjson
from sqlalchemy import select

from server.extensions import db
from server.ids import b64
from server.models import Conflict, Event, Feed, FeedRow
from server.sync import epoch, fields, log
from server.sync.feeds import chain
from server.sync.patching import KINDS

Answer = dict[str, Any]
_PERSON = "select id, area, household_id, residence, merged_into, erased_at from person"
_RECORD = """select id, form, role, source, person, household, area, author, occurred_on, status, purpose, coded
    from record"""
_HERE = """select id from event where id in (select value from json_each(?))
    union select event_id from parked where event_id in (select value from json_each(?))"""
_TWICE = "select 1 from event where actor != ? group by digest having count(*) > 1"
# A snapshot leaves out what was struck out.
_PREFIX = """select row.seq, event.id, event.digest,
    event.kind = 'record' and not row.hidden and event.body is not null and record.status = 'live'
    from feed_row row join event on event.county = row.county and event.id = row.event_id
    left join record on record.county = row.county and record.id = event.id
    where row.feed_id = ? and row.seq <= ? order by row.seq"""


def everything(_: Answer) -> Answer:
    """Persons, households, records and grants in force, as plain rows."""
    file = _file()
    return {
        "persons": {row[0]: row[1:] for row in file.execute(_PERSON)},
        "houses": dict(file.execute("select id, area from household")),
        "records": {row[0]: [*row[1:-1], orjson.loads(row[-1])] for row in file.execute(_RECORD)},
        "grants": file.execute('select worker_id, role, area from "grant" where revoked_at is null').fetchall(),
        # Same digest, which covers id, salt and answers: an event of a phone that stands in the log more than once.
        "twice": len(file.execute(_TWICE, [log.SERVER]).fetchall()),
    }


_open: dict[str, sqlite3.Connection] = {}


def _file() -> sqlite3.Connection:
    """The database past all that the app is built on: it is asked after every step, so it stays open for a whole run."""
    name = str(db.engine.url.database)
    if name not in _open:
        _open[name] = sqlite3.connect(name)
    return _open[name]


def leave() -> None:
    """The file is about to be another one."""
    while _open:
        _open.popitem()[1].close()


def has(given: Answer) -> Answer:
    """Which of these events are here: in the log, or parked whole."""
    return {"ids": sorted({row[0] for row in _file().execute(_HERE, [orjson.dumps(given["ids"]).decode()] * 2)})}


def kept_fork(given: Answer) -> Answer:
    """How many different contents are parked under this id."""
    return {"count": _file().execute("select count(*) from parked where event_id = ?", [given["id"]]).fetchone()[0]}


def prefix(given: Answer) -> Answer:
    """For feeds known up to a number: the chain's head there, and the records that such a reader must hold.

    Nothing for a reader that has not met this life of the server yet.
    """
    if given["epoch"] != epoch.current():
        return {}
    return {"town": {f: _fold(_file().execute(_PREFIX, [int(f), upto])) for f, upto in given["feeds"].items()}}


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
