"""What this machine could do at best: the same records with no server around them, by plain sqlite3, orjson and gzip."""

from __future__ import annotations

import gzip
import sqlite3
import time
from pathlib import Path
from typing import Any

import orjson

from benchmarks.workload import Visit, make_visits

PAGE, BATCH = 1000, 250
TABLE = """create table visit
(seq integer primary key autoincrement, id text not null unique, area text not null, body text not null)"""
INSERT = "insert into visit (id, area, body) values (?, ?, ?) on conflict (id) do nothing"
SELECT = "select seq, body from visit where seq > ? order by seq limit ?"


class Watch:
    """Wall and CPU time of this process since it was made."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def rate(self, records: int, size: int) -> dict[str, Any]:
        """The figures of `records` records that made `size` bytes."""
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        return {"records": records, "wall_s": round(wall, 4), "cpu_s": round(cpu, 4), "bytes": size}


def measure(folder: Path, count: int) -> dict[str, Any]:
    """One round; `folder` is on the disk under test."""
    visits = [visit for device in range(10) for visit in make_visits(count // 10, device)]
    database = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for statement in ("pragma journal_mode=wal", "pragma synchronous=full", TABLE):
        database.execute(statement)
    try:
        return {"parse_and_insert": _insert(database, visits), "select_json_gzip": _select(database)}
    finally:
        database.close()
        for left in folder.glob("raw.db*"):
            left.unlink()


def _insert(database: sqlite3.Connection, visits: list[Visit]) -> dict[str, Any]:
    """Parse batches as they would arrive; one transaction, synced to disk, for each."""
    bodies = [orjson.dumps(visits[at : at + BATCH]) for at in range(0, len(visits), BATCH)]
    watch = Watch()
    for body in bodies:
        rows = [(visit["id"], visit["area"], orjson.dumps(visit).decode()) for visit in orjson.loads(body)]
        database.execute("begin immediate")
        database.executemany(INSERT, rows)
        database.execute("commit")
    return watch.rate(len(visits), sum(map(len, bodies)))


def _select(database: sqlite3.Connection) -> dict[str, Any]:
    """Read page by page, make each page one JSON, squeeze it."""
    watch = Watch()
    size = after = count = 0
    while rows := database.execute(SELECT, (after, PAGE)).fetchall():
        after, count = rows[-1][0], count + len(rows)
        size += len(gzip.compress(("[" + ",".join(body for _, body in rows) + "]").encode(), 6))
    return watch.rate(count, size)
