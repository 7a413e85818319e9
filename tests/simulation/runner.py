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
from contextlib import suppress
from dataclasses import dataclass
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
    return {"seeds": seeds, "bugs": list(bugs_on), "stories": stories}


@cache
def _folder() -> Path:
    """What this process builds and its towns write, gone when it ends."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None, prefix="suifang-simulation-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _bundle() -> Path:
    """The phones' code and the app's own in one file, made once a process."""
    done = subprocess.run(
        [_node(), str(PHONES / "build.mjs"), str(_folder())], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The phones could not be built:\n{done.stdout}{done.stderr}")
    return _folder() / "main.mjs"


@cache
def _node() -> str:
    found = os.environ.get("SUIFANG_NODE") or shutil.which("node") or shutil.which("node", path=ROOT / ".venv" / "bin")
    if not found:
        raise RuntimeError("Node 20 or newer is needed; scripts/test finds or installs it.")
    return found


@dataclass
class Pair:
    """A Node process with the town it started. It lives on for the next order: to load both takes as long as a few seeds."""

    process: subprocess.Popen[str]
    busy: bool = True


_pairs: list[Pair] = []


def _together(orders: Sequence[Result]) -> Iterator[Result]:
    """What several processes say, line by line; a process that fails is an error."""
    said: Queue[Result | str | None] = Queue()
    given = [(_idle(), order) for order in orders]
    try:
        for pair, order in given:
            threading.Thread(target=_listen, args=(pair, order, said), daemon=True).start()
        yield from _heard(said, len(given))
    finally:
        for pair, _ in given:
            if pair.busy:
                _end(pair)


def _idle() -> Pair:
    """One that has nothing to do, started if there is none."""
    pair = next((pair for pair in _pairs if not pair.busy and pair.process.poll() is None), None) or _start()
    pair.busy = True
    return pair


def _start() -> Pair:
    folder = Path(tempfile.mkdtemp(dir=_folder()))
    place = {"python": sys.executable, "root": str(ROOT), "folder": str(folder)}
    # Room for what is young: a collection for every 16 MB took a tenth of the time.
    command = [_node(), "--max-semi-space-size=64", str(_bundle()), json.dumps(place)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    env = os.environ | {"TZ": "Asia/Shanghai"}
    pair = Pair(subprocess.Popen(command, **pipes, text=True, env=env, cwd=ROOT))
    _pairs.append(pair)
    atexit.register(_end, pair)
    return pair


def _end(pair: Pair) -> None:
    pair.process.kill()
    pair.process.wait()
    if pair in _pairs:
        _pairs.remove(pair)


def _listen(pair: Pair, order: Result, said: Queue[Result | str | None]) -> None:
    process = pair.process
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    with suppress(BrokenPipeError):  # it has ended, and says why
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
    for line in process.stdout:
        result = json.loads(line)
        pair.busy = result is not None
        said.put(result)
        if result is None:
            return
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
