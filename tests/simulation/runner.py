"""Starts the simulation's processes: a Node process with the phones, which starts a Python process with the town."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from queue import Queue
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PHONES = ROOT / "pwa" / "tests" / "simulation"
MEMORY = Path("/dev/shm")  # where there is one, no disk is waited for
Result = dict[str, Any]


def bugs() -> list[str]:
    """Every known fault that can be switched on, the server's and the phones'."""
    ours = re.findall(r'^    "(\w+)": ', (ROOT / "tests/simulation/bugs.py").read_text(), re.MULTILINE)
    theirs = re.findall(r"^  (\w+): \w+,$", (PHONES / "bugs.ts").read_text(), re.MULTILINE)
    return [*ours, *theirs]


def run(seeds: Sequence[int], bugs_on: Sequence[str], processes: int = 2, *, stories: bool = False) -> Iterator[Result]:
    """One result a seed, as they come; each process takes every n-th seed. Closing it ends the processes."""
    if not seeds:
        return
    parts = [list(seeds[n::processes]) for n in range(min(processes, len(seeds)))]
    yield from _together([_order(part, bugs_on, stories=stories) for part in parts])


def until_caught(seeds: Sequence[int], switches: Sequence[str], processes: int = 2) -> dict[str, list[Result]]:
    """For each of these known faults the results of seed after seed, the last of which caught it."""
    found: dict[str, list[Result]] = {bug: [] for bug in switches}
    orders = [_order(list(seeds), switches[n::processes], stories=False) for n in range(processes)]
    for result in _together(orders):
        found[result["bug"]].append(result)
    return found


def _order(seeds: list[int], bugs_on: Sequence[str], *, stories: bool) -> Result:
    return {"python": sys.executable, "root": str(ROOT), "seeds": seeds, "bugs": list(bugs_on), "stories": stories}


@cache
def _bundle() -> Path:
    """The phones' code and the app's own in one file, made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="suifang-simulation-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = subprocess.run(
        [_node(), str(PHONES / "build.mjs"), str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The phones could not be built:\n{done.stdout}{done.stderr}")
    return folder / "main.mjs"


@cache
def _node() -> str:
    found = os.environ.get("SUIFANG_NODE") or shutil.which("node") or shutil.which("node", path=ROOT / ".venv" / "bin")
    if not found:
        raise RuntimeError("Node 20 or newer is needed; scripts/test finds or installs it.")
    return found


def _together(orders: Sequence[Result]) -> Iterator[Result]:
    """What several processes say, line by line; a process that fails is an error."""
    bundle = _bundle()
    said: Queue[Result | str | None] = Queue()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="suifang-town-") as made:
        started = [_start(bundle, order, Path(made) / str(n)) for n, order in enumerate(orders)]
        for process in started:
            threading.Thread(target=_listen, args=(process, said), daemon=True).start()
        try:
            yield from _heard(said, len(started))
        finally:
            for process in started:
                process.kill()
                process.wait()


def _start(bundle: Path, order: Result, folder: Path) -> subprocess.Popen[str]:
    folder.mkdir()
    # Room for what is young: a collection for every 16 MB took a tenth of the time.
    command = [_node(), "--max-semi-space-size=64", str(bundle), json.dumps(order | {"folder": str(folder)})]
    env = os.environ | {"TZ": "Asia/Shanghai"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, cwd=ROOT)


def _listen(process: subprocess.Popen[str], said: Queue[Result | str | None]) -> None:
    assert process.stdout is not None and process.stderr is not None
    for line in process.stdout:
        said.put(json.loads(line))
    wrong = process.stderr.read()
    said.put(f"the simulation ended badly:\n{wrong[-4000:]}" if process.wait() > 0 else None)


def _heard(said: Queue[Result | str | None], running: int) -> Iterator[Result]:
    while running:
        word = said.get()
        if isinstance(word, str):
            raise RuntimeError(word)
        if word is None:
            running -= 1
        else:
            yield word
