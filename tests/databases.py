"""A fresh database for each test, cheap: one is migrated a session, each test gets a copy of it."""

from __future__ import annotations

import shutil
import tempfile
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from tests.postgres import Cluster

TEMPLATE = "migrated"


class Databases(Protocol):
    """Where a test's database comes from; `name` is a word such as "t12". Addresses are SQLAlchemy's."""

    def blank(self, name: str) -> str:
        """Make a database without a table."""

    def copy(self, name: str) -> str:
        """Make a copy of the migrated one."""

    def drop(self, name: str) -> None:
        """Remove it."""


class SqliteFiles:
    """Files in one folder; the migrated one must have been closed, so that its write-ahead log is empty."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def blank(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def copy(self, name: str) -> str:
        shutil.copyfile(self._file(TEMPLATE), self._file(name))
        return self.blank(name)

    def drop(self, name: str) -> None:
        for leftover in self.folder.glob(f"{name}.db*"):
            leftover.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.db"


class PostgresDatabases:
    """Databases of one cluster; PostgreSQL copies a template file by file in 20 ms."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def blank(self, name: str) -> str:
        return self.cluster.create(name)

    def copy(self, name: str) -> str:
        return self.cluster.create(name, TEMPLATE)

    def drop(self, name: str) -> None:
        self.cluster.drop(name)


class Lender:
    """Lends a database a test; migrates the template when the first migrated one is asked for."""

    def __init__(self, databases: Databases) -> None:
        _compile_once()
        self.databases = databases
        self._names = (f"t{number}" for number in count(1))
        self._has_template = False

    def blank(self) -> tuple[str, str]:
        """Answer (name, address) of a database without a table."""
        name = next(self._names)
        return name, self.databases.blank(name)

    def migrated(self) -> tuple[str, str]:
        """Answer (name, address) of a database with today's tables and no row."""
        if not self._has_template:
            self.databases.drop(TEMPLATE)  # what an earlier migration that failed left behind
            _migrate(self.databases.blank(TEMPLATE))
            self._has_template = True
        name = next(self._names)
        return name, self.databases.copy(name)


def _compile_once() -> None:
    """Statements are compiled once a session, not once a test: a third of what a test over HTTP costs.

    Every test has an engine of its own, and SQLAlchemy remembers what it compiled by engine and by dialect; here all
    engines share one memory, and dialects of one kind, which are all made alike, count as one.
    """
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
    from sqlalchemy.util import LRUCache

    from server.extensions import db

    for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        vars_of_kind: Any = kind
        vars_of_kind.__eq__ = lambda one, other: type(one) is type(other)
        vars_of_kind.__hash__ = lambda one: hash(type(one))
    db._engine_options["execution_options"] = {"compiled_cache": LRUCache(5000)}


def _migrate(address: str) -> None:
    """Bring the database at `address` to today's tables and let go of it: a copy needs it at rest."""
    # Imported late: tests of the pure rooms must run while the application is broken.
    from server.app import create_app
    from server.config import Settings
    from server.extensions import db
    from server.migrating import to_head

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), database_url=address))
        with app.app_context():
            to_head()
            db.engine.dispose()
