"""scripts/simulate: replay one seed as a story, run many, or run with a known fault switched on.

With --log the result of every seed is kept in a file, and a later run with the same file goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.simulation import runner

WRONG = ("lost", "duplicated", "leaked", "diverged")


def main(arguments: list[str] | None = None) -> int:
    """0 when nothing went wrong; 1 when something did (with a fault switched on: when it was caught)."""
    parser = _parser()
    wanted = parser.parse_args(arguments)
    if wanted.bug and wanted.bug not in runner.bugs():
        parser.error(f"no known fault is called {wanted.bug}; --bugs lists them")  # else it would run without any
    if wanted.bugs:
        print("\n".join(runner.bugs()))
        return 0
    if wanted.table:
        return _table(wanted.runs)
    if wanted.seed is not None:
        return _story(wanted.seed, wanted.bug)
    return _many(wanted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/simulate", description=__doc__)
    parser.add_argument("--seed", type=int, help="replay this seed and tell its story")
    parser.add_argument("--runs", type=int, default=300, help="how many seeds to run (300)")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed (0)")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time (2)")
    parser.add_argument(
        "--log", type=Path, help="keep each seed's result here, and pass over those that are here already"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--bug", default="", help="switch this known fault on, and stop when it is caught")
    parser.add_argument("--bugs", action="store_true", help="list the known faults")
    parser.add_argument("--table", action="store_true", help="run with each known fault until it is caught")
    return parser


def _story(seed: int, bug: str) -> int:
    (result,) = runner.run([seed], [bug] if bug else [], processes=1, stories=True)
    print("\n".join(result["story"]))
    if "wrong" in result:
        print(f"\n{result['wrong'].upper()}: {result['why']}")
        print("\n".join(["", "What the town's feeds say about it:", *result["trace"]]))
    return 1 if "wrong" in result else 0


def _many(wanted: argparse.Namespace) -> int:
    started, known = time.monotonic(), _read(wanted.log)
    seeds = range(wanted.first, wanted.first + wanted.runs)
    results = [known[seed] for seed in seeds if seed in known]
    fresh = runner.run([s for s in seeds if s not in known], [wanted.bug] if wanted.bug else [], wanted.processes)
    for result in fresh:
        results.append(result)
        _tell(result, wanted, len(results))
        if wanted.log:
            with wanted.log.open("a") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
        if wanted.bug and "wrong" in result:
            break
    fresh.close()
    figures = total(results, time.monotonic() - started)
    print(json.dumps(figures) if wanted.json else "\n".join(f"{name:>12} {value}" for name, value in figures.items()))
    return 1 if any(figures[word] for word in WRONG) else 0


def _read(log: Path | None) -> dict[int, dict[str, Any]]:
    if log is None or not log.exists():
        return {}
    return {result["seed"]: result for result in map(json.loads, log.read_text("utf-8").splitlines())}


def _tell(result: dict[str, Any], wanted: argparse.Namespace, done: int) -> None:
    if "wrong" in result and not wanted.bug:
        print(f"seed {result['seed']}: {result['wrong']}: {result['why'][:600]}", file=sys.stderr, flush=True)
    if done % 100 == 0:
        print(f"{done} of {wanted.runs}", file=sys.stderr, flush=True)


def total(results: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    """The figures of many runs. `seconds`: of this call, on the wall."""
    figures: dict[str, Any] = {"runs": len(results)}
    figures |= {name: sum(r[name] for r in results) for name in ("operations", "kills", "restores", "hides", "moves")}
    figures |= {word: sum(r.get("wrong") == word for r in results) for word in WRONG}
    return figures | {"seconds": round(seconds, 1)}


def _table(runs: int) -> int:
    """Bug, the run that caught it, by what it was seen."""
    missed = 0
    print("| switch | caught in run | seen as |\n|---|---|---|")
    for bug, results in runner.until_caught(range(runs), runner.bugs()).items():
        caught = next((r for r in results if "wrong" in r), None)
        missed += caught is None
        print(f"| `{bug}` | {len(results) if caught else f'not in {runs}'} | {caught['wrong'] if caught else ''} |")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
