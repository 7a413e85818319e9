"""How much of an item a point had, day by day, and how many days it had none. Pure; see stock.py for what counts."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from server.rules.shapes import Record
from server.rules.stock import movements_of
from server.rules.stock_shapes import StockRules


def held(rules: StockRules, records: Iterable[Record]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """{(point, item): [(day number, pieces at its end)]}, days on which something moved, in their order."""
    lots: dict[tuple[str, str, str, str], int] = {}
    found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for day, moves in groupby(movements_of(rules, records), key=lambda move: move.day):
        touched = set()
        for move in moves:
            if move.state == "usable":
                lots[move.at] = move.amount if move.counted else lots.get(move.at, 0) + move.amount
                touched.add((move.at.point, move.at.item))
        for point, item in touched:
            total = sum(amount for lot, amount in lots.items() if lot[:2] == (point, item))
            found[point, item].append((day, total))
    return found


def days_without(history: list[tuple[int, int]], since: int, until: int) -> int:
    """Days from `since` to `until` (day numbers, both in) that ended with nothing or less; none before the first movement."""
    empty = 0
    for at, (day, amount) in enumerate(history):
        end = history[at + 1][0] if at + 1 < len(history) else until + 1
        if amount <= 0:
            empty += max(0, min(end, until + 1) - max(day, since))
    return empty
