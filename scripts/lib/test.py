"""scripts/test: install what is missing, run every check two at a time, end with one line of totals."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import browser
import environment
import page
from checks import Check, chosen, everything, quick
from places import CannotGoOn, Steps, keep_bytecode
from runner import Outcome, run_all


def main() -> int:
    keep_bytecode()
    wanted = _arguments()
    started = time.monotonic()
    try:
        prepared = _prepare(with_browser=not wanted.quick)
    except CannotGoOn as error:
        print(f"\n{error}\n\n0 passed, 1 failed")
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="suifang-test-") as folder:
            outcomes = run_all(_checks(wanted, Path(folder)), prepared)
    except KeyboardInterrupt:  # the checks heard the same Ctrl-C and have ended
        print("\nStopped.")
        return 130
    return _tell(outcomes, time.monotonic() - started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/test", description="Check everything, or the tests named by PATH.")
    parser.add_argument("--quick", action="store_true", help="no browser, no PostgreSQL, no page build")
    parser.add_argument("--all", action="store_true", help="the long seeded runs at their full length, too")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="test files or folders, of tests/ or pwa/")
    return parser.parse_args()


def _prepare(*, with_browser: bool) -> dict[str, str]:
    """Install what the checks need; answer the environment they run in."""
    steps = Steps(4)
    steps.begin("Python packages")
    if not environment.ready(environment.DEV):
        environment.install(environment.DEV)
    steps.begin("Node")
    node = page.find_node()
    steps.begin("Packages of the page")
    page.install_packages(node)
    steps.begin("Browser and Chinese font" if with_browser else "Browser: not asked for")
    chromium = {"SUIFANG_CHROMIUM": browser.prepare()} if with_browser else {}
    return page.with_node(node) | chromium


def _checks(wanted: argparse.Namespace, folder: Path) -> list[Check]:
    if wanted.all:
        os.environ["SUIFANG_TEST_ALL"] = "1"
    if wanted.paths:
        return chosen([Path(path).resolve() for path in wanted.paths], folder, postgres=not wanted.quick)
    return quick(folder) if wanted.quick else everything(folder)


def _tell(outcomes: list[Outcome], seconds: float) -> int:
    """Repeat what failed, then the totals; a skipped test counts as failed, since nothing here may be left out."""
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"\n{len(outcomes)} checks in {seconds:.0f} s", end="")
    wrong = [outcome.name for outcome in outcomes if outcome.failed]
    print(f"; failed: {', '.join(wrong)}" if wrong else "")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
