"""Flask extensions in one place, and the one way to write: `with writing() as session`.

SQLite runs in WAL. A read uses a plain BEGIN; a writer uses BEGIN IMMEDIATE, so that it waits for its turn at the start
and never in the middle (a deferred transaction that turns into a writer fails with SQLITE_BUSY). On PostgreSQL the
transaction is READ COMMITTED and feeds are locked by their counter rows.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Dialect, Engine, MetaData, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()


db = SQLAlchemy(
    model_class=Base,
    # hide_parameters: names and numbers are never in an error that is logged
    # A connection for each thread that answers, since one beyond the pool reads the whole schema for one request; the one
    # used last comes first, so that most stay small and one knows its pages.
    engine_options={
        "json_serializer": _to_json,
        "json_deserializer": orjson.loads,
        "hide_parameters": True,
        "pool_size": 16,
        "pool_use_lifo": True,
    },
    session_options={"expire_on_commit": False},
)
if TYPE_CHECKING:
    Model = Base  # mypy reads no class off an instance; these are the same columns
else:
    Model = db.Model
login = LoginManager()

# Every commit is synced to disk. The last two spare a push a quarter of its writes: 16 MB of pages are remembered, and
# the log is folded into the database every 16 MB.
PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "cache_size=-16000",
    "wal_autocheckpoint=4000",
)  # fmt: skip

_writing: ContextVar[bool] = ContextVar("writing", default=False)
LINE = "line"  # of a session that writes, in its `info`: its connection
_turn = threading.Lock()
_desk = threading.Lock()


@contextmanager
def writing() -> Iterator[Session]:
    """One writing transaction, committed at the end and rolled back on any error. Ends a read that is open."""
    session: Session = db.session()
    if _writing.get():
        raise RuntimeError("writing() inside writing(): one use case, one transaction")
    session.rollback()
    with _its_turn(session):
        token = _writing.set(True)
        try:
            session.info[LINE] = session.connection()
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop(LINE, None)
            _writing.reset(token)


@contextmanager
def undisturbed() -> Iterator[None]:
    """One at a time in a process, around work that reads much and then writes it to SQLite. Ends a read that is open.

    A thread that writes lets go of Python between statements; beside one that only reckons it waits 5 ms to have it back,
    and a batch took ten times as long, with the database locked all the while. Who waits holds no connection: the next
    one gets that of the one before, which knows its pages, and no old read keeps the log from being folded in. Call it in
    an app's context.
    """
    db.session().rollback()
    with _desk if db.engine.dialect.name == "sqlite" else nullcontext():
        yield


def _its_turn(session: Session) -> AbstractContextManager[object]:
    bind = session.get_bind()
    return _turns(bind.engine.url.database) if bind.dialect.name == "sqlite" else nullcontext()


@contextmanager
def _turns(database: str | None) -> Iterator[None]:
    """Threads, then processes, wait for each other here: SQLite's own waiting is sleeping and trying again, up to 0.1 s."""
    with _turn, open(f"{database}-turn" if database else os.devnull, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed
        yield


def line_of(session: Session) -> Connection:
    """A session's connection; while it writes without asking the session, which finds out each time where it stands."""
    held: Connection | None = session.info.get(LINE)
    return session.connection() if held is None else held


def savepoint(session: Session) -> SessionTransaction:
    """Set at once: the session would wait for its next statement, and what `line_of` wrote till then would outlive a rollback."""
    begun = session.begin_nested()
    session.connection()
    return begun


@cache
def for_driver(dialect: Dialect, statement: Any) -> tuple[str, list[str] | None, dict[str, Any]]:
    """A statement as this dialect's driver takes it: text, order of values where they have no names, those that it holds."""
    compiled = statement.compile(dialect=dialect)
    return str(compiled), compiled.positiontup, dict(compiled.params)


def rows_of(session: Session, statement: Any, /, **values: Any) -> list[Any]:
    """Rows past SQLAlchemy, for what every request or push asks."""
    line = line_of(session)
    text, names, fixed = for_driver(line.dialect, statement)
    given = fixed | values
    return read_rows(line, text, given if names is None else [given[name] for name in names])


def read_rows(connection: Connection, text: str, given: Any) -> list[Any]:
    """Only for what reads: whoever watches an engine's statements hears nothing of this. Raises DBAPIError."""
    driver = connection.dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        cursor.execute(text, given)
        return list(cursor.fetchall())
    except driver as error:
        raise DBAPIError.instance(
            text, None, error, driver, hide_parameters=True, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()


@event.listens_for(Session, "before_flush")
def refuse_stray_writes(*_: object) -> None:
    """Raises RuntimeError unless a `writing()` is open: what is written elsewhere would be lost, or never committed."""
    if not _writing.get():
        raise RuntimeError("a write outside writing()")


def tune(engine: Engine) -> None:
    """SQLite's settings and its BEGIN; does nothing on other databases."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        begin = "BEGIN IMMEDIATE" if _writing.get() else "BEGIN"
        try:  # straight to the driver: every request begins a few times
            connection.connection.driver_connection.execute(begin)  # type: ignore[union-attr]
        except sqlite3.Error as error:
            raise DBAPIError.instance(begin, None, error, sqlite3.Error, dialect=connection.dialect) from error
