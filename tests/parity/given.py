"""Random answers to forms, with fixed seeds; a good part of them hostile."""

import copy
import random
from typing import Any

from server.rules.shapes import Field, Form
from tests.parity.asking import BOOK

HOSTILE_KEYS = [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "length",
    "",
    "0",
    "-1",
    "10",
    "é",
    "𠮷",
    "\ue000",
    "key ",
]
HOSTILE: list[Any] = [
    None, True, False, 0, 1, -1, 2, 2**53 - 1, 2**53, -(2**53) - 1, 10**30, 0.5, -3.25,
    1e-7, "", " ", "true", "false", "none", "0", "1",
    "__proto__", "constructor", "2026-02-30", "0000-01-01", "1899-12-31", "1900-01-01", "2099-12-31", "2100-01-01", "2024-02-29",
    "2026-11-01\n", "２０２６-11-01", "2026-1-1", "+026-11-01", "\ud800", "𠮷", "e\u0301", "é", "\0", "x" * 300, "𠮷" * 201,
    [], {}, [None], ["none"], ["none", "none"], ["__proto__"], [True], [[]], [1], {"year": 2026}, {"year": 2026, "month": 2},
    {"year": 2026, "month": 0}, {"year": 2026, "month": 13}, {"year": True}, {"year": 1899}, {"year": 2026, "month": None},
    {"year": 2026, "day": 1}, {"month": 3}, {"__proto__": {"year": 2026}}, {"year": 10**20},
]  # fmt: skip
ROLES = ["director", "liaison", "technician", "station", "county", "import", None, "__proto__"]
FORMS = list(BOOK.forms)


def day(dice: random.Random, low: int = 2014, high: int = 2028) -> str:
    """A real day, at times near a month's or year's end or at the ends of time."""
    if dice.random() < 0.04:
        return dice.choice(["1900-01-01", "2099-12-31", "2024-02-29", "2099-06-30", "2000-02-29"])
    year, month = dice.randint(low, high), dice.randint(1, 12)
    return f"{year}-{month:02}-{dice.choice([1, 28, dice.randint(1, 28)]):02}"


def vague(dice: random.Random) -> Any:
    """A day, a month or a year as people remember them."""
    year = dice.randint(2005, 2027)
    return dice.choice([day(dice, 2005, 2027), {"year": year}, {"year": year, "month": dice.randint(1, 12)}])


def birth(dice: random.Random) -> Any:
    """When she was born: most often so late that she was a child on many of the days."""
    return dice.choice([vague(dice), day(dice, 1970, 2027), None, dice.choice(HOSTILE)])


def fitting(dice: random.Random, field: Field) -> Any:
    """An answer of the right shape, sometimes past its limits."""
    if field["type"] == "bool":
        return dice.random() < 0.5
    if field["type"] == "int":
        low, high = field.get("min", 0), field.get("max", 300)
        return dice.choice(
            [low, high, low - 1, high + 1, dice.randint(low, high), dice.choice(field.get("warn", [low]))]
        )
    if field["type"] == "date":
        return vague(dice) if field.get("vague") else day(dice, 2024, 2028)
    if field["type"] == "text":
        return _text(dice, field.get("max_length", 9))
    if field["type"] == "ref":
        return dice.choice(["0190a", "c1", "r1", "not a ref", "x" * 65])
    if field["type"] == "lines":
        return [lined(dice, field) for _ in range(dice.choice([1, 1, 2, field.get("max_length", 3) + 1]))]
    codes = [option["code"] for option in field["options"]]
    return dice.choice(codes) if field["type"] == "code" else dice.sample(codes, dice.randint(0, min(3, len(codes))))


def lined(dice: random.Random, field: Field) -> Any:
    """One line of a `lines` field, seldom with a column too many, too few or of a wrong kind."""
    line: dict[str, Any] = {column["key"]: fitting(dice, column) for column in field.get("of", [])}
    if dice.random() < 0.08:
        line[dice.choice([*line, *HOSTILE_KEYS])] = copy.deepcopy(dice.choice(HOSTILE))
    if dice.random() < 0.08:
        line.pop(dice.choice(list(line)))
    return line if dice.random() < 0.97 else dice.choice(HOSTILE)


def _text(dice: random.Random, longest: int) -> str:
    return dice.choice(
        ["a", "她想聊聊", "e\u0301", "x" * longest, "𠮷" * longest, "𠮷" * (longest + 1), "x" * (longest + 1)]
    )


def answers(dice: random.Random, form: Form) -> Any:
    """A set of answers: mostly plausible, with wrong types, unknown keys and leftovers of hidden questions among them."""
    if dice.random() < 0.02:
        return dice.choice(HOSTILE)
    given: dict[str, Any] = {}
    density, spite = dice.choice([0.3, 0.7, 1.0]), dice.choice([0, 0, 0.1, 0.5])
    for field in form["fields"]:
        if dice.random() < density:
            given[field["key"]] = copy.deepcopy(dice.choice(HOSTILE)) if dice.random() < spite else fitting(dice, field)
    if dice.random() < 0.4:
        given.pop("declined", None)
    for _ in range(dice.choice([0, 0, 0, 1, 3])):
        given[dice.choice(HOSTILE_KEYS)] = dice.choice(HOSTILE)
    return given
