"""The server's rules and the phone's give the same verdicts on thousands of random cases, and a fault on either side shows."""

import copy
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.parity import cases, histories, stores
from tests.parity.asking import BOOK, Case, differences, phone, server

SEED = 20261101
LONG = 2 if os.environ.get("SUIFANG_TEST_ALL") else 1
COUNTS: dict[Callable[[random.Random], Case], int] = {
    cases.form_case: 16_000 * LONG,
    cases.strange_form_case: 5_000 * LONG,
    histories.life_case: 10_000 * LONG,
    histories.county_case: 2_000 * LONG,
    cases.county_form_case: 1_000 * LONG,
    cases.digest_case: 3_000 * LONG,
    cases.small_case: 3_000 * LONG,
    stores.stock_case: 2_000 * LONG,
}


def planted(make: Callable[[random.Random], Case], file: str, old: str, new: str) -> dict[str, Any]:
    """A fault in a source of pwa/src/rules, and the cases that must show it."""
    return {"file": file, "old": old, "new": new, "kind": make.__name__, "count": 1500}


RULED = (cases.form_case, cases.strange_form_case, histories.life_case, histories.county_case, stores.stock_case)

FAULTS = {
    "a bool taken for a number": planted(
        cases.form_case, "fields.ts", "whole(value) ? null : 'type'", "whole(Number(value)) ? null : 'type'"
    ),
    "inherited members read as answers": planted(
        cases.strange_form_case, "own.ts", "isPlain(value) && has(value, key)", "isPlain(value)"
    ),
    "characters counted as code units": planted(
        cases.form_case, "limits.ts", "[...value].length > field.max_length", "value.length > field.max_length"
    ),
    "a window one day longer": planted(
        histories.life_case, "schedule.ts", "start.slack, turn.expire) - 1", "start.slack, turn.expire)"
    ),
    "a month taken for its first day": planted(
        histories.life_case, "schedule.ts", "turn.overdue + start.slack", "turn.overdue"
    ),
    "a rest forgotten": planted(
        histories.life_case, "schedule.ts", "if (floor !== null && now < floor) return [];", ""
    ),
    "days set later held against an older record": planted(
        histories.county_case, "otherdays.ts", "n <= days", "n < 99"
    ),
    "the words of another variant": planted(
        histories.county_case, "schedule.ts", "const { why } = here.anchors", "const { why } = schedule.anchors"
    ),
    "a repeat kept that its variant has not": planted(
        histories.county_case, "otherdays.ts", "{ then: _, ...one }", "one"
    ),
    "a usual range of a later decision": planted(cases.county_form_case, "otherfields.ts", "n <= days", "n < 99"),
    "a withdrawal overlooked": planted(histories.life_case, "consent.ts", "ended.has(said.key)", "false"),
    "the year 1899 let in": planted(cases.small_case, "dates.ts", "FIRST_YEAR = 1900", "FIRST_YEAR = 1800"),
    "an expired lot proposed": planted(stores.stock_case, "stock.ts", "|| expired(at.expiry, today)", ""),
    "a balance clamped at nothing": planted(
        stores.stock_case,
        "stock.ts",
        "at(lot)[state] += change",
        "at(lot)[state] = Math.max(0, at(lot)[state] + change)",
    ),
    "a document taken twice": planted(stores.stock_case, "stock.ts", "if (again) continue;", ""),
    "keys left unsorted": planted(
        cases.digest_case, "digest.ts", ".filter((key) => value[key] !== undefined).sort()", ""
    ),
}


@dataclass(frozen=True)
class Exam:
    """All cases by kind, both ends' answers to them, and the phone's answers with each fault planted."""

    cases: dict[str, list[Case]]
    server: dict[str, list[Any]]
    phone: dict[str, list[Any]]
    faults: dict[str, list[Any]]


def rolled(make: Callable[[random.Random], Case], count: int) -> list[Case]:
    dice = random.Random(f"{SEED} {make.__name__}")
    return [make(dice) for _ in range(count)]


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    """Everything is asked once, in one node process: starting one for each test would take longer than the answers."""
    kinds = {make.__name__: rolled(make, count) for make, count in COUNTS.items()} | {"book": [["book"]]}
    definitions = cases.definitions()
    questions = {"definitions": definitions, "cases": kinds, "faults": list(FAULTS.values())}
    answers = phone(questions, tmp_path_factory.mktemp("parity"))
    ours = {kind: server(definitions, some) for kind, some in kinds.items()}
    return Exam(kinds, ours, answers["cases"], dict(zip(FAULTS, answers["faults"], strict=True)))


@pytest.mark.parametrize("kind", [make.__name__ for make in COUNTS] + ["book"])
def test_both_ends_agree(kind: str, exam: Exam) -> None:
    different = differences(exam.cases[kind], exam.server[kind], exam.phone[kind])
    assert not different, f"{len(different)} of {len(exam.cases[kind])} differ, the first: {different[0]}"


def test_at_least_twenty_thousand_answer_sets_are_compared() -> None:
    assert COUNTS[cases.form_case] + COUNTS[cases.strange_form_case] >= 20_000


def test_at_least_fifty_thousand_cases_of_forms_schedules_and_stock_are_compared_in_the_long_run() -> None:
    assert sum(COUNTS[make] for make in RULED) * 2 // LONG >= 50_000


def test_the_cases_reach_every_verdict_on_answers(exam: Exam) -> None:
    codes = {finding[1] for answer in exam.phone["form_case"] for finding in answer["value"]["check"]}
    assert codes >= {
        "required",
        "type",
        "option",
        "twice",
        "alone",
        "text",
        "date",
        "ref",
        "unknown_field",
        "not_asked",
    }
    assert codes >= {"range", "too_long", "future", "past", "unusual", "refer", "warn"}


def test_the_cases_make_something_due_under_every_active_schedule_in_every_state(exam: Exam) -> None:
    some, answers = exam.cases["life_case"], exam.phone["life_case"]
    lives = [
        answer["value"]["due"]
        for case, answer in zip(some, answers, strict=True)
        if "value" in answer and case[1] == "book"
    ]
    seen = {(item["schedule"], item["state"]) for items in lives for item in items}
    active = [schedule["id"] for schedule in BOOK.schedules if schedule["active"]]
    assert seen == {(schedule, state) for schedule in active for state in ("later", "due", "overdue")}


def test_the_cases_reach_every_state_of_consent(exam: Exam) -> None:
    words = {
        word for answer in exam.phone["life_case"] if "value" in answer for word in answer["value"]["standing"].values()
    }
    assert words == {"given", "declined", "withdrawn", "expired"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_planted_on_the_phone_is_seen(name: str, exam: Exam) -> None:
    kind, count = FAULTS[name]["kind"], FAULTS[name]["count"]
    assert differences(exam.cases[kind][:count], exam.server[kind][:count], exam.faults[name])


def _an_option_less(rules: Any) -> None:
    rules.forms["contraceptive_followup"]["fields"][1]["options"].pop()


def _a_day_later(rules: Any) -> None:
    next(schedule for schedule in rules.schedules if schedule["id"] == "condom")["steps"][0]["overdue"] += 1


@pytest.mark.parametrize(("spoil", "kind"), [(_an_option_less, "form_case"), (_a_day_later, "life_case")])
def test_a_rule_changed_on_the_server_alone_is_seen(spoil: Callable[[Any], None], kind: str, exam: Exam) -> None:
    some, changed = exam.cases[kind][:1000], copy.deepcopy(BOOK)
    spoil(changed)
    assert differences(some, server(cases.definitions(), some, changed), exam.phone[kind][:1000])
