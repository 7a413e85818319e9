"""scripts/bench: measure, keep the results with their date, write the table of README.md."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import machine, peers, raw, scenarios, tables
from benchmarks.county import County
from benchmarks.scenarios import FRESH, POLLERS, RACERS, WRITERS, Bench, Figures
from benchmarks.template import Template, postgres

HERE = Path(__file__).parent
RESULTS = HERE / "results"
TURNS = 10
PARTS = ("suifang", "race", "peers", "phone", "safe", "due", "cards")


def main() -> None:
    """Measure the chosen parts and keep each in a file of its own."""
    chosen = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=chosen.folder))
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "suifang": lambda: _ours(folder, chosen),
        "race": lambda: {"race": {"sqlite": _race(folder, chosen, 1), "postgresql": _race(folder, chosen, 4)}},
        "peers": lambda: {"peers": peers.measure(chosen.harness, folder, chosen.peers, chosen.rounds, chosen.records)},
        "phone": lambda: {"phone": _phone(folder, chosen)},
        "safe": lambda: {"safe": _safe(folder, chosen)},
        "due": lambda: {"due": _due(folder, chosen)},
        "cards": lambda: {"cards": _cards(folder, chosen)},
    }
    try:
        for name in chosen.only:
            if name == "peers" and chosen.harness is None:
                _say("peers: left out, no --harness DIR")
                continue
            _keep(name, parts[name](), quick=chosen.quick)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if not chosen.quick:
        tables.write(HERE / "README.md", RESULTS)
    print(tables.summary(RESULTS, quick=chosen.quick))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measures what sync costs; see benchmarks/README.md."
    )
    parser.add_argument(
        "--quick", action="store_true", help="one small round, to see that everything works; no table is written"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--races", type=int, default=100, help="rounds of the race on each database")
    parser.add_argument(
        "--harness", type=Path, help="folder of the shared syncbench harness, to measure its peers, too"
    )
    parser.add_argument("--peers", nargs="+", default=["pouchdb-server", "pocketbase", "rxdb-server-memory", "suifang"])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument(
        "--folder", type=Path, help="where data is written meanwhile; on the disk that is to be measured"
    )
    chosen = parser.parse_args()
    chosen.records, chosen.times, chosen.pollers = (1000, 20, 20) if chosen.quick else (10_000, 200, 200)
    if chosen.quick:
        chosen.rounds, chosen.races, chosen.peers = 1, 3, ["pouchdb-server", "suifang"]
    return chosen


def _phone(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """The app in a browser. Imported late: the other parts need neither browser nor page."""
    from benchmarks.handset import lighthouse, measure, township

    size, runs = (township.SMALL, 2) if chosen.quick else (township.WHOLE, 30)
    chromium = lighthouse.find_chromium()
    found = measure.measure(chromium, folder / "phone", runs, size)
    return found | {"lighthouse": lighthouse.measure(chromium, folder / "lighthouse")}


def _safe(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.handset import lighthouse, safe, township

    size, runs = (township.SMALL, 2) if chosen.quick else (township.WHOLE, 30)
    return safe.compare(lighthouse.find_chromium(), folder / "safe", runs, size)


def _due(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.handset import due, lighthouse

    return due.measure(lighthouse.find_chromium(), folder / "due", 2 if chosen.quick else 30)


def _cards(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.handset import cards, lighthouse

    return cards.measure(lighthouse.find_chromium(), folder / "cards", 1 if chosen.quick else 4)


def _ours(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """The raw limit and our figures, round by round, in the same run. The first round warms up and is thrown away."""
    template = Template(folder / "sqlite")
    _say("making a county")
    county = template.make([*WRITERS, FRESH, *POLLERS[: chosen.pollers]])
    rounds: dict[str, list[Figures]] = {}
    limits: dict[str, list[Figures]] = {}
    for number in range(chosen.rounds + (not chosen.quick)):
        _say(f"round {number}")
        limit, one = raw.measure(folder, chosen.records), _round(template, county, chosen)
        if number or chosen.quick:
            for name, figures in limit.items():
                limits.setdefault(name, []).append(figures)
            for name, figures in one.items():
                rounds.setdefault(name, []).append(figures)
    return {"raw": limits, "suifang": rounds}


def _round(template: Template, county: County, chosen: argparse.Namespace) -> dict[str, Figures]:
    with template.fresh() as deployment:
        bench = Bench(deployment, county, lambda: template.roots(deployment))
        bench.warm_up()
        pushed, visits = scenarios.push(bench, chosen.records)
        return {
            "push": pushed,
            "first_sync": scenarios.first_sync(bench, visits),
            "nothing_new": scenarios.nothing_new(bench, chosen.times),
            "township": scenarios.township(bench, chosen.times),
            "polling": scenarios.polling(bench, chosen.pollers),
            "village": scenarios.village(bench),
        }


def _race(folder: Path, chosen: argparse.Namespace, processes: int) -> list[Figures]:
    if processes == 1:
        return _races(Template(folder / "race"), chosen)
    with postgres() as cluster:
        return _races(Template(folder / "race-postgres", cluster, processes), chosen)


def _races(template: Template, chosen: argparse.Namespace) -> list[Figures]:
    """Every ten rounds a new county, so that both the first rows of a feed and its later ones are raced for."""
    county, found = template.make(RACERS), list[Figures]()
    while len(found) < chosen.races:
        with template.fresh() as deployment:
            bench = Bench(deployment, county, lambda: template.roots(deployment))
            for turn in range(min(TURNS, chosen.races - len(found))):
                found.append(scenarios.race(bench, 40 if chosen.quick else 200, turn))
                _say(f"race {len(found)}: {found[-1]}")
    return found


def _keep(name: str, measured: dict[str, Any], *, quick: bool) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE, check=False
    )
    now = time.strftime("%Y-%m-%dT%H%M%SZ", time.gmtime())
    whole = {"when": now, "part": name, "quick": quick, "commit": commit.stdout.strip(), "machine": machine.describe()}
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{'quick-' if quick else ''}{name}-{now}.json"
    path.write_text(json.dumps(whole | measured, indent=1, ensure_ascii=False) + "\n")
    _say(f"wrote {path.name}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


main()
