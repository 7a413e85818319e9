"""Which life of the deployment this is. A restored server starts a new one, and every answer names it.

The epoch stands in a file beside the database and in the database. A backup's copy carries another mark, so that a
database put back by whatever means disagrees with the file; then the safety journal is replayed and a new life begins.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy.orm import Session

from server.clock import now_ms
from server.extensions import db, writing
from server.ids import b64
from server.models import Deployment
from server.sync import replay

NAME = "epoch"
CACHE = "suifang_epoch"
IN_BACKUP = "in_a_backup"


def current() -> str:
    """This server's epoch. The first call of a process compares file and database, outside any transaction of the caller."""
    known = current_app.extensions.get(CACHE)
    if known is None:
        known = current_app.extensions[CACHE] = _agree(_folder())
    return str(known)


def _folder() -> Path:
    folder = current_app.extensions["suifang_settings"].data
    assert isinstance(folder, Path)
    return folder


def _agree(folder: Path) -> str:
    with _alone(folder):
        row = db.session().get(Deployment, 1)
        known = row.epoch if row else None
        db.session().rollback()
        if known is not None and known == _written(folder):
            return known
        return begin(folder)


def begin(folder: Path) -> str:
    """Start a new life: replay the journal, then write a fresh epoch into the database and, last, into the file."""
    with writing() as session:
        replay.replay(session, folder, now_ms())
        fresh = b64(secrets.token_bytes(8))
        mark(session, fresh)
    _write(folder, fresh)
    current_app.extensions.pop(CACHE, None)
    return fresh


def mark(session: Session, epoch: str) -> None:
    """Write the epoch into the database."""
    row = session.get(Deployment, 1) or Deployment(id=1)
    row.epoch, row.since = epoch, now_ms()
    session.add(row)


def _written(folder: Path) -> str | None:
    path = folder / NAME
    return path.read_text().strip() if path.exists() else None


def _write(folder: Path, epoch: str) -> None:
    """Replace the file in one step, on disk before it counts."""
    fresh = folder / f"{NAME}.new"
    with fresh.open("w") as handle:
        handle.write(epoch)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(folder / NAME)
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / f"{NAME}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
