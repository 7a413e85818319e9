"""`suifang backup`, `restore` and `audit verify`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from server import audit as log
from server import sealer
from server.commands.door import Door, verb
from server.errors import AppError, BadInput
from server.extensions import db
from server.migrating import to_head
from server.sync import backup as copies

PASSPHRASE = "SUIFANG_BACKUP_PASSPHRASE"  # noqa: S105 (the name of a variable)
KEY_BYTES = 32
KEY = "钥匙文件  The key file (default: FILE.key; made by the first backup); or set $SUIFANG_BACKUP_PASSPHRASE."


class Broken(AppError):
    """The audit log does not add up."""

    code, status = "audit_broken", 409


def _secret(key: Path, *, make: bool) -> bytes:
    """The passphrase, else the key file's bytes; a backup makes the file when there is none."""
    if phrase := os.environ.get(PASSPHRASE):
        return phrase.encode()
    if not key.exists():
        if not make:
            raise BadInput(f"没有钥匙文件 {key} There is no key file: name it with --key", code="no_key")
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    return key.read_bytes()


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.key")


def _plain(rows: dict[str, int]) -> dict[str, int]:
    """Table names as plain text: a database gives them as a kind of its own, which JSON does not take."""
    return {str(table): count for table, count in rows.items()}


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), help=KEY)
@verb
def backup(door: Door, out: Path, key: Path | None) -> None:
    """备份。Write one encrypted file with the database, the deployment's keys and the safety journal.

    May run while the server serves. The file is opened again and checked before phones are told that their records lie
    in a backup. Without a passphrase in $SUIFANG_BACKUP_PASSPHRASE it is encrypted with a key file, OUT.key unless --key
    names another: keep the key away from the backup.
    """
    chosen = key or _beside(out)
    with door.app():
        out.parent.mkdir(parents=True, exist_ok=True)
        made = copies.backup(out, _secret(chosen, make=True), door.tick)
        door.tick("")
    by = "passphrase" if os.environ.get(PASSPHRASE) else str(chosen)
    facts = {"file": str(made.path), "bytes": made.bytes, "rows": _plain(made.rows), "stores": made.stores, "key": by}
    door.answer(
        facts,
        f"已备份并检查 Written and checked: {made.path} ({made.bytes} B)\n钥匙 Key: {by}，另处保管 keep it elsewhere",
    )


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), help=KEY)
@click.option("--over", is_flag=True, help="覆盖已有数据  Replace a database that is in use.")
@verb
def restore(door: Door, file: Path, key: Path | None, over: bool) -> None:
    """恢复。Put a backup into this data folder (or DATABASE_URL). Stop the server first.

    The server begins a new epoch and replays the safety journal, so that nobody who was erased or who withdrew comes
    back; phones send again what no backup is known to hold. A backup of SQLite restores into PostgreSQL and the other
    way round.

    Codes of refusal: file_not_found, no_key, wrong_secret, unknown_backup, not_empty (then --over).
    """
    if not file.is_file():
        raise BadInput(f"没有这个文件 No such file: {file}", code="file_not_found")
    secret = _secret(key or _beside(file), make=False)
    with door.app():
        rows = copies.restore(file, secret, over=over)
        to_head()
    door.answer({"restored": True, "rows": _plain(rows)}, f"已恢复 Restored: {sum(rows.values())} 行 rows")


@click.group()
def audit() -> None:
    """审计日志。The audit log: reads of a person, exports, administration, one row a push; one hash chain a township."""


@audit.command()
@verb
def verify(door: Door) -> None:
    """Number what waits, then recompute every chain from its rows. Ends with status 1 and audit_broken at a fault.

    A fault names its chain, its kind (altered, log_longer_than_chain, chain_longer_than_log, anchor_mismatch) and the
    row number from which on nothing can be trusted.
    """
    with door.app():
        sealer.seal_all()
        faults = log.verify(db.session(), sealer.anchors(door.settings.data))
        count = log.count(db.session())
    if faults:
        first = faults[0]
        raise Broken(
            f"日志从第 {first.n} 行起对不上 The log is broken from row {first.n} on: {first.chain} {first.kind}"
        )
    door.answer({"ok": True, "rows": count}, f"日志完整 The log is whole: {count} 行 rows")
