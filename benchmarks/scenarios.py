"""What is timed: each scenario takes a running copy of the county and answers its figures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks import phone
from benchmarks.county import NEIGHBOUR, NEWCOMER, READER, SECOND, TECHNICIAN, WARMER, County
from benchmarks.meter import Meter
from benchmarks.phone import Mirror
from benchmarks.server import Deployment
from benchmarks.template import lines
from benchmarks.village import make_village
from benchmarks.wire import Line
from benchmarks.workload import Visit, make_visits

Figures = dict[str, Any]
WRITERS, POLLERS, RACERS = range(10), range(6000, 6200), range(8000, 8010)
FRESH, AT_ONCE, BATCH, WARMING = 5000, 10, 250, 1000


@dataclass
class Bench:
    """One running copy and who is in it. `roots` answers the processes whose CPU counts."""

    deployment: Deployment
    county: County
    roots: Callable[[], Iterable[int]]
    sent: dict[str, Visit] = field(default_factory=dict)

    def warm_up(self) -> None:
        """Let a server that was just started meet every kind of request, in a village that nobody else reads."""
        device, bodies = self.packed(make_visits(WARMING, WARMER), 50)
        line = Line(self.deployment.ports[0])
        for body in bodies:
            phone.push(line, self.county.authors[device], [body])
            self.pull(device, Mirror(), line)
        line.close()

    def packed(self, visits: Sequence[Visit], batch: int = BATCH) -> tuple[int, list[phone.Batch]]:
        """One device's visits, ready to be sent: encoding them is the phone's work."""
        device = int(visits[0]["device"][1:])
        self.sent |= {visit["id"]: visit for visit in visits}
        return device, phone.pack(self.county.authors[device], [self.county.event(visit) for visit in visits], batch)

    def push_all(self, prepared: Sequence[tuple[int, list[phone.Batch]]], connections: Sequence[Line]) -> int:
        """Each device on a thread and a connection of its own; answers how many the server took."""

        def send(at: int) -> int:
            device, bodies = prepared[at]
            return phone.push(connections[at], self.county.authors[device], bodies)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return sum(pool.map(send, range(len(prepared))))

    def pull(self, device: int, mirror: Mirror, line: Line | None = None, *, chunks: bool = True) -> None:
        """Bring one phone up to date."""
        own = line or Line(self.deployment.ports[0])
        phone.pull(own, self.county.authors[device], mirror, chunks=chunks)
        if line is None:
            own.close()

    def visits(self, rows: Iterable[phone.Row]) -> list[Visit]:
        """The workload's visits among rows."""
        return [self.county.visit(row, self.sent) for row in rows if row.get("schema") == "bench_visit/1"]


