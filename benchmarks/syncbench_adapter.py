"""Suifang for the shared harness: `run.py suifang --adapter benchmarks/syncbench_adapter.py:Suifang`, by this clone's Python.

The server is the real one, started as an operator starts it; records are events about consented persons, validated by the
rulebook, pushed and pulled by the protocol that the page plays. See README.md.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from syncbench.adapters.base import Server  # noqa: E402  # the harness puts itself on the path; we put the clone there
from syncbench.httpc import Conn  # noqa: E402

from benchmarks import phone  # noqa: E402
from benchmarks.county import READER  # noqa: E402
from benchmarks.phone import Mirror  # noqa: E402
from benchmarks.scenarios import FRESH, POLLERS, RACERS, WRITERS, Bench  # noqa: E402
from benchmarks.template import Template, postgres  # noqa: E402

CATCH_UP_BEFORE = "writer"


class Suifang(Server):  # type: ignore[misc]  # the harness is not installed
    """One process on SQLite, as shipped: WAL, synchronous=FULL."""

    name = "suifang"
    durability = "SQLite WAL, synchronous=FULL, one transaction a batch"
    compression = "gzip both ways"
    processes = 1

    def __init__(self, rundir: Path) -> None:
        super().__init__(rundir)
        self.stack = ExitStack()
        self.mirrors: list[Mirror] = []
        self.turn = 0

    def start(self) -> None:
        self.fresh_dir()
        self.template = Template(self.rundir, self.cluster(), self.processes)
        self.county = self.template.make([*WRITERS, FRESH, *POLLERS, *RACERS])
        self.begin()

    def cluster(self) -> Any:
        """The PostgreSQL to use, if any."""
        return None

    def begin(self) -> None:
        """Run a copy of the county."""
        self.deployment = self.template.start_copy()
        self.bench = Bench(self.deployment, self.county, self.roots)
        self.bench.warm_up()
        self.mirrors = []

    def reset(self) -> None:
        self.template.end(self.deployment)
        self.begin()

    def stop(self) -> None:
        self.template.end(self.deployment)
        self.stack.close()

    def roots(self) -> list[int]:
        return self.template.roots(self.deployment)

    def connect(self) -> Conn:
        self.turn += 1
        return Conn(self.deployment.ports[self.turn % len(self.deployment.ports)])

    def prepare_push(self, records: list[dict[str, Any]], batch: int, device: str) -> Any:
        if device == CATCH_UP_BEFORE:
            self._catch_up()
        return self.bench.packed(records, batch)

    def push(self, conn: Conn, prepared: Any) -> int:
        device, bodies = prepared
        return phone.push(conn, self.county.authors[device], bodies)

    def pull(self, conn: Conn, cursor: tuple[int, Mirror] | None) -> tuple[list[dict[str, Any]], Any]:
        device, before = cursor or (READER, Mirror())
        mirror = before.copy()
        phone.pull(conn, self.county.authors[device], mirror)
        return [row for row in mirror.rows if row.get("schema") == "bench_visit/1"], (device, mirror)

    def normalise(self, got: dict[str, Any]) -> dict[str, Any]:
        return self.county.visit(got, self.bench.sent)

    def device_cursor(self, cursor: Any, i: int) -> Any:
        return POLLERS[i], self.mirrors[i]

    def _catch_up(self) -> None:
        """A cursor belongs to its worker, so each poller is brought up to date before the new records are written."""
        for device in POLLERS:
            mirror = Mirror()
            self.bench.pull(device, mirror, chunks=False)
            self.mirrors.append(mirror.copy())


class SuifangPostgres(Suifang):
    """Four processes over one PostgreSQL that syncs each commit."""

    name = "suifang-postgresql-4"
    durability = "PostgreSQL commit with fsync, one transaction a batch"
    processes = 4

    def cluster(self) -> Any:
        return self.stack.enter_context(postgres())
