"""Many rows in one statement, straight to the driver: half of a push's time went into SQLAlchemy's own executemany."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Boolean, Connection, Dialect, LargeBinary, Table
from sqlalchemy.orm import DeclarativeBase

from server.models.sealed import SealedBytes, app_keys

Packer: TypeAlias = Callable[[Any], Any]
TAKEN_AS_IT_IS = (Boolean, LargeBinary)  # by both drivers


def insert_rows(connection: Connection, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that name every column; sealed and JSON columns are packed as the model says."""
    if not rows:
        return
    table = model.__table__
    assert isinstance(table, Table)
    statement, names, packers = _prepared(table, connection.dialect)
    columns: list[Sequence[Any]] = list(zip(*map(names, rows), strict=True))
    for at, kind, pack in packers:
        columns[at] = _sealed(kind, columns[at]) if isinstance(kind, SealedBytes) else [*map(pack, columns[at])]
    connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _sealed(kind: SealedBytes, values: Sequence[Any]) -> list[bytes | None]:
    """What the column's own packing does, for all values at once."""
    sealed = app_keys().seal_all(kind.purpose.encode(), [kind.pack(value) for value in values if value is not None])
    return [None if value is None else next(sealed) for value in values]


@lru_cache(maxsize=64)
def _prepared(table: Table, dialect: Dialect) -> tuple[str, itemgetter[Any], list[tuple[int, Any, Packer]]]:
    quote = dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in table.columns)
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(table.columns))
    packers: list[tuple[int, Any, Packer]] = [
        (at, column.type, pack)
        for at, column in enumerate(table.columns)
        if not isinstance(column.type, TAKEN_AS_IT_IS)
        and (pack := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    statement = f"INSERT INTO {quote.format_table(table)} ({names}) VALUES ({marks})"  # noqa: S608  # names of ours
    values: itemgetter[Any] = itemgetter(*(column.name for column in table.columns))
    return statement, values, packers
