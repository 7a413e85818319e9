"""The sealer: numbers what the audit log has waiting, and tells each chain's head to a file beside the database.

A process that serves runs it in a thread of its own; several processes may, since a chain's row lock lets one at a time
seal it. The file is a witness: whoever can write anew a whole log in the database does not reach it through SQL. Its
copy in a backup, and the phones, which get heads with their pushes, are further ones.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import select

from server import audit
from server.audit import Anchor
from server.chores import every
from server.clock import now_ms
from server.extensions import db, writing
from server.ids import b64, unb64
from server.models import AuditChain

NAME = "audit.anchors"
EVERY_S = 60
HOUR_MS = 3_600_000


def seal_all() -> int:
    """Number everything that waits, a batch a transaction; answers how many rows it numbered."""
    chains, numbered = audit.waiting(db.session()), 0
    db.session().rollback()
    for chain in chains:
        while True:
            with writing() as session:
                batch = audit.seal(session, chain)
            numbered += batch
            if batch < audit.BATCH:
                break
    return numbered


def anchor(folder: Path, now: int) -> None:
    """Write the head of every chain down, once an hour at most a chain and only when it moved; on disk when it returns."""
    known = {kept.get("chain"): kept for kept in _lines(folder)}
    lines = []
    for chain, n, h in _heads():
        last = known.get(chain)
        if last is None or (last["n"] != n and last["at"] <= now - HOUR_MS):
            lines.append({"at": now, "chain": chain, "n": n, "h": b64(h)})
    if lines:
        _append(folder, lines)


def restored(folder: Path, now: int) -> None:
    """A backup was put back: what the file remembers beyond its heads is gone for a known reason."""
    _append(folder, [{"at": now, "restored": {chain: n for chain, n, _ in _heads()}}])


def anchors(folder: Path) -> list[Anchor]:
    """What the file remembers, for audit.verify; a restore takes back what lies beyond the backup."""
    found: list[Anchor] = []
    for kept in _lines(folder):
        if "restored" in kept:
            found = [one for one in found if one.n <= kept["restored"].get(one.chain, 0)]
        else:
            found.append(Anchor(kept["chain"], kept["n"], unb64(kept["h"])))
    return found


def _heads() -> list[tuple[str, int, bytes]]:
    found = db.session().execute(select(AuditChain.chain, AuditChain.n, AuditChain.h).order_by(AuditChain.chain)).all()
    db.session().rollback()
    return [(row[0], row[1], row[2]) for row in found]


def at_work(app: Flask) -> AbstractContextManager[None]:
    """Seal and anchor every minute while the block runs, and once at its end."""

    def work() -> None:
        seal_all()
        anchor(app.extensions["suifang_settings"].data, now_ms())

    return every(app, "sealing the audit log", EVERY_S, work, at_end=True)


def _append(folder: Path, lines: list[dict[str, Any]]) -> None:
    # The first newline ends a line that a crash may have cut.
    with (folder / NAME).open("ab") as file:
        file.write(b"\n" + b"".join(orjson.dumps(line) + b"\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / NAME
    for line in path.read_bytes().splitlines() if path.exists() else ():
        try:
            kept = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue  # empty, or cut by a crash
        if isinstance(kept, dict):
            yield kept
