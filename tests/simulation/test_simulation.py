"""Bad weeks by the hundred, each from its seed; and every known fault switched on: a test that never failed tests nothing."""

from __future__ import annotations

import os

import pytest

from tests.simulation import runner
from tests.simulation.__main__ import WRONG, main, total

LONG = os.environ.get("SUIFANG_TEST_ALL") == "1"
RUNS = 2000 if LONG else 24
UNTIL_CAUGHT = 200
# Every other switch is caught in the first run.
SLOW = {"restore_revives_lost_phone", "drop_forgets_outbox"}
SWITCHES = [bug for bug in runner.bugs() if LONG or bug not in SLOW]


def test_in_a_hundred_bad_weeks_nothing_is_lost_doubled_or_leaked_and_all_phones_agree() -> None:
    results = list(runner.run(range(RUNS), [], processes=2))
    figures = total(results, 0)
    wrong = [(result["seed"], result["wrong"], result["why"][:300]) for result in results if "wrong" in result]
    assert wrong == []
    assert [figures[word] for word in WRONG] == [0, 0, 0, 0]
    assert figures["operations"] >= 200 * RUNS
    assert min(figures[name] for name in ("kills", "restores", "hides", "moves")) > RUNS / 2


@pytest.fixture(scope="module")
def caught() -> dict[str, list[runner.Result]]:
    """For each fault the runs that were made until it was caught."""
    return runner.until_caught(range(UNTIL_CAUGHT), SWITCHES)


@pytest.mark.parametrize("bug", SWITCHES)
def test_a_known_fault_is_caught(caught: dict[str, list[runner.Result]], bug: str) -> None:
    assert caught[bug][-1].get("wrong") in WRONG


def test_a_seed_tells_the_same_story_whatever_was_run_before_it() -> None:
    results = list(runner.run([7, 8, 7, 7], [], processes=2, stories=True))  # one after itself, one after another
    first, *again = (result for result in results if result["seed"] == 7)
    assert again == [first] * 2


def test_a_fault_that_nobody_knows_is_refused_and_not_run_without_any() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--bug", "no_such_fault", "--runs", "1"])
