"""Which persons of a township are likely one and the same. Pure; a human decides.

Two rows are a pair when they have the same ID number; the same name and full birth day; or the same name and telephone.
Two different ID numbers, sexes or birth days say that they are two people, whatever else is the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from server.desk.names import Entry

WHOLE_DAY = 10
MOST_OF_A_KIND = 6  # of a very common name on one day nothing is to be learnt


class Twins(NamedTuple):
    """A pair, the older row first. `why`: same_id, same_birth or same_phone."""

    one: Entry
    other: Entry
    why: str


def pairs(entries: Iterable[Entry]) -> list[Twins]:
    """Each pair once, with its strongest reason, in the order of the newer row."""
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry):
            groups[key].append(entry)
    found: dict[tuple[str, str], Twins] = {}
    for why in ("same_id", "same_birth", "same_phone"):
        for key, same in groups.items():
            if key[0] == why and 1 < len(same) <= MOST_OF_A_KIND:
                _pair_up(found, sorted(same), why)
    return sorted(found.values(), key=lambda pair: (pair.other.id, pair.one.id))


def key_of(one: str, other: str) -> str:
    """A name for a pair of persons, shaped like an id and the same each time."""
    text = hashlib.sha256(" ".join(sorted((one, other))).encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:32]}"


def _keys(entry: Entry) -> Iterable[tuple[str, ...]]:
    if entry.id_number:
        yield "same_id", entry.id_number
    if entry.birth and len(entry.birth) == WHOLE_DAY:
        yield "same_birth", entry.plain, entry.birth
    if entry.phone:
        yield "same_phone", entry.plain, entry.phone


def _pair_up(found: dict[tuple[str, str], Twins], same: list[Entry], why: str) -> None:
    for place, one in enumerate(same):
        for other in same[place + 1 :]:
            if why == "same_id" or not _two_people(one, other):
                found.setdefault((one.id, other.id), Twins(one, other, why))


def _two_people(one: Entry, other: Entry) -> bool:
    whole = [birth for birth in (one.birth, other.birth) if birth and len(birth) == WHOLE_DAY]
    asked = ((one.id_number, other.id_number), (one.sex or "", other.sex or ""), tuple(whole))
    return any(len(pair) == 2 and all(pair) and pair[0] != pair[1] for pair in asked)