def push(bench: Bench, count: int) -> tuple[Figures, list[Visit]]:
    """`count` records from ten phones, a thread and a connection each."""
    parts = [make_visits(count // len(WRITERS), device) for device in WRITERS]
    prepared = [bench.packed(part) for part in parts]
    visits = [visit for part in parts for visit in part]
    connections = lines(bench.deployment, len(parts))
    with Meter(bench.roots, connections) as meter:
        taken = bench.push_all(prepared, connections)
    assert taken == len(visits)
    return meter.result(taken, json_bytes=len(orjson.dumps(visits))), visits


def first_sync(bench: Bench, visits: Sequence[Visit]) -> Figures:
    """A new phone pulls everything; what came is compared with what was pushed."""
    mirror, line = Mirror(), Line(bench.deployment.ports[0])
    with Meter(bench.roots, [line]) as meter:
        bench.pull(READER, mirror, line)
    same(bench, visits, mirror.rows)
    again, other = Mirror(), Line(bench.deployment.ports[0])
    with Meter(bench.roots, [other]) as second:
        bench.pull(READER, again, other)
    rows = len(mirror.rows)
    return meter.result(len(visits), rows=rows, feeds=len(mirror.heads), next_phone=second.result(len(visits)))


def nothing_new(bench: Bench, times: int, device: int = READER) -> Figures:
    """A phone that is up to date asks again, over a connection that it keeps."""
    mirror, line = Mirror(), Line(bench.deployment.ports[0])
    bench.pull(device, mirror, line, chunks=False)
    mirror.rows = []
    with Meter(bench.roots, [line]) as meter:
        for _ in range(times):
            bench.pull(device, mirror, line)
    line.close()
    assert not mirror.rows
    return meter.result(times, feeds=len(mirror.heads))


def polling(bench: Bench, count: int, fresh: int = 5) -> Figures:
    """New records appear; then `count` phones that were up to date ask once each, ten at a time, each over a new connection."""
    pollers = POLLERS[:count]
    mirrors = {device: Mirror() for device in pollers}
    for device in pollers:
        bench.pull(device, mirrors[device], chunks=False)
        mirrors[device].rows = []
    new = make_visits(fresh, FRESH)
    bench.push_all([bench.packed(new)], lines(bench.deployment, 1))
    connections = lines(bench.deployment, count)
    waits: list[float] = []

    def ask(at: int) -> None:
        begun = time.perf_counter()
        bench.pull(pollers[at], mirrors[pollers[at]], connections[at])
        waits.append(time.perf_counter() - begun)
        connections[at].close()

    with Meter(bench.roots, connections) as meter, ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(ask, range(count)))
    for mirror in mirrors.values():
        same(bench, new, mirror.rows)
    waits.sort()
    return meter.result(count, p50_ms=_ms(waits[count // 2]), p95_ms=_ms(waits[count * 95 // 100]))


def village(bench: Bench) -> Figures:
    """A director's new phone gets her village: first the very first phone, for which nothing is prepared, then the next."""
    events = make_village(bench.county.authors[NEIGHBOUR])
    line = Line(bench.deployment.ports[0])
    phone.push(line, bench.county.authors[NEIGHBOUR], phone.pack(bench.county.authors[NEIGHBOUR], events, BATCH))
    found = []
    for device in (NEWCOMER, SECOND):
        mirror, own = Mirror(), Line(bench.deployment.ports[0])
        with Meter(bench.roots, [own]) as meter:
            bench.pull(device, mirror, own)
        kinds = [row["kind"] for row in mirror.rows]
        found.append(meter.result(kinds.count("record"), states=kinds.count("state")))
    return {**found[0], "next_phone": found[1]}


def race(bench: Bench, per_device: int, turn: int, batch: int = 50) -> Figures:
    """Ten phones push while another polls all the while; once it is quiet that one polls twice more.

    `lost` rows are on the server and were never seen by the poller: its cursor is past them. In later turns the phones
    go on where they were, and the poller begins up to date.
    """
    parts = [make_visits(per_device * (turn + 1), device)[per_device * turn :] for device in RACERS]
    prepared = [bench.packed(part, batch) for part in parts]
    over, mirror, polls = threading.Event(), Mirror(), [0]
    bench.pull(READER, mirror)
    mirror.rows = []
    poller = threading.Thread(target=_poll_until, args=(bench, mirror, over, polls))
    begun = time.perf_counter()
    poller.start()
    taken = bench.push_all(prepared, lines(bench.deployment, len(parts)))
    over.set()
    poller.join()
    wall = round(time.perf_counter() - begun, 3)
    return {"acknowledged": taken, "polls": polls[0], "wall_s": wall, **_compare(bench, parts, mirror)}


def _compare(bench: Bench, parts: Sequence[Sequence[Visit]], mirror: Mirror) -> Figures:
    """What the poller saw beside what a new phone gets, of this turn's records."""
    truth = Mirror()
    bench.pull(READER, truth)
    pushed = {visit["id"]: visit for part in parts for visit in part}
    seen = [visit["id"] for visit in bench.visits(mirror.rows)]
    there = {visit["id"]: visit for visit in bench.visits(truth.rows) if visit["id"] in pushed}
    return {
        "on_server": len(there), "lost": len(there.keys() - set(seen)), "twice": len(seen) - len(set(seen)),
        "acknowledged_but_missing": len(pushed) - len(there),
        "changed": sum(visit != pushed[key] for key, visit in there.items()),
    }  # fmt: skip


def _poll_until(bench: Bench, mirror: Mirror, over: threading.Event, polls: list[int]) -> None:
    connections = lines(bench.deployment, len(bench.deployment.ports))
    quiet = 0
    while quiet < 2:
        quiet += over.is_set()
        bench.pull(READER, mirror, connections[polls[0] % len(connections)])
        polls[0] += 1
        time.sleep(0.01)


def same(bench: Bench, sent: Sequence[Visit], rows: Iterable[phone.Row]) -> None:
    """Raises Disagreement unless exactly the visits that were sent came, each once, with the same content."""
    came = bench.visits(rows)
    if sorted(came, key=_id) != sorted(sent, key=_id):
        raise phone.Disagreement(f"{len(sent)} visits were sent, {len(came)} came, or their content differs")


def _id(visit: Visit) -> str:
    return str(visit["id"])


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def township(bench: Bench, times: int) -> Figures:
    """Nothing new for the township's technician, who has every village's clinical feed too."""
    return nothing_new(bench, times, TECHNICIAN)
