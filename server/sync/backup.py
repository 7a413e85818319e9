"""Backup and restore: one encrypted file with the database, the keys, the epoch and the safety journal.

The database inside is a SQLite file on either kind: SQLite's own backup API, or every table of PostgreSQL read in one
snapshot; so a backup of one restores into the other. `backed_up` moves on only to what a backup holds
that was opened again and checked.
"""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import bindparam, func, select, update

from server import sealer
from server.clock import now_ms
from server.config import Settings
from server.errors import BadInput
from server.extensions import db, writing
from server.keys import load_keys
from server.models import Store
from server.sync import asking, dump, epoch, journal, vessel

FORMAT = 1
_HELD = (
    update(Store)
    .where(Store.county == bindparam("c"), Store.id == bindparam("s"), Store.backed_up < bindparam("n"))
    .values(backed_up=bindparam("n"))
)
BESIDE = ("keys.json", journal.NAME)
DATABASE = "database.sqlite"


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds: rows by table; `stores` moved on to what it holds."""

    path: Path
    bytes: int
    rows: dict[str, int]
    stores: int


def backup(to: Path, secret: bytes, progress: Callable[[str], None] = lambda _: None) -> Made:
    """Write an encrypted backup, open it again, check it, and only then let phones know what it holds.

    `secret`: a passphrase or a key file's bytes. Raises BadInput when the copy does not check out.
    """
    settings: Settings = current_app.extensions["suifang_settings"]
    epoch.current()
    with tempfile.TemporaryDirectory(dir=settings.data) as scratch:
        folder = Path(scratch)
        progress("copy")
        copy = folder / DATABASE
        dump.copy_out(db.engine, copy)
        dump.stamp(copy, epoch.IN_BACKUP)
        progress("pack")
        manifest = {"format": FORMAT, "made_at": now_ms(), "epoch": epoch.current()}
        to.parent.mkdir(parents=True, exist_ok=True)
        vessel.write(to, secret, _tar(folder, copy, settings.data, manifest))
        progress("check")
        rows, have = _check(to, secret, folder)
    return Made(to, to.stat().st_size, rows, _move_on(have))


def _tar(folder: Path, copy: Path, data: Path, manifest: dict[str, object]) -> Path:
    made = folder / "backup.tar.gz"
    with tarfile.open(made, "w:gz", compresslevel=6) as tar:
        _add(tar, "manifest.json", json.dumps(manifest).encode())
        for name in BESIDE:
            if (data / name).exists():
                tar.add(data / name, name)
        tar.add(copy, DATABASE)
    return made


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _check(path: Path, secret: bytes, folder: Path) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Unpack it as a restore would: the database is whole, every feed's chain adds up. Answers rows, and `have` by store."""
    opened = folder / "opened"
    _unpack(path, secret, opened)
    return dump.check(opened / DATABASE)


def _unpack(path: Path, secret: bytes, into: Path) -> dict[str, object]:
    into.mkdir()
    plain = into / "backup.tar.gz"
    vessel.read(path, secret, plain)
    with tarfile.open(plain) as tar:
        tar.extractall(into, filter="data")
    plain.unlink()
    manifest: dict[str, object] = json.loads((into / "manifest.json").read_text())
    if manifest.get("format") != FORMAT:
        raise BadInput("备份格式不认识 The backup is of another format", code="unknown_backup")
    return manifest


def _move_on(have: dict[tuple[str, str], int]) -> int:
    """Tell each store what lies in a checked backup; answers how many moved on."""
    moved = 0
    with writing() as session:
        for (county, store), number in have.items():
            moved += asking.ask(session, _HELD, c=county, s=store, n=number).rowcount
    return moved


def restore(path: Path, secret: bytes, *, over: bool = False) -> dict[str, int]:
    """Put a backup into this deployment, replay the safety journal, begin a new epoch. The server must be stopped.

    Answers rows by table. A database that holds stores is only replaced with `over`. Raises BadInput: wrong_secret,
    unknown_backup, not_empty. The keys come from the backup; a journal that is here is kept as well as the backup's.
    """
    settings: Settings = current_app.extensions["suifang_settings"]
    if not over and db.session.scalar(select(func.count()).select_from(Store)):
        raise BadInput("数据库不是空的 The database is not empty", code="not_empty")
    db.session.rollback()
    with tempfile.TemporaryDirectory(dir=settings.data) as scratch:
        opened = Path(scratch) / "opened"
        _unpack(path, secret, opened)
        dump.to_today(opened / DATABASE)
        rows, _ = dump.check(opened / DATABASE)
        _merge_journals(opened / journal.NAME, settings.data / journal.NAME)
        _merge_keys(opened / "keys.json", settings.data / "keys.json")
        dump.copy_in(opened / DATABASE, db.engine)
    current_app.extensions["suifang_keys"] = load_keys(settings.data)
    epoch.begin(settings.data)
    sealer.restored(settings.data, now_ms())
    return rows


def _merge_keys(theirs: Path, ours: Path) -> None:
    """The backup's keys; those that sealed the journal here since then stay known, and the newest seals."""
    raw = json.loads(theirs.read_text())
    if ours.exists():
        known = {kid for kid, _ in raw["columns"]}
        raw["columns"] += [entry for entry in json.loads(ours.read_text())["columns"] if entry[0] not in known]
    fresh = ours.with_suffix(".new")
    fresh.touch(0o600)
    fresh.write_text(json.dumps(raw))
    fresh.replace(ours)


def _merge_journals(theirs: Path, ours: Path) -> None:
    """Both journals' entries, the backup's first; none of them may be lost, and a repeat is free."""
    known = list(journal.entries(ours))
    fresh = [entry for entry in journal.entries(theirs) if entry not in known]
    if fresh:
        merged = ours.with_suffix(".new")
        merged.unlink(missing_ok=True)
        journal.append(merged, [*fresh, *known])
        merged.replace(ours)
