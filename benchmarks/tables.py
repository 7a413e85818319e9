"""Tables from the newest results: what was aimed at, what was found, and how it stands to the limit and the peers."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.targets import AIMS, cpu_ms, median, p95, rate, timed, wire

Results = dict[str, Any]
BEGIN, END = "<!-- table: written by scripts/bench -->", "<!-- end of table -->"


def newest(folder: Path, *, quick: bool) -> Results:
    """The newest file of each part, put together; `parts` holds what was measured when, on what."""
    found: Results = {"parts": {}}
    for path in sorted(folder.glob("*.json"), key=lambda path: path.name.rpartition("-2")[2]):
        one = json.loads(path.read_text())
        if one.get("quick") == quick:  # other measurements lie here as well
            found |= {
                name: one[name]
                for name in ("raw", "suifang", "race", "peers", "phone", "safe", "due", "cards")
                if name in one
            }
            found["parts"][one["part"]] = {name: one[name] for name in ("when", "commit", "machine")}
    return found


def summary(folder: Path, *, quick: bool) -> str:
    """Figures against aims, for a terminal."""
    return "\n".join(_aims(newest(folder, quick=quick)))


def write(page: Path, folder: Path) -> None:
    """Replace what stands between the two marks in `page`."""
    results = newest(folder, quick=False)
    tables = [
        *_when(results),
        "",
        *_aims(results),
        "",
        *_beside(results),
        "",
        *_peers(results),
        "",
        *_phone(results),
        "",
        *_safe(results),
        "",
        *_cards(results),
    ]
    before, _, rest = page.read_text().partition(BEGIN)
    page.write_text("\n".join([before + BEGIN, "", *tables, "", END]) + rest.partition(END)[2])


def _when(results: Results) -> Iterator[str]:
    for part, facts in sorted(results["parts"].items()):
        at, on = facts["when"], facts["machine"]
        yield (
            f"- `{part}`: {at[:10]}, commit {facts['commit']}; {on['cores']} cores, {on['memory_gib']} GiB, "
            f"{on['system']}, Python {on['python']}, SQLite {on['sqlite']}"
        )


def _aims(results: Results) -> Iterator[str]:
    yield "| what | found | aim | met |"
    yield "|---|---|---|---|"
    for aim in AIMS:
        value = aim.value(results)
        if value is None:
            yield f"| {aim.what} | not measured | {aim.bound} | |"
        else:
            yield f"| {aim.what} | {aim.shown.format(value)} | {aim.bound} | {'yes' if aim.met(value) else '**no**'} |"


def _beside(results: Results) -> Iterator[str]:
    """Our phases beside the raw limit of the same run, medians and spread over the rounds."""
    if "raw" not in results:
        return
    yield "| in one run | records/s (least–most) | server CPU, ms per 1,000 | bytes a record |"
    yield "|---|---|---|---|"
    for name, rounds in results["raw"].items():
        cpu = statistics.median(one["cpu_s"] / one["records"] * 1e6 for one in rounds)
        size = statistics.median(one["bytes"] / one["records"] for one in rounds)
        yield f"| limit: {name.replace('_', ' ')} | {_spread(rounds)} | {cpu:,.1f} | {size:,.0f} |"
    ours = results["suifang"]
    phases = {"push": ours["push"], "first sync": ours["first_sync"]}
    phases["first sync, next phone"] = [one["next_phone"] for one in ours["first_sync"]]
    for name, rounds in phases.items():
        yield f"| {name} | {_spread(rounds)} | {median(rounds, cpu_ms) * 1000:,.1f} | {median(rounds, wire):,.0f} |"
    yield ""
    yield "| one request | wall ms | server CPU, ms | body up + down | socket |"
    yield "|---|---|---|---|---|"
    for name in ("nothing_new", "township", "polling"):
        yield _request(name.replace("_", " "), ours[name])


def _request(name: str, rounds: list[Results]) -> str:
    wall = median(rounds, lambda one: one["wall_s"] / one["records"] * 1000)
    body = median(rounds, lambda one: (one["body_up"] + one["body_down"]) / one["records"])
    feeds = f", {rounds[0]['feeds']} feeds" if "feeds" in rounds[0] else ""
    return f"| {name}{feeds} | {wall:.1f} | {median(rounds, cpu_ms):.2f} | {body:,.0f} | {median(rounds, wire):,.0f} |"


def _spread(rounds: list[Results]) -> str:
    rates = [rate(one) for one in rounds]
    return f"{statistics.median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f})"


def _peers(results: Results) -> Iterator[str]:
    if "peers" not in results:
        return
    columns = (
        "push, records/s|CPU ms per 1,000|B a record|first sync, records/s|B a record|poll, B|CPU ms|lost in its race"
    )
    yield "| shared harness | " + " | ".join(columns.split("|")) + " |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, one in results["peers"].items():
        first, then, poll = one["W1_push"], one["W2_first_sync"], one["W3a_poll"]
        yield (
            f"| {name} | {first['records_per_s']:,.0f} | {first['server_cpu_ms_per_1k_records']:,.0f} "
            f"| {first['wire_bytes_per_record']:,.0f} | {then['records_per_s']:,.0f} | {then['wire_bytes_per_record']:,.0f} "
            f"| {poll['wire_bytes_per_poll']:,.0f} | {poll['server_cpu_ms_per_poll']:.2f} | {one['lost_to_the_poller']} |"
        )


PHONE = (
    ("cold start: first names", "cold", "names"), ("cold start: usable list", "cold", "usable"),
    ("save a visit: it says that it is kept", "kept_ms", None), ("save a visit: Today shows it", "save_ms", None),
    ("open a person", "person_ms", None), ("search", "search_ms", None),
    ("frames of Today", "frames_ms", "today"), ("frames of a group", "frames_ms", "group"),
)  # fmt: skip


def _phone(results: Results) -> Iterator[str]:
    """What was timed on the phone beside what its browser does with the same rows alone; then its pages' vitals."""
    if "phone" not in results:
        return
    found = results["phone"]
    yield f"| on a phone at a quarter of the speed ({found['browser']}) | median ms | p95 ms | worst ms | times |"
    yield "|---|---|---|---|---|"
    for what, name, part in (one for one in PHONE if one[1] in found):
        values = timed(found, name, part)
        yield f"| {what} | {statistics.median(values):,.0f} | {p95(values):,.0f} | {max(values):,.0f} | {len(values)} |"
    for name, value in found.get("raw", {}).items():
        if name != "rows":
            yield f"| limit: {name.replace('_ms', '')} {found['raw']['rows']:,} plain rows | {value:,.0f} | | | 1 |"
    yield ""
    yield "| page, installed and offline | largest paint, ms | layout shift | blocking time, ms |"
    yield "|---|---|---|---|"
    for page, one in found.get("vitals", {}).items():
        yield f"| {page} | {one['lcp_ms']:,.0f} | {one['cls']:.3f} | {one['tbt_ms']:,.0f} |"


