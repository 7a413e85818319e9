"""The safety journal: what no restore may undo. One JSON line an entry, beside the database, on disk before the commit.

Entries: {"kind": "erased", county, persons} · {"kind": "withdrawn", county, event} (the whole withdrawal, sealed) ·
{"kind": "phone", phone, state} · {"kind": "revoked", worker, area, role, at} · {"kind": "disabled", worker, at} ·
{"kind": "cards", content} (a list of card keys and cards out of force, see server/cards/listing) ·
{"kind": "county_days", county, version, said, places, ground, changed, author, at} (a county's decision on days or values).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from server.ids import b64, unb64
from server.keys import Keys
from server.models import Event
from server.models.sealed import app_keys

NAME = "safety.journal"
PURPOSE = b"journal.event"
WAITING = "suifang_journal"


def remember(session: Session, kind: str, **facts: Any) -> None:
    """Write an entry when this transaction commits; on disk first, so that no commit is without it."""
    session.info.setdefault(WAITING, []).append({"kind": kind, **facts})


def remember_withdrawal(session: Session, county: str, record: str) -> None:
    """Keep the consent record that withdrew, whole."""
    row = session.get(Event, (county, record))
    if row is None or row.body is None:
        return
    facts = {name: getattr(row, name) for name in _COLUMNS} | {"body": b64(row.body), "digest": b64(row.digest)}
    sealed = app_keys().seal(PURPOSE, orjson.dumps(facts))
    remember(session, "withdrawn", county=county, event=b64(sealed))


_COLUMNS = ("id", "kind", "schema", "store_id", "dseq", "t", "clk", "actor", "role", "area", "person", "household")


def open_withdrawal(keys: Keys, entry: dict[str, Any]) -> dict[str, Any]:
    """The columns of the event in a `withdrawn` entry; body and digest as bytes."""
    facts: dict[str, Any] = orjson.loads(keys.open(PURPOSE, unb64(entry["event"])))
    return facts | {"body": unb64(facts["body"]), "digest": unb64(facts["digest"])}


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    # A savepoint's end is no commit; this is called for it too.
    if session.in_nested_transaction():
        return
    waiting = session.info.pop(WAITING, [])
    if waiting:
        append(path(), waiting)


@event.listens_for(Session, "after_soft_rollback")
def _drop(session: Session, ended: SessionTransaction) -> None:
    # What ends with a savepoint is tried again; a repeat in the journal is free, a gap is not.
    if not ended.nested:
        session.info.pop(WAITING, None)


def path() -> Path:
    """Where this deployment's journal lies."""
    folder = current_app.extensions["suifang_settings"].data
    assert isinstance(folder, Path)
    return folder / NAME


def append(file: Path, entries: list[dict[str, Any]]) -> None:
    """Add entries with one write and wait for the disk."""
    # The first newline ends a line that a crash may have cut.
    lines = b"\n" + b"".join(orjson.dumps(entry) + b"\n" for entry in entries)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, lines)
        os.fsync(handle)
    finally:
        os.close(handle)


def entries(file: Path) -> Iterator[dict[str, Any]]:
    """All entries, oldest first; a last line that was cut off by a crash belongs to no commit and is passed over."""
    if not file.exists():
        return
    for line in file.read_bytes().split(b"\n"):
        try:
            entry = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(entry, dict):
            yield entry
