"""Which answers break a rule of their form.

Most answers are good or bad by themselves. Only what a condition asks about makes others wanted or unwanted; those few
repeat from visit to visit, so their verdict is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import orjson

from server.rules import dates, forms
from server.rules.conditions import SAFE
from server.rules.shapes import Field, Form

WORST = 3
REMEMBERED = 8192
Good: TypeAlias = Callable[[Any], bool]


class Checker:
    """Checks answers to one version of one form. `coded`: the fields that are no free text."""

    def __init__(self, form: Form) -> None:
        asked_about = {*_conditions(form), *_compared(form)}
        fields = {field["key"]: field for field in form["fields"]}
        self.form = form
        self.alone = {
            key: _good(field) for key, field in fields.items() if key not in asked_about and not _by_day(field)
        }
        self.dates = {
            key for key, field in fields.items() if key not in self.alone and field["type"] in ("date", "lines")
        }
        self.coded = frozenset(key for key, field in fields.items() if field["type"] != "text")
        self.verdicts: dict[bytes, tuple[str, ...]] = {}

    def broken(self, answers: Mapping[str, Any], day: str, role: str) -> tuple[str, ...]:
        """The fields whose answers break a rule on that day, the worst three of them."""
        held, deciding, alone = [], {}, self.alone
        for key, value in answers.items():
            good = alone.get(key)
            if good is None:
                deciding[key] = value
            elif good(value):
                held.append(key)
            elif not forms.unanswered(value):
                return self._names(answers, day, role)
        at = day if self.dates & deciding.keys() else ""
        known = orjson.dumps([role, at, held, deciding])
        verdict = self.verdicts.get(known)
        if verdict is None:
            if len(self.verdicts) >= REMEMBERED:
                self.verdicts.clear()
            verdict = self.verdicts[known] = self._names(answers, day, role)
        return verdict

    def _names(self, answers: Mapping[str, Any], day: str, role: str) -> tuple[str, ...]:
        found = forms.check(self.form, answers, day, role)
        return tuple(dict.fromkeys(finding.field for finding in found if finding.level == "error"))[:WORST]


def _by_day(field: Field) -> bool:
    """Whether the day of the visit, or what is counted in lines, decides if an answer is good."""
    return "not_after" in field or "after" in field or field["type"] == "lines"


def _compared(form: Form) -> Iterator[str]:
    """The fields that are measured against each other."""
    for field in form["fields"]:
        for name in (field.get("not_before"), field.get("at_most")):
            if name is not None:
                yield from (name, field["key"])


def _good(field: Field) -> Good:
    """Whether an answer is there and breaks no rule of its own field; a quick one for the kinds that are common."""
    kind, codes = field["type"], frozenset(option["code"] for option in field.get("options", []))
    if kind == "int":
        least, most = max(field.get("min", -SAFE), -SAFE), min(field.get("max", SAFE), SAFE)
        return lambda value: type(value) is int and least <= value <= most
    if kind == "text":
        longest = field.get("max_length", SAFE)
        return lambda value: type(value) is str and 0 < len(value) <= longest and "\0" not in value
    if kind == "code":
        return lambda value: type(value) is str and value in codes
    if kind == "bool":
        return lambda value: type(value) is bool
    if kind == "ref":
        return lambda value: type(value) is str and forms.REF.fullmatch(value) is not None
    if kind == "date" and not field.get("vague"):
        return lambda value: type(value) is str and _is_day(value)
    if kind == "multi":
        alone = frozenset(field.get("alone", []))
        return lambda value: type(value) is list and _picks(value, codes, alone)
    return lambda value: not forms.unanswered(value) and forms.misshapen(field, value) is None


def _picks(value: list[Any], codes: frozenset[str], alone: frozenset[str]) -> bool:
    """Whether these are one or more different words of the list; some words stand by themselves."""
    for word in value:
        if type(word) is not str or word not in codes:
            return False
    return len(value) == 1 or (len(set(value)) == len(value) > 1 and alone.isdisjoint(value))


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    return dates.is_day(text)


def _conditions(form: Form) -> Iterator[str]:
    """The fields that conditions of the form ask about."""
    for part in [*form["fields"], *form["rules"]]:
        when = part.get("when") or []
        yield from (cond["field"] for cond in ([when] if isinstance(when, dict) else when))


_CHECKERS: dict[int, Checker] = {}  # by the identity of their form, which each of them keeps alive


def of(form: Form) -> Checker:
    """The checker of a form, made once."""
    found = _CHECKERS.get(id(form))
    if found is None or found.form is not form:
        found = _CHECKERS[id(form)] = Checker(form)
    return found


def broken(form: Form, answers: Mapping[str, Any], day: str, today: str, role: str) -> list[str]:
    """`rule_broken:<field>`, at most three; the event is kept all the same."""
    is_day = _is_day(day)
    names = list(of(form).broken(answers, day if is_day else today, role))
    if not is_day or day > today:
        names.insert(0, "occurred_on")
    return [f"rule_broken:{name}"[:60] for name in names[:WORST]]
