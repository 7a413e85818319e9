"""What scripts/test runs: each check is one program, what it must wait for, and where its counts are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from places import BIN, PWA, ROOT

PYTEST = (str(BIN / "python"), "-m", "pytest", "-q")
FORGET = ("-p", "no:cacheprovider")  # two at a time would write over each other
# Half of the time that the Python tests take: run by themselves, so that two at a time end together.
LONG = ("tests/sync", "tests/simulation", "tests/parity", "tests/rules")


@dataclass(frozen=True)
class Check:
    """One program. `counts` is the JUnit file it leaves; without one the check counts as one test. `again` runs only
    what failed: in real browsers on two busy cores a failure is asked a second time, and told either way.
    """

    name: str
    command: tuple[str, ...]
    cwd: Path = ROOT
    counts: Path | None = None
    needs: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    again: Check | None = None


def everything(folder: Path) -> list[Check]:
    """All checks, the long ones first, so that two at a time end together."""
    return [
        _page_build(),
        _python("Python tests on PostgreSQL", folder, ["tests", "--ignore=tests/e2e"], {"SUIFANG_TEST_PG": "1"}),
        _browser(folder, ["tests/e2e"]),
        _python("Python tests on SQLite: sync and rules", folder, [*LONG]),
        _python("Python tests on SQLite: the others", folder, ["tests", *_without("tests/e2e", *LONG)]),
        *_of_the_page(folder),
        *_of_the_server(),
    ]


def quick(folder: Path) -> list[Check]:
    """What needs neither browser, PostgreSQL nor a built page."""
    tests = _python("Python tests on SQLite", folder, ["tests", "--ignore=tests/e2e"])
    return [tests, *_of_the_page(folder), *_of_the_server()]


def chosen(paths: list[Path], folder: Path, *, postgres: bool) -> list[Check]:
    """The tests in `paths` alone: browser tests, other Python tests (on both databases), or the page's."""
    of_page = [str(path) for path in paths if path.is_relative_to(PWA)]
    of_browser = [str(path) for path in paths if path.is_relative_to(ROOT / "tests" / "e2e")]
    others = [str(path) for path in paths if str(path) not in {*of_page, *of_browser}]
    return [
        *([_python("Python tests on SQLite", folder, [*others, "--ignore=tests/e2e"])] if others else []),
        *([_on_postgres_if_any(folder, others)] if others and postgres else []),
        *([_page_build(), _browser(folder, of_browser)] if of_browser else []),
        *([_vitest(folder, of_page)] if of_page else []),
    ]


def _of_the_server() -> list[Check]:
    return [
        Check("Types of the server (mypy)", (str(BIN / "mypy"),)),
        Check("Import rules (import-linter)", (str(BIN / "lint-imports"), "--no-logo")),
        Check("Lint (ruff)", (str(BIN / "ruff"), "check")),
        Check("Format (ruff)", (str(BIN / "ruff"), "format", "--check")),
    ]


def _of_the_page(folder: Path) -> list[Check]:
    return [
        _vitest(folder, []),
        Check("Lint of the page (ESLint)", ("npm", "run", "--silent", "lint"), PWA),
        Check("Rulebook in the page is the server's", ("node", "scripts/rulebook.mjs", "--check"), PWA),
        Check("Types of the page (tsc)", ("npm", "run", "--silent", "check"), PWA),
    ]


def _without(*folders: str) -> list[str]:
    return [f"--ignore={folder}" for folder in folders]


def _python(name: str, folder: Path, paths: list[str], env: dict[str, str] | None = None) -> Check:
    counts = folder / f"{name}.xml"
    return Check(name, (*PYTEST, *FORGET, f"--junitxml={counts}", *paths), counts=counts, env=env or {})


def _on_postgres_if_any(folder: Path, paths: list[str]) -> Check:
    # Chosen tests may ask for no database at all; then there is nothing to run again.
    env = {"SUIFANG_TEST_PG": "1", "SUIFANG_TEST_NONE_IS_FINE": "1"}
    return _python("Python tests on PostgreSQL", folder, [*paths, "--ignore=tests/e2e"], env)


def _browser(folder: Path, paths: list[str]) -> Check:
    command = (*PYTEST, "-o", f"cache_dir={folder}/browser", *paths)
    failed = ("--last-failed", "--last-failed-no-failures=none")
    name, first, second = "Browser tests (Chromium)", folder / "browser.xml", folder / "browser-again.xml"
    again = Check(name, (*command, *failed, f"--junitxml={second}"), counts=second)
    return Check(name, (*command, f"--junitxml={first}"), counts=first, needs=("Page build",), again=again)


def _page_build() -> Check:
    return Check("Page build", (str(BIN / "python"), str(ROOT / "scripts" / "lib" / "build_page.py")))


def _vitest(folder: Path, paths: list[str]) -> Check:
    counts = folder / "vitest.xml"
    report = ("--reporter=default", "--reporter=junit", f"--outputFile.junit={counts}")
    return Check(
        "Tests of the page (vitest)",
        (str(PWA / "node_modules" / ".bin" / "vitest"), "run", *report, *paths),
        PWA,
        counts,
    )
