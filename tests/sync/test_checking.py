"""The remembered verdict on a form's answers is the one that the rulebook's reader gives."""

from __future__ import annotations

import random
from typing import Any

import pytest

from server.rules import book, forms
from server.rules.shapes import Field, Form
from server.sync.checking import Checker

FORMS = book.load().forms
DAYS = ("2026-01-01", "2026-06-30", "2026-11-22")
ODD: list[Any] = [
    None, "", [], 0, -1, 10**17, True, False, "x", "x\0y", "a" * 5000, [["q"]], {"year": 2020}, {"year": 2020, "month": 13},
    ["none", "none"], "2026-02-30",
]  # fmt: skip


def _answer(field: Field, chance: random.Random) -> Any:
    return chance.choice(ODD) if chance.random() < 0.12 else _usual(field, chance)


def _usual(field: Field, chance: random.Random) -> Any:
    codes = [option["code"] for option in field.get("options", [])]
    usual: dict[str, list[Any]] = {
        "code": codes, "multi": [codes[:1], codes[:2], codes[-2:]], "bool": [True, False], "int": [1, 5, 50, 120, 9999],
        "date": [*DAYS, "2027-01-01", {"year": 2025}], "ref": ["abc-1", "不"], "text": ["说", "y" * 41],
        "lines": [
            [{"item": "condom", "qty": 5}], [{"item": "condom", "qty": 5, "expiry": "2026-02-30"}],
            [{"qty": 2_000_000, "item": "coc"}],
        ],
    }  # fmt: skip
    return chance.choice(usual[field["type"]])


def _answers(form: Form, chance: random.Random) -> dict[str, Any]:
    picked = [field for field in form["fields"] if chance.random() < 0.5]
    chance.shuffle(picked)
    found = {field["key"]: _answer(field, chance) for field in picked}
    return found | ({"strange": 1} if chance.random() < 0.03 else {})


def _by_the_reader(form: Form, answers: dict[str, Any], day: str, role: str) -> tuple[str, ...]:
    found = forms.check(form, answers, day, role)
    return tuple(dict.fromkeys(finding.field for finding in found if finding.level == "error"))[:3]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_remembered_verdict_is_the_readers(form: Form) -> None:
    chance, checker = random.Random(form["id"]), Checker(form)
    for _ in range(1500):
        answers, day, role = _answers(form, chance), chance.choice(DAYS), chance.choice(["director", "technician"])
        assert checker.broken([answers], [day], role) == [_by_the_reader(form, answers, day, role)], answers


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_of_many_together_each_has_the_readers_verdict(form: Form) -> None:
    chance, checker = random.Random(form["id"]), Checker(form)
    for _ in range(200):
        keys = [field["key"] for field in form["fields"] if chance.random() < 0.3]
        fields = [field for field in form["fields"] if field["key"] in keys]
        batch = [{field["key"]: _usual(field, chance) for field in fields} for _ in range(4)] + [_answers(form, chance)]
        days = [chance.choice(DAYS) for _ in batch]
        wanted = [_by_the_reader(form, answers, day, "director") for answers, day in zip(batch, days, strict=True)]
        assert checker.broken(batch, days, "director") == wanted, batch


def test_what_no_condition_asks_about_shares_one_verdict() -> None:
    checker = Checker(FORMS["contraceptive_supply"])
    batch = [{"item": "condom", "qty": 10, "lot": f"L{number}", "counselled": True} for number in range(50)]
    for answers in batch:
        assert checker.broken([answers], [DAYS[1]], "director") == [()]
    assert checker.broken(batch, [DAYS[1]] * 50, "director") == [()] * 50
    assert len(checker.verdicts) == 1
