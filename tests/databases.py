"""A fresh database for each test, cheap: one of a kind is migrated a session, and whatever is migrated after it is its copy."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tests.postgres import Cluster

if TYPE_CHECKING:
    from sqlalchemy import Engine

TEMPLATE = "migrated"


class Databases(Protocol):
    """Where a test's database comes from; `name` is a word such as "t12". Addresses are SQLAlchemy's, and so is the `kind`."""

    kind: str

    def blank(self, name: str) -> str:
        """Make a database without a table."""

    def copy(self, name: str) -> str:
        """Make a copy of the migrated one."""

    def fill(self, database: str) -> None:
        """Make this one, which has no table and no connection, such a copy; `database` as its address names it."""

    def drop(self, name: str) -> None:
        """Remove it."""


class SqliteFiles:
    """Files in one folder; the migrated one must have been closed, so that its write-ahead log is empty."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def blank(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def copy(self, name: str) -> str:
        shutil.copyfile(self._file(TEMPLATE), self._file(name))
        return self.blank(name)

    def fill(self, database: str) -> None:
        with closing(sqlite3.connect(self._file(TEMPLATE))) as made, closing(sqlite3.connect(database)) as empty:
            (mode,) = empty.execute("PRAGMA journal_mode").fetchone()
            made.backup(empty)
            empty.execute(f"PRAGMA journal_mode={mode}")  # it came with the copy

    def drop(self, name: str) -> None:
        for leftover in self.folder.glob(f"{name}.db*"):
            leftover.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.db"


class PostgresDatabases:
    """Databases of one cluster; PostgreSQL copies a template file by file in 20 ms."""

    kind = "postgresql"

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def blank(self, name: str) -> str:
        return self.cluster.create(name)

    def copy(self, name: str) -> str:
        return self.cluster.create(name, TEMPLATE)

    def fill(self, database: str) -> None:
        self.drop(database)
        self.copy(database)

    def drop(self, name: str) -> None:
        self.cluster.drop(name)


class Lender:
    """Lends a database a test; of each kind one is migrated, when it is first needed, and every other one is its copy.

    `databases` are lent; `others` come to be within a test, as the SQLite file in a backup of PostgreSQL does.
    """

    def __init__(self, databases: Databases, *others: Databases) -> None:
        _compile_once()
        self.databases = databases
        self._names = (f"t{number}" for number in count(1))
        self._kinds = {one.kind: one for one in (databases, *others)}
        self._migrated: set[str] = set()
        self._migrate_once()

    def blank(self) -> tuple[str, str]:
        """Answer (name, address) of a database without a table."""
        name = next(self._names)
        return name, self.databases.blank(name)

    def migrated(self) -> tuple[str, str]:
        """Answer (name, address) of a database with today's tables and no row."""
        self._have_template(self.databases)
        name = next(self._names)
        return name, self.databases.copy(name)

    def _have_template(self, databases: Databases) -> None:
        if databases.kind not in self._migrated:
            databases.drop(TEMPLATE)  # what an earlier migration that failed left behind
            _migrate(databases.blank(TEMPLATE))
            self._migrated.add(databases.kind)

    def _migrate_once(self) -> None:
        """Also where the server itself asks Alembic for a new database's tables: a second each time, for the same tables."""
        from alembic import command

        really = command.upgrade

        def upgrade(config: Any, revision: str) -> None:
            engine = config.attributes["engine"]
            databases = self._kinds.get(engine.dialect.name)
            if revision != "head" or databases is None or not _is_blank(engine):
                really(config, revision)
                return
            self._have_template(databases)
            engine.dispose()
            databases.fill(engine.url.database)

        command.upgrade = upgrade


def _is_blank(engine: Engine) -> bool:
    """Whether it has no table; the template, of which copies are made, does not count as blank."""
    from sqlalchemy import inspect

    return Path(engine.url.database or "").stem != TEMPLATE and not inspect(engine).get_table_names()


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
