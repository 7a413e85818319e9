"""Both ends answer the same cases: the server's rules here, the phone's in one node process."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from server.rules import (
    book,
    consent,
    dates,
    digest,
    episodes,
    forms,
    idnumber,
    masks,
    method,
    otherdays,
    otherfields,
    schedule,
    stock,
)

HERE = Path(__file__).parent
BOOK = book.load()
Case = list[Any]


def phone(questions: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The phone's answers to {definitions, cases, faults}; `answer.mjs` says in which shape."""
    (folder / "questions.json").write_text(json.dumps(questions), "ascii")
    command = [node(), str(HERE / "answer.mjs"), str(folder / "questions.json"), str(folder / "answers.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads((folder / "answers.json").read_text("utf-8"))
    return answers


def node() -> str:
    """Where node is: as SUIFANG_NODE says, else on the path."""
    found = os.environ.get("SUIFANG_NODE") or shutil.which("node")
    assert found, "node is needed: scripts/test finds or installs it"
    return found


def server(definitions: Sequence[Case], cases: Sequence[Case], rules: book.Book = BOOK) -> list[Any]:
    """The server's answers to the same cases, read from the same text."""
    operations = _operations(rules)
    for operation, *given in definitions:
        operations[operation](*given)
    return [_answer(operations, case) for case in json.loads(json.dumps(cases))]


def _answer(operations: dict[str, Callable[..., Any]], case: Case) -> Any:
    try:
        value = operations[case[0]](*case[1:])
    except (digest.NotCanonical, ValueError):
        return {"refused": True}
    return {"value": json.loads(json.dumps(value))}


def differences(cases: Sequence[Case], one: list[Any], other: list[Any]) -> list[tuple[Case, Any, Any]]:
    """The cases on which the two ends do not agree."""
    assert len(cases) == len(one) == len(other)
    return [(case, left, right) for case, left, right in zip(cases, one, other, strict=True) if left != right]


def _operations(rules: book.Book) -> dict[str, Callable[..., Any]]:
    defined: dict[str, Any] = {**rules.forms, "book": rules.schedules}

    def form(form: str, answers: Any, today: str, role: str | None, records: list[Any], birth: Any) -> Any:
        own = defined[form]
        return {
            "check": [[f.field, f.code, f.level, f.rule] for f in forms.check(own, answers, today, role, birth)],
            "visible": forms.visible(own, answers, role),
            "referrals": [rule["id"] for rule in forms.referrals(own, answers, role)],
            "year_notes": [[note["id"], total] for note, total in forms.year_notes(own, answers, records, today)],
            "audience": forms.audience(own, role or "nobody"),
            "age_notes": [note["id"] for note in forms.age_notes(own, role or "nobody", answers, today)],
            "may_write": forms.may_write(own, role or "nobody", answers, today),
        }

    def life(schedules: str, records: list[Any], today: str) -> Any:
        return {
            "due": [asdict(item) for item in schedule.due_items(defined[schedules], records, today)],
            "standing": consent.standing(records, today),
            "method": method.current(records, today),
            "episodes": [asdict(one) for one in episodes.of(defined["anc"], records, today)],
        }

    def in_stock(records: list[Any], point: str, item: str, wanted: int, today: str, doubt: bool, expiry: Any) -> Any:
        found = stock.ledger(rules.stock, records)
        return {
            "balances": [[row.at, row.usable, row.set_aside] for row in found.balances],
            "differences": [[row.record, row.at, row.book, row.counted] for row in found.differences],
            "again": stock.taken_again(records),
            "proposed": stock.propose(found.balances, point, item, wanted, today),
            "judged": stock.judge(rules.stock, expiry, today, clock_in_doubt=doubt),
        }

    return {
        "stock": in_stock,
        "define": defined.__setitem__,
        "overlay": lambda name, of, changes: defined.update({name: otherdays.overlaid(defined[of], changes)}),
        "form": form,
        "county_form": lambda of, changes, days, answers, today: {
            "form": _bare(otherfields.as_of(defined[of], changes, days)),
            "check": [
                [f.field, f.code] for f in forms.check(otherfields.as_of(defined[of], changes, days), answers, today)
            ],
        },
        "life": life,
        "book": lambda: _written(rules),
        **_SMALL,
    }


def _date(value: Any, days: int, on: str) -> list[Any]:
    later = dates.add_days(value, days) if isinstance(value, str) else None
    return [
        dates.number(value),
        dates.earliest(value),
        dates.latest(value),
        dates.month_span(value),
        dates.age(value, on),
        later,
    ]


def _written(rules: book.Book) -> Any:
    return _bare({
        "forms": dict(rules.forms), "schedules": [one for one in rules.schedules if one["active"]],
        "indicators": dict(rules.indicators),
        "labels": dict(rules.labels), "consent_texts": dict(rules.consent_texts), "stock": rules.stock,
    })  # fmt: skip


def _bare(value: Any, *, rule: bool = False) -> Any:
    """As it travels: a phone says where a line comes from of a rule's advice alone."""
    if isinstance(value, list):
        return [_bare(one, rule=rule) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _bare(inner, rule=key == "rules") for key, inner in value.items() if rule or key != "status"}


_SMALL: dict[str, Callable[..., Any]] = {
    "date": _date,
    "canonical": lambda value: digest.canonical(value).hex(),
    "digest": lambda salt, event: digest.digest(bytes.fromhex(salt), event).hex(),
    "id_number": lambda v: [idnumber.fault(v), idnumber.birth(v), idnumber.sex(v), idnumber.checksum_ok(v)],
    "mask": lambda v: [masks.name(v), masks.phone(v), masks.id_number(v), masks.id_last4(v)],
}
