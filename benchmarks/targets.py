"""The aims, each a figure of the results and a bound. Results without the figure leave the aim open."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Results = dict[str, Any]
RIVAL, OURS = "pouchdb-server", "suifang"


@dataclass(frozen=True)
class Aim:
    """`figure` answers a number from the results; `least` or `most` bounds it; `shown` is how it is written."""

    what: str
    figure: Callable[[Results], float]
    least: float | None = None
    most: float | None = None
    shown: str = "{:,.0f}"

    def value(self, results: Results) -> float | None:
        """The figure, or None where it was not measured."""
        try:
            return self.figure(results)
        except (KeyError, statistics.StatisticsError):
            return None

    def met(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def bound(self) -> str:
        bound = self.least if self.least is not None else self.most
        return f"{'≥' if self.least is not None else '≤'} {self.shown.format(bound)}"


def median(rounds: Sequence[Results], figure: Callable[[Results], float]) -> float:
    """The middle of a figure over rounds."""
    return statistics.median(figure(one) for one in rounds)


def rate(one: Results) -> float:
    """Records a second."""
    return float(one["records"]) / float(one["wall_s"])


def cpu_ms(one: Results) -> float:
    """Server CPU for each record or request, ms."""
    return float(one["server_cpu_s"]) / float(one["records"]) * 1000


def wire(one: Results) -> float:
    """Bytes on the socket, both ways, for each record or request."""
    return float(one["bytes_up"] + one["bytes_down"]) / float(one["records"])


def each(*names: str) -> Callable[[Results], float]:
    """The sum of these for each record or request."""
    return lambda one: sum(float(one[name]) for name in names) / float(one["records"])


def total(*names: str) -> Callable[[Results], float]:
    """The sum of these."""
    return lambda one: sum(float(one[name]) for name in names)


def ours(name: str, figure: Callable[[Results], float]) -> Callable[[Results], float]:
    return lambda results: median(results["suifang"][name], figure)


def to_raw(name: str, raw: str) -> Callable[[Results], float]:
    """Our rate in percent of the raw one."""
    return lambda results: 100 * median(results["suifang"][name], rate) / median(results["raw"][raw], rate)


def to_rival(phase: str) -> Callable[[Results], float]:
    """How many times the rival's rate."""
    return lambda r: r["peers"][OURS][phase]["records_per_s"] / r["peers"][RIVAL][phase]["records_per_s"]


def lost(database: str) -> Callable[[Results], float]:
    """Rows lost, missing, doubled or changed over all rounds of the race."""
    kinds = ("lost", "acknowledged_but_missing", "twice", "changed")
    return lambda results: sum(one[kind] for one in results["race"][database] for kind in kinds)


def rounds_of(database: str) -> Callable[[Results], float]:
    return lambda results: len(results["race"][database])


AIMS = [
    Aim("push 10,000 from 10 phones: times pouchdb-server", to_rival("W1_push"), least=2, shown="{:.1f} ×"),
    Aim("— percent of raw parse-and-insert", to_raw("push", "parse_and_insert"), least=10, shown="{:.1f} %"),
    Aim("— server CPU per 1,000 records, ms", ours("push", lambda one: cpu_ms(one) * 1000), most=120),
    Aim("— bytes on the socket a record", ours("push", wire), most=200),
    Aim("first sync of 10,000: times pouchdb-server", to_rival("W2_first_sync"), least=6, shown="{:.1f} ×"),
    Aim("— bytes on the socket a record", ours("first_sync", wire), most=160),
    Aim("poll of 5 new, 200 phones: bytes on the socket", ours("polling", wire), most=2600),
    Aim("— server CPU, ms", ours("polling", cpu_ms), most=3, shown="{:.1f}"),
    Aim("nothing new: bytes of body, both ways", ours("nothing_new", each("body_up", "body_down")), most=1024),
    Aim("— bytes on the socket", ours("nothing_new", wire), most=2560),
    Aim("— requests", ours("nothing_new", each("requests")), most=1),
    Aim("— wall, ms", ours("nothing_new", lambda one: each("wall_s")(one) * 1000), most=50, shown="{:.1f}"),
    Aim("a village's first sync: bytes on the socket", ours("village", total("bytes_up", "bytes_down")), most=200_000),
    Aim("— seconds", ours("village", total("wall_s")), most=1, shown="{:.2f}"),
    Aim("— requests", ours("village", total("requests")), most=3),
    Aim("race on SQLite: rows lost", lost("sqlite"), most=0),
    Aim("race on PostgreSQL, 4 processes: rows lost", lost("postgresql"), most=0),
]  # fmt: skip
