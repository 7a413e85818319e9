"""The database as one SQLite file, whatever it runs on: copied out, checked, copied in. Sealed columns stay sealed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, insert, select, text
from sqlalchemy.types import TypeDecorator

from server.errors import BadInput
from server.extensions import Base
from server.migrating import to_head
from server.models.deployment import Deployment
from server.sync.feeds import chain

AT_ONCE = 1000


def copy_out(engine: Engine, file: Path) -> None:
    """A consistent copy while the server goes on: SQLite's backup API, or all tables in one PostgreSQL snapshot."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as live, closing(sqlite3.connect(file)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    tables, target = _raw(), create_engine(f"sqlite:///{file}")
    to_head(target)  # with its version and the audit log's triggers, as a server leaves it
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as source, target.begin() as sink:
        for table in tables.sorted_tables:
            _pour(table, source, sink)
    target.dispose()


def to_today(file: Path) -> None:
    """Give a copy that an older server made today's tables."""
    engine = create_engine(f"sqlite:///{file}")
    to_head(engine)
    engine.dispose()


def copy_in(file: Path, engine: Engine) -> None:
    """Replace everything in the database by the file's content, in one step."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(str(engine.url.database))) as live:
            copy.backup(live)
        return
    tables, origin = _raw(), create_engine(f"sqlite:///{file}")
    with origin.connect() as source, engine.begin() as sink:
        _append_only(sink, "DISABLE")
        names = ", ".join(sink.dialect.identifier_preparer.format_table(table) for table in tables.sorted_tables)
        sink.execute(text(f"TRUNCATE {names}"))  # the audit log refuses DELETE
        _append_only(sink, "ENABLE")
        for table in tables.sorted_tables:
            _pour(table, source, sink)
            _next_number(table, sink)
    origin.dispose()


def _append_only(sink: Connection, what: str) -> None:
    """Off while a whole log is put in another's place, and on again in the same transaction."""
    for name in ("audit", "audit_chain"):
        sink.execute(text(f"ALTER TABLE {name} {what} TRIGGER USER"))


def _raw() -> MetaData:
    """All tables with what really lies in their columns: sealed ones are bytes here."""
    tables = MetaData()
    for table in Base.metadata.sorted_tables:
        for column in table.to_metadata(tables).columns:
            if isinstance(column.type, TypeDecorator):
                column.type = column.type.impl_instance
    return tables


def _pour(table: Table, source: Connection, sink: Connection) -> None:
    rows = source.execution_options(stream_results=True).execute(select(table)).mappings()
    for part in rows.partitions(AT_ONCE):
        sink.execute(insert(table), [dict(row) for row in part])


def _next_number(table: Table, sink: Connection) -> None:
    """PostgreSQL goes on counting where the copied numbers end."""
    column = table.autoincrement_column
    if column is not None and column.type.python_type is int and column.autoincrement is not False:
        name = sink.dialect.identifier_preparer.format_table(table)
        place = {"table": name, "column": column.name}
        found = sink.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), place).scalar()
        if found:
            top = sink.execute(select(column).order_by(column.desc()).limit(1)).scalar() or 0
            sink.execute(
                text("SELECT setval(:found, :top, :used)"), {"found": found, "top": max(top, 1), "used": top > 0}
            )


def stamp(file: Path, epoch: str) -> None:
    """Mark a copy, so that a server that is started on it knows that it is one."""
    name = Deployment.__tablename__
    with closing(sqlite3.connect(file)) as copy:
        copy.execute(f"UPDATE {name} SET epoch = ?", (epoch,))  # noqa: S608  # a table's name of ours
        copy.commit()


def check(file: Path) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Is the copy whole? Answers rows by table and `have` by (county, store); raises BadInput damaged_backup."""
    with closing(sqlite3.connect(file)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BadInput("备份已损坏 The backup is damaged", code="damaged_backup")
        for county, feed, seq, h in copy.execute("SELECT county, id, seq, h FROM feed").fetchall():
            _check_feed(copy, county, feed, seq, h)
        rows = {table.name: _count(copy, table.name) for table in Base.metadata.sorted_tables}
        held = copy.execute("SELECT county, id, have FROM store").fetchall()
    return rows, {(county, store): have for county, store, have in held}


def _count(copy: sqlite3.Connection, table: str) -> int:
    return int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608  # a table's name of ours


def _check_feed(copy: sqlite3.Connection, county: str, feed: int, seq: int, h: bytes) -> None:
    """Numbers are dense and the hash chain ends at its head."""
    asked = (
        "SELECT r.seq, e.id, e.digest FROM feed_row r JOIN event e ON e.county = r.county AND e.id = r.event_id"
        " WHERE r.county = ? AND r.feed_id = ? ORDER BY r.seq"
    )
    head, number = bytes(8), 0
    for at, event, digest in copy.execute(asked, (county, feed)):
        head, number = chain(head, event, digest), number + 1
        if at != number:
            break
    if (number, head) != (seq, bytes(h)):
        raise BadInput(f"变更流 {feed} 对不上 A feed's chain does not add up", code="damaged_backup")
