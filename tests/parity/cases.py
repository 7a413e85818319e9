"""Random cases for both ends: forms, shuffled forms, values to sign, days and numbers."""

import copy
import random
from typing import Any

from tests.parity import histories
from tests.parity.asking import BOOK, Case
from tests.parity.given import FORMS, HOSTILE, HOSTILE_KEYS, ROLES, answers, birth, day, vague


def form_case(dice: random.Random) -> Case:
    """Answers to a shipped form, with the same person's other records for the year's sums."""
    name = dice.choice(FORMS)
    held = [histories.record(dice, "contraceptive_supply") for _ in range(dice.choice([0, 0, 2]))]
    today = day(dice, 2025, 2027) if dice.random() < 0.98 else dice.choice(["today", "", "2026-02-30"])
    return ["form", name, answers(dice, BOOK.forms[name]), today, dice.choice(ROLES), held, birth(dice)]


def strange_form(dice: random.Random) -> Any:
    """A form that nobody shipped: a shipped one with its conditions and limits shuffled."""
    form: Any = copy.deepcopy(BOOK.forms[dice.choice(FORMS)])
    fields = form["fields"]
    for field in fields:
        if dice.random() < 0.4:
            field["when"] = [condition(dice, fields) for _ in range(dice.randint(1, 2))]
        if field["type"] == "int":
            field["min"], field["max"] = sorted((dice.randint(-5, 5), dice.randint(0, 300)))
        if dice.random() < 0.2:
            field["roles"] = dice.sample(["director", "technician", "liaison"], dice.randint(1, 2))
    for rule in form["rules"]:
        rule["when"] = dice.choice([condition(dice, fields), [condition(dice, fields), condition(dice, fields)]])
        rule["then"] = dice.choice(["refer", "warn", "block"])
    dice.shuffle(fields)
    return form


def condition(dice: random.Random, fields: list[Any]) -> Any:
    """A condition of each of the three kinds on any field, fitting its type or not."""
    field = dice.choice(fields)
    words = [option["code"] for option in field.get("options", [])] + ["true", "false", "1", "__proto__"]
    if dice.random() < 0.3:
        return {"field": field["key"], "op": dice.choice([">=", "<=", ">", "<", "="]), "value": dice.randint(-1, 200)}
    return {"field": field["key"], dice.choice(["is", "not"]): dice.sample(words, dice.randint(1, 3))}


STRANGE_FORMS = {f"strange {seed}": strange_form(random.Random(seed)) for seed in range(60)}


def strange_form_case(dice: random.Random) -> Case:
    """Answers to one of the shuffled forms."""
    name = dice.choice(list(STRANGE_FORMS))
    return [
        "form",
        name,
        answers(dice, STRANGE_FORMS[name]),
        day(dice, 2025, 2027),
        dice.choice(ROLES),
        [],
        birth(dice),
    ]


def county_form_case(dice: random.Random) -> Case:
    """A shipped form in a county that set usual ranges and options of its own, under some decision or nothing good."""
    form = BOOK.forms[dice.choice(FORMS)]
    changes: dict[str, Any] = {}
    for field in form["fields"]:
        codes = [option["code"] for option in field.get("options", [])]
        for n in sorted(dice.sample(range(1, 9), dice.randint(0, 2))):
            one: dict[str, Any] = {}
            if field["type"] == "int" and dice.random() < 0.8:
                one["warn"] = sorted((dice.randint(-12, 300), dice.randint(-12, 300)))
            if codes and dice.random() < 0.8:
                one["hidden"] = dice.sample(codes, dice.randint(1, len(codes)))
            changes.setdefault(f"{form['id']}.{field['key']}", []).append([n, one])
    days = dice.choice([0, 1, 3, 5, 8, 20, -1, True, "3", None])
    return ["county_form", form["id"], changes, days, answers(dice, form), day(dice, 2025, 2027)]


def nested(dice: random.Random, depth: int = 0) -> Any:
    """Any JSON value, deep at times; no float that another language would read as a whole number."""
    if depth > 3 or dice.random() < 0.5:
        return copy.deepcopy(
            dice.choice(
                [value for value in HOSTILE if not isinstance(value, (list, dict))] + ['\u2028\x7f\x01"\\/\b\f\r\t']
            )
        )
    size = dice.randint(0, 4)
    if dice.random() < 0.5:
        return [nested(dice, depth + 1) for _ in range(size)]
    keys = [*HOSTILE_KEYS[:10], "salt", "body", "digest", "dseq", "a", "B", "_"]
    return {dice.choice(keys): nested(dice, depth + 1) for _ in range(size)}


def digest_case(dice: random.Random) -> Case:
    """A value to write canonically, or an event to sign."""
    if dice.random() < 0.5:
        value = nested(dice)
        for _ in range(dice.choice([0, 0, 0, 29, 33, 60])):
            value = [value]
        return ["canonical", value]
    event = {
        "id": "e",
        "dseq": dice.randint(1, 9),
        "digest": "x",
        "t": 2**41,
        "body": dice.choice([{"salt": "s", "answers": nested(dice)}, nested(dice)]),
    }
    return [
        "digest",
        dice.randbytes(16).hex(),
        event | ({dice.choice(HOSTILE_KEYS): nested(dice)} if dice.random() < 0.2 else {}),
    ]


def small_case(dice: random.Random) -> Case:
    """Dates, identity numbers, masks."""
    kind = dice.random()
    if kind < 0.6:
        value = dice.choice(
            [
                day(dice, 1899, 2101),
                vague(dice),
                dice.choice(HOSTILE),
                "2026-12",
                "2026-00",
                f"{dice.randint(1890, 2110)}-{dice.randint(0, 13):02}-{dice.randint(0, 32):02}",
            ]
        )
        return ["date", value, dice.choice([0, 1, -1, 365, 10**6, -(10**6), dice.randint(-9999, 9999)]), day(dice)]
    digits = "".join(dice.choice("0123456789") for _ in range(dice.choice([17, 17, 17, 15, 3])))
    number = digits + dice.choice("0123456789Xx")
    if kind < 0.8:
        return [
            "id_number",
            number
            if dice.random() < 0.4
            else f"990131{dice.randint(1890, 2110)}{dice.randint(1, 12):02}{dice.randint(1, 31):02}{digits[:3]}{number[-1]}",
        ]
    return ["mask", dice.choice([number, "𠮷野家", "周桂兰", "", "13800005678", "\ud83d\ude00a", "e\u0301x"])]


def definitions() -> list[Case]:
    """What the cases refer to by name besides the rulebook; goes before them."""
    strange = [["define", name, value] for name, value in (STRANGE_FORMS | histories.STRANGE_SCHEDULES).items()]
    return strange + [["overlay", name, "book", changes] for name, changes in histories.COUNTIES.items()]
