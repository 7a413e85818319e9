"""Many rows in one statement, straight to the driver: half of a push's time went into SQLAlchemy's own executemany."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.orm import DeclarativeBase


def insert_rows(connection: Connection, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that name every column; sealed and JSON columns are packed as the model says."""
    if not rows:
        return
    table = model.__table__
    assert isinstance(table, Table)
    statement, columns = _prepared(table, connection.dialect)
    values = [tuple([row[name] if pack is None else pack(row[name]) for name, pack in columns]) for row in rows]
    connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _prepared(table: Table, dialect: Dialect) -> tuple[str, list[tuple[str, Any]]]:
    quote = dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in table.columns)
    marks = ", ".join(["?" if dialect.paramstyle == "qmark" else "%s"] * len(table.columns))
    columns = [(column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns]
    return f"INSERT INTO {quote.format_table(table)} ({names}) VALUES ({marks})", columns  # noqa: S608  # names of ours
