"""How much of an item a point had, day by day, and how many days it had none. Pure; see stock.py for what counts."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from server.rules.stock import Lot, Move


def held(moves: Iterable[Move]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """{(point, item): [(day number, pieces at its end)]}, days on which something moved, in their order."""
    lots: dict[Lot, int] = defaultdict(int)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for day, of_day in groupby(moves, key=lambda move: move.day):
        touched = set()
        for move in of_day:
            if move.state == "usable":
                place = move.at.point, move.at.item
                change = move.amount - lots[move.at] if move.counted else move.amount
                lots[move.at] += change
                totals[place] += change
                touched.add(place)
        for place in touched:
            found[place].append((day, totals[place]))
    return found


def days_without(history: list[tuple[int, int]], since: int, until: int) -> int:
    """Days from `since` to `until` (day numbers, both in) that ended with nothing or less; none before the first movement."""
    empty = 0
    for at, (day, amount) in enumerate(history):
        end = history[at + 1][0] if at + 1 < len(history) else until + 1
        if amount <= 0:
            empty += max(0, min(end, until + 1) - max(day, since))
    return empty
