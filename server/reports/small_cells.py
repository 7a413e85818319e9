"""What leaves the station hides small counts, and whatever would let a reader work them out. Pure; k comes as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "rulebook" / "small_cells.json"


@dataclass(frozen=True)
class Guarded:
    """A figure as it may leave. None: hidden. `hidden` counts what was hidden; `k` is the smallest count that is shown."""

    numerator: int | None
    denominator: int | None
    percent: str | None
    mix: dict[str, int | None]
    hidden: int
    k: int


@cache
def k_for(reader: str) -> int:
    """The smallest count a reader may see: `station` (all), `county`, `above_county`."""
    found = json.loads(FILE.read_text("utf-8"))["k"][reader]
    assert isinstance(found, int)
    return found


def guard(numerator: int, denominator: int, percent: str | None, mix: Mapping[str, int], k: int) -> Guarded:
    """Hide counts from 1 to k - 1. `mix` adds up to the denominator, its `none` to denominator - numerator.

    Above and below the line are one pair: when either is small, or nobody (or everybody) is in one, both are hidden, or
    the total would tell what each of the few uses. Among the methods one hidden count alone could be subtracted, so the
    next smallest goes with it.
    """
    if k <= 1 or denominator == 0:
        return Guarded(numerator, denominator, percent, dict(mix), 0, k)
    if denominator < k:
        return Guarded(None, None, None, dict.fromkeys(mix), 2 + len(mix), k)
    methods = {code: count for code, count in mix.items() if code != "none"}
    if numerator < k or denominator - numerator < k:
        return Guarded(None, denominator, None, dict.fromkeys(mix), 1 + len(mix), k)
    shown = _methods(methods, k) | ({"none": mix["none"]} if "none" in mix else {})
    return Guarded(numerator, denominator, percent, shown, sum(count is None for count in shown.values()), k)


def _methods(counts: Mapping[str, int], k: int) -> dict[str, int | None]:
    """Hide small counts; while those hidden add up to less than k, the next smallest too."""
    hidden = {code for code, count in counts.items() if 0 < count < k}
    for code in sorted(counts, key=lambda code: counts[code]):
        if not hidden or (len(hidden) > 1 and sum(counts[one] for one in hidden) >= k):
            break
        if counts[code]:
            hidden.add(code)
    return {code: None if code in hidden else count for code, count in counts.items()}
