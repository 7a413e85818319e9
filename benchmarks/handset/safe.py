"""What the safe costs: the same app on two phones of one run, one of which seals nothing, at a quarter of the speed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.handset import measure, township
from benchmarks.handset.hand import Hand

GLASS = (Path(__file__).parent / "glass.js").read_text()
Figures = dict[str, Any]


def compare(chromium: str, folder: Path, runs: int, size: township.Size) -> dict[str, Figures]:
    """Openings, persons and visits, `runs` of each, ms: on a phone as it is, and on one of glass."""
    phones = {"glass": GLASS, "sealed": ""}
    return {name: _one(chromium, folder / name, runs, size, script) for name, script in phones.items()}


def _one(chromium: str, folder: Path, runs: int, size: township.Size, script: str) -> Figures:
    with measure.phone_with(chromium, folder, size, script) as (hand, _):
        unlocks = [_unlock(hand) for _ in range(runs)]
        people = measure.some_people(hand, runs)
        measure.say(f"unlocked {runs} times")
        return {"unlock": unlocks, "person_ms": measure.persons(hand, people), **measure.visits(hand, people)}


def _unlock(hand: Hand) -> Figures:
    """From the sixth digit to the first names and to a list that answers; `stretch` of it is the key made of the digits, which
    throttling does not slow down."""
    hand.restart()
    shown = hand.opened()
    pin = hand.page.evaluate("() => stopwatch.pin")
    return {name: at - pin["begun"] for name, at in shown.items()} | {"stretch": pin["ms"]}
