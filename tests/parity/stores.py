"""Random stock: movements, hand-outs and stock-takes in any order, some of them hostile."""

import copy
import random
from typing import Any

from tests.parity import histories
from tests.parity.asking import Case
from tests.parity.given import HOSTILE, ROLES, day

POINTS = ["990131101", "990131101201", "bag:w", "bag:v"]
ITEMS = ["condom", "coc", "folic_acid"]
MOVES = ["in", "out", "return", "count", "damage", "destroy", "burn"]


def line(dice: random.Random) -> Any:
    """One line, its members at times missing or of a wrong type."""
    made: dict[str, Any] = {"item": dice.choice(ITEMS), "qty": dice.choice([0, 1, 20, 100, 10_000])}
    if dice.random() < 0.8:
        made["lot"] = dice.choice(["2409A", "2409B", " 2409A ", "é", "𠮷"])
    if dice.random() < 0.8:
        made["expiry"] = dice.choice([day(dice, 2026, 2028), "2026-12-01", "2027-06-30"])
    if dice.random() < 0.05:
        made[dice.choice(list(made))] = copy.deepcopy(dice.choice(HOSTILE))
    return made if dice.random() < 0.98 else dice.choice(HOSTILE)


def moved(dice: random.Random) -> Any:
    """A movement or a hand-out, most often of the few lots that the others are about."""
    if dice.random() < 0.15:
        return histories.record(dice, dice.choice(["contraceptive_supply", "folic_acid"]))
    made: dict[str, Any] = {
        "id": f"{dice.randint(0, 16**4):04x}", "form": "stock", "occurred_on": day(dice, 2026, 2026), "role": dice.choice(ROLES),
        "author": dice.choice(["w", "v"]), "area": dice.choice(["990131101201", "99", None]),
        "status": "live" if dice.random() < 0.95 else "void",
        "answers": {"movement": dice.choice(MOVES), "from_place": dice.choice(POINTS), "to_place": dice.choice(POINTS),
                    "lines": [line(dice) for _ in range(dice.randint(0, 3))]},
    }  # fmt: skip
    if dice.random() < 0.4:
        made["answers"]["of"] = dice.choice(["d1", "d2", "", "__proto__", 7])
    if dice.random() < 0.3:
        given = {"item": dice.choice(ITEMS), "qty": dice.choice([1, 20, 200]), "lot": "2409A", "expiry": "2026-12-01"}
        made |= {"form": "contraceptive_supply", "answers": given | {"point": dice.choice(["centre", "village"])}}
    if dice.random() < 0.05:
        made[dice.choice(list(made))] = copy.deepcopy(dice.choice(HOSTILE))
    return made


def stock_case(dice: random.Random) -> Case:
    """Some movements, then a wish for an item on a day, and a lot to judge."""
    rows = [moved(dice) for _ in range(dice.randint(0, 9))]
    today = dice.choice([day(dice, 2026, 2027), "2026-12-01", "2026-11-30", "2026-06-04"])
    wanted = dice.choice([0, 1, 20, 150])
    expiry = dice.choice(
        ["2026-12-01", "2026-12-02", "2027-02-28", "2027-05-30", day(dice, 2026, 2028), dice.choice(HOSTILE)]
    )
    return ["stock", rows, dice.choice(POINTS), dice.choice(ITEMS), wanted, today, dice.random() < 0.3, expiry]
