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


def phone(name: str, part: str | None = None) -> Callable[[Results], float]:
    """The 95th percentile of what was timed on the phone."""
    return lambda results: p95(timed(results["phone"], name, part))


def timed(found: Results, name: str, part: str | None = None) -> list[float]:
    """All values of one figure of the phone; `part` is a field of each, or a list by that name."""
    values = found[name]
    if part is None:
        return list(values)
    return list(values[part]) if isinstance(values, dict) else [one[part] for one in values]


def p95(values: Sequence[float]) -> float:
    """The 95th percentile: 95 of 100 are no greater."""
    if not values:
        raise statistics.StatisticsError("nothing was timed")
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def unlocking(part: str) -> Callable[[Results], float]:
    """The 95th percentile from the sixth digit on."""
    return lambda results: p95(timed(results["safe"]["sealed"], "unlock", part))


def sealing(name: str) -> Callable[[Results], float]:
    """What sealing adds: the median on the phone as it is, less that on the one of glass."""
    return lambda r: statistics.median(r["safe"]["sealed"][name]) - statistics.median(r["safe"]["glass"][name])


def listing(part: str) -> Callable[[Results], float]:
    """The 95th percentile of working out what is due."""
    return lambda results: p95(timed(results["due"], "lists", part))


def checked(results: Results) -> float:
    """The 95th percentile from the frame to the checked signature, of cards held as the tests hold them."""
    held = [one for one in results["cards"]["scans"] if one["strength"] == 1 and one["told"] is not None]
    return p95([one["decode"] + one["verify"] for one in held])


def unread(results: Results) -> float:
    return sum(one["told"] is None for one in results["cards"]["scans"] if one["strength"] == 1)


def worst(name: str) -> Callable[[Results], float]:
    """The highest median of the phone's pages."""
    return lambda results: max(page[name] for page in results["phone"]["vitals"].values())


def points(category: str) -> Callable[[Results], float]:
    return lambda results: results["phone"]["lighthouse"][category]


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
    Aim("phone: first names after a cold start offline, ms, p95", phone("cold", "names"), most=1000),
    Aim("— usable list, ms, p95", phone("cold", "usable"), most=2000),
    Aim("— save a visit: it says that it is kept, ms, p95", phone("kept_ms"), most=100),
    Aim("— open a person, ms, p95", phone("person_ms"), most=200),
    Aim("— search 10,000 people, ms, p95", phone("search_ms"), most=50),
    Aim("— frames of Today flung, ms, p95", phone("frames_ms", "today"), most=50),
    Aim("— frames of 313 doors flung, ms, p95", phone("frames_ms", "group"), most=50),
    Aim("— the app on the wire until the list stands, KB", lambda r: r["phone"]["wire"]["app_bytes"] / 1024, most=60),
    Aim("— largest paint of its slowest page, ms, median of 5", worst("lcp_ms"), most=2500),
    Aim("— layout shift of its worst page, median of 5", worst("cls"), most=0.1, shown="{:.3f}"),
    Aim("— blocking time of its worst page, ms, median of 5", worst("tbt_ms"), most=200),
    Aim("safe: first names after the six digits, ms, p95", unlocking("names"), most=1000),
    Aim("— usable list, ms, p95", unlocking("usable"), most=2000),
    Aim("— more for opening a person than without seals, ms, medians", sealing("person_ms"), most=10),
    Aim("— more for saving a visit, ms, medians", sealing("save_ms"), most=10),
    Aim("due list of 1,200 people, two years of records: cold, ms, p95", listing("cold"), most=200),
    Aim("— after one record more, ms, p95", listing("after"), most=10),
    Aim("card: from the camera's frame to its text and checked signature, ms, p95", checked, most=300),
    Aim("— not read in any of six ways of being held", unread, most=0),
    Aim("Lighthouse, sign-in: performance", points("performance"), least=95),
    Aim("— accessibility", points("accessibility"), least=100),
    Aim("— best practices", points("best-practices"), least=95),
    Aim("— SEO", points("seo"), least=90),
]  # fmt: skip