def _safe(results: Results) -> Iterator[str]:
    """Both phones beside each other."""
    if "safe" not in results:
        return
    yield "| at a quarter of the speed, medians, ms | as it is | nothing sealed |"
    yield "|---|---|---|"
    sealed, glass = results["safe"]["sealed"], results["safe"]["glass"]
    rows = (
        ("six digits to first names", "unlock", "names"), ("six digits to a usable list", "unlock", "usable"),
        ("of it: the key made of the digits", "unlock", "stretch"), ("open a person", "person_ms", None),
        ("save a visit", "save_ms", None),
    )  # fmt: skip
    for what, name, part in rows:
        one, other = (statistics.median(timed(found, name, part)) for found in (sealed, glass))
        yield f"| {what} | {one:,.0f} | {other:,.0f} |"


def _cards(results: Results) -> Iterator[str]:
    """How many cards were read in each way of being held, and how soon; the decoder alone at the end."""
    if "cards" not in results:
        return
    found = results["cards"]
    strengths = sorted({one["strength"] for one in found["scans"]})
    versions = ", ".join(map(str, found["versions"]))
    reads = " | ".join(f"read at {strength:g}×" for strength in strengths)
    yield f"| card (QR version {versions}, M), slowed down | {reads} | frames | decode ms | verify ms | told ms | p95 |"
    yield "|---|" + "---|" * (len(strengths) + 5)
    for how in dict.fromkeys(one["how"] for one in found["scans"]):
        of = [one for one in found["scans"] if one["how"] == how]
        reads = " | ".join(_read(of, strength) for strength in strengths)
        yield f"| {how} | {reads} | {_soon([one for one in of if one['told']])} |"
    decode, verify = (statistics.median(found["raw"][name]) for name in ("decode", "verify"))
    yield f"| limit: decoder and bare WebCrypto alone |{' |' * (len(strengths) + 1)} {decode:,.0f} | {verify:.1f} | | |"


def _read(scans: list[Results], strength: float) -> str:
    of = [one for one in scans if one["strength"] == strength]
    return f"{sum(one['told'] is not None for one in of)} of {len(of)}"


def _soon(read: list[Results]) -> str:
    """Medians of frames looked at and of ms; the 95th percentile of the whole."""
    if not read:
        return " | | | |"
    middle = [statistics.median(one[name] for one in read) for name in ("frames", "decode", "verify", "told")]
    frames, *times = middle
    return f"{frames:g} | {' | '.join(f'{ms:,.0f}' for ms in times)} | {p95([one['told'] for one in read]):,.0f}"
