"""The shared harness, where there is one: peers and Suifang under the same workload, one after the other."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ADAPTER = Path(__file__).with_name("syncbench_adapter.py")
OURS = {"suifang": "Suifang", "suifang-postgresql-4": "SuifangPostgres"}
PHASES = {
    "W1_push": ("records_per_s", "server_cpu_ms_per_1k_records", "wire_bytes_per_record"),
    "W2_first_sync": ("records_per_s", "server_cpu_ms_per_1k_records", "wire_bytes_per_record"),
    "W3a_poll": ("polls_per_s", "server_cpu_ms_per_poll", "wire_bytes_per_poll"),
    "W3b_small_push": ("pushes_per_s", "server_cpu_ms_per_push", "wire_bytes_per_push"),
}


def measure(harness: Path, folder: Path, names: Sequence[str], rounds: int, records: int) -> dict[str, Any]:
    """Medians by server and phase; a server that does not run is told and left out."""
    found = {}
    for name in names:
        try:
            found[name] = _run(harness, folder, name, rounds, records)
        except RuntimeError as error:
            print(f"  {name}: left out\n{error}", file=sys.stderr)
    return found


def _run(harness: Path, folder: Path, name: str, rounds: int, records: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=folder) as out:
        command = [
            sys.executable,
            "-B",
            harness / "run.py",
            name,
            "--rounds",
            rounds,
            "--records",
            records,
            "--out",
            out,
        ]
        command += ["--rundir", f"{out}/run"]
        for ours, adapter in OURS.items():
            command += ["--adapter", f"{ADAPTER}:{adapter}"] if ours == name else []
        words = [str(word) for word in command]
        done = subprocess.run(words, cwd=harness, capture_output=True, text=True, env=dict(os.environ), check=False)
        if done.returncode:
            raise RuntimeError(done.stdout[-500:] + done.stderr[-1500:])
        return _medians(json.loads(next(Path(out).glob("*.json")).read_text()))


def _medians(result: dict[str, Any]) -> dict[str, Any]:
    rounds = result["rounds"]
    found: dict[str, Any] = {"durability": result["durability"], "rounds": len(rounds)}
    for phase, figures in PHASES.items():
        found[phase] = {name: statistics.median(one[phase][name] for one in rounds) for name in figures}
    races = [one["W4_poll_while_pushing"] for one in rounds]
    found["lost_to_the_poller"] = sum(race["lost_to_the_poller"] for race in races)
    return found
