"""Bad weeks by the hundred, each from its seed; and every known fault switched on: a test that never failed tests nothing."""

from __future__ import annotations

import os

import pytest

from tests.simulation import runner
from tests.simulation.__main__ import WRONG, total

RUNS = 2000 if os.environ.get("SUIFANG_TEST_ALL") == "1" else 300
UNTIL_CAUGHT = 200


def test_in_hundreds_of_bad_weeks_nothing_is_lost_doubled_or_leaked_and_all_phones_agree() -> None:
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
    return runner.until_caught(range(UNTIL_CAUGHT))


@pytest.mark.parametrize("bug", runner.bugs())
def test_a_known_fault_is_caught(caught: dict[str, list[runner.Result]], bug: str) -> None:
    assert caught[bug][-1].get("wrong") in WRONG


def test_a_seed_tells_the_same_story_again() -> None:
    first, again = (next(runner.run([7], [], processes=1, stories=True)) for _ in range(2))
    assert first == again
