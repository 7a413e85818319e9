"""Wall time, CPU time of the server's processes, bytes and requests of one phase."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.wire import Line

TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> tuple[int, int]:
    """Parent, and ticks of CPU of a process and of its children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1]), sum(int(ticks) for ticks in fields[11:15])


def family(roots: Iterable[int]) -> list[int]:
    """These processes and everything that descends from them."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                children.setdefault(_stat(int(name))[0], []).append(int(name))
            except OSError:
                continue
    found, waiting = [], list(roots)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU time, user and system, that these processes and their descendants have used."""
    total = 0
    for pid in family(roots):
        try:
            total += _stat(pid)[1]
        except OSError:
            continue
    return total / TICKS


class Meter:
    """`with Meter(roots) as meter: …`, then `result`. `roots` answers the server's process ids."""

    def __init__(self, roots: Callable[[], Iterable[int]], lines: list[Line] | None = None) -> None:
        self.roots, self.lines = roots, lines if lines is not None else []
        self.wall = self.cpu = self.client = 0.0

    def __enter__(self) -> Self:
        self._before = [(line.sent, line.received, line.requests, line.body_up, line.body_down) for line in self.lines]
        self._load = os.getloadavg()[0]
        self._cpu, self._client, self._wall = cpu_seconds(self.roots()), time.process_time(), time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wall = time.perf_counter() - self._wall
        self.cpu, self.client = cpu_seconds(self.roots()) - self._cpu, time.process_time() - self._client

    def result(self, records: int, **more: Any) -> dict[str, Any]:
        """The figures of the phase, `more` added. Times in s, sizes in bytes."""
        now = [(line.sent, line.received, line.requests, line.body_up, line.body_down) for line in self.lines]
        before = [*self._before, *[(0, 0, 0, 0, 0)] * (len(now) - len(self._before))]
        up, down, requests, body_up, body_down = (
            sum(row[at] for row in now) - sum(row[at] for row in before) for at in range(5)
        )
        return {
            "records": records, "wall_s": round(self.wall, 4), "server_cpu_s": round(self.cpu, 3),
            "client_cpu_s": round(self.client, 3), "requests": requests, "bytes_up": up, "bytes_down": down,
            "body_up": body_up, "body_down": body_down, "load_before": round(self._load, 2), **more,
        }  # fmt: skip
