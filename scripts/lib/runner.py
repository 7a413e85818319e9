"""Runs checks two at a time and tells each as it ends: one line when it passed, everything it said when it failed."""

from __future__ import annotations

import os
import subprocess
import threading
import time
import xml.etree.ElementTree as ET
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from checks import Check

AT_ONCE = 2
LIMIT = 2400  # seconds for one check: a hung one must end with what it said
FEW = 2  # failed tests that may be the machine's doing; more are the change's, and are not asked again


@dataclass(frozen=True)
class Outcome:
    """How many tests of one check passed and failed."""

    name: str
    passed: int
    failed: int


def run_all(checks: list[Check], env: dict[str, str]) -> list[Outcome]:
    """Run `checks` in their order, two at a time, each after what it needs; answer an outcome each."""
    waiting, outcomes = list(checks), []
    running: set[Future[Outcome]] = set()
    telling = threading.Lock()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting or running:
            done = {outcome.name: outcome for outcome in outcomes}
            for check in [check for check in waiting if set(check.needs) <= done.keys()][: AT_ONCE - len(running)]:
                waiting.remove(check)
                running.add(pool.submit(_run, check, os.environ | env | check.env, telling))
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            outcomes += [future.result() for future in ended]
    return outcomes


def _run(check: Check, env: dict[str, str], telling: threading.Lock) -> Outcome:
    started = time.monotonic()
    code, said = _call(check, env)
    outcome = _outcome(check, code)
    if check.again and 0 < outcome.failed <= FEW:
        second = _run(check.again, env, telling)
        with telling:
            print(f"\nUNSTEADY  {check.name}: failed the first time and was run again; mend it\n{said}", flush=True)
        return Outcome(check.name, outcome.passed + second.passed, second.failed)
    with telling:
        seconds = f"{time.monotonic() - started:.0f} s"
        if not outcome.failed:
            print(f"ok      {check.name}: {outcome.passed} passed, {seconds}", flush=True)
        else:
            heading = f"FAILED  {check.name}: {outcome.passed} passed, {outcome.failed} failed, {seconds}"
            print(f"\n{'=' * 100}\n{heading}\n$ {' '.join(check.command)}\n{'=' * 100}\n{said}", flush=True)
    return outcome


def _call(check: Check, env: dict[str, str]) -> tuple[int, str]:
    """The program's exit code and what it said; a missing or hung program is told in words."""
    options = {"cwd": check.cwd, "env": env, "stdin": subprocess.DEVNULL, "timeout": LIMIT, "check": False}
    try:
        done = subprocess.run(
            check.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **options
        )  # type: ignore[call-overload]
    except subprocess.TimeoutExpired as error:
        return 124, f"{(error.stdout or b'').decode(errors='replace')}\nnot done after {LIMIT} s"
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout


def _outcome(check: Check, code: int) -> Outcome:
    """Counts from the JUnit file; a skipped test, a program that failed otherwise, and no test at all are failures."""
    if check.counts is None:
        return Outcome(check.name, int(code == 0), int(code != 0))
    passed, failed = _counts(check.counts)
    if not failed and (code or not passed):
        nothing_to_run = code == 5 and "SUIFANG_TEST_NONE_IS_FINE" in check.env
        failed = 0 if nothing_to_run else 1
    return Outcome(check.name, passed, failed)


def _counts(report: Path) -> tuple[int, int]:
    """(passed, failed) of a JUnit file; skipped tests count as failed."""
    if not report.exists():
        return 0, 0
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 (our own test runner wrote it)
    bad = sum(any(case.find(word) is not None for word in ("failure", "error", "skipped")) for case in cases)
    return len(cases) - bad, bad
