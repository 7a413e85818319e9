"""Many rows in few statements, straight to the driver: half of a push's time went into SQLAlchemy's own executemany."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Connection, Dialect, LargeBinary, Table
from sqlalchemy.orm import DeclarativeBase

from server.models.sealed import SealedBytes, app_keys

Packer: TypeAlias = Callable[[Any], Any]
Columns: TypeAlias = list[Sequence[Any]]
TAKEN_AS_IT_IS = (Boolean, LargeBinary)  # by both drivers
TOGETHER = 25


def insert_rows(connection: Connection, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that name every column; sealed and JSON columns are packed as the model says."""
    if rows:
        names = [column.name for column in model.__table__.columns]
        columns = zip(*map(itemgetter(*names), rows), strict=True)
        insert_columns(connection, model, dict(zip(names, columns, strict=True)))


def insert_columns(connection: Connection, model: type[DeclarativeBase], named: Mapping[str, Sequence[Any]]) -> None:
    """The same for rows that come as columns: every one of them by its name, all as long."""
    table = model.__table__
    assert isinstance(table, Table)
    into, packers = _prepared(table, connection.dialect)
    columns: Columns = [named[column.name] for column in table.columns]
    for at, kind, pack in packers:
        columns[at] = _sealed(kind, columns[at]) if isinstance(kind, SealedBytes) else [*map(pack, columns[at])]
    if connection.dialect.name == "sqlite":
        columns = _together(connection, into, columns)
    if columns[0]:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        marks = f"({', '.join([mark] * len(columns))})"
        connection.exec_driver_sql(f"INSERT {into}{marks}", list(zip(*columns, strict=True)))


def _together(connection: Connection, into: str, columns: Columns) -> Columns:
    """Insert them by TOGETHER and answer the few that are left.

    Handing values to SQLite one by one took longer than storing them, and between two statements a thread may lose its
    turn in Python: what all rows share is named once.
    """
    whole = len(columns[0]) // TOGETHER * TOGETHER
    if not whole:
        return columns
    shared = tuple(at for at, column in enumerate(columns) if _all_same(column))
    fixed = [columns[at][0] for at in shared]
    own = [column for at, column in enumerate(columns) if at not in shared]
    blocks = [
        (*fixed, *chain.from_iterable([column[at : at + TOGETHER] for column in own]))
        for at in range(0, whole, TOGETHER)
    ]
    # OR FAIL: a row that cannot be taken undoes the transaction, so SQLite need not be able to undo the statement alone.
    connection.exec_driver_sql(f"INSERT OR FAIL {into}{_numbered(len(columns), shared)}", blocks)
    return [column[whole:] for column in columns]


def _all_same(column: Sequence[Any]) -> bool:
    return column[0] == column[-1] and column.count(column[0]) == len(column)


@lru_cache(maxsize=256)
def _numbered(width: int, shared: tuple[int, ...]) -> str:
    """The marks of TOGETHER rows: ?1, ?2, … for the shared columns in each row, then TOGETHER numbers for each other one."""
    own = [at for at in range(width) if at not in shared]
    first = {at: number for number, at in enumerate(shared, 1)}
    first |= {at: len(shared) + TOGETHER * number + 1 for number, at in enumerate(own)}
    step = [0 if at in shared else 1 for at in range(width)]
    rows = (", ".join(f"?{first[at] + step[at] * row}" for at in range(width)) for row in range(TOGETHER))
    return ", ".join(f"({marks})" for marks in rows)


def _sealed(kind: SealedBytes, values: Sequence[Any]) -> list[bytes | None]:
    """What the column's own packing does, for all values at once."""
    sealed = app_keys().seal_all(kind.purpose.encode(), [kind.pack(value) for value in values if value is not None])
    return [None if value is None else next(sealed) for value in values]


@lru_cache(maxsize=64)
def _prepared(table: Table, dialect: Dialect) -> tuple[str, list[tuple[int, Any, Packer]]]:
    """Where an INSERT into this table goes, and which columns are packed how."""
    quote = dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in table.columns)
    packers: list[tuple[int, Any, Packer]] = [
        (at, column.type, pack)
        for at, column in enumerate(table.columns)
        if not isinstance(column.type, TAKEN_AS_IT_IS)
        and (pack := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    return f"INTO {quote.format_table(table)} ({names}) VALUES ", packers
