"""Which answers break a rule of their form.

Most answers are good or bad by themselves. Only what a condition asks about makes others wanted or unwanted; those few
repeat from visit to visit, so their verdict is remembered. Visits that answer the same questions are looked at together,
a question at a time: in most batches there is nothing wrong, and that is seen quickest of all answers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import orjson

from server.rules import dates, forms
from server.rules.conditions import SAFE
from server.rules.shapes import Field, Form

WORST = 3
REMEMBERED = 8192
Answers: TypeAlias = Mapping[str, Any]
AllGood: TypeAlias = Callable[[Sequence[Any]], bool]


class Checker:
    """Checks answers to one version of one form. `coded`: the fields that are no free text. `aged`: it asks how old she was."""

    def __init__(self, form: Form) -> None:
        asked_about = {*_conditions(form), *_compared(form)}
        fields = {field["key"]: field for field in form["fields"]}
        self.form = form
        self.alone = {
            key: _all_good(field) for key, field in fields.items() if key not in asked_about and not _by_day(field)
        }
        # Whether these are answered makes no difference either.
        self.free = {key for key, field in fields.items() if not {"required", "when", "roles"} & field.keys()}
        self.dates = {
            key for key, field in fields.items() if key not in self.alone and field["type"] in ("date", "lines")
        }
        self.coded = frozenset(key for key, field in fields.items() if field["type"] != "text")
        self.aged = any("not_under" in field for field in form["fields"])
        self.verdicts: dict[bytes, tuple[str, ...]] = {}

    def broken(self, many: Sequence[Answers], days: Sequence[str], role: str) -> list[tuple[str, ...]]:
        """Of each of these, on its day: the fields whose answers break a rule, the worst three of them."""
        found: list[tuple[str, ...]] = [()] * len(many)
        alike: dict[tuple[str, ...], list[int]] = {}
        for at, answers in enumerate(many):
            alike.setdefault(tuple(answers), []).append(at)
        for keys, places in alike.items():
            verdicts = self._of_alike(keys, [many[at] for at in places], [days[at] for at in places], role)
            for at, verdict in zip(places, verdicts, strict=True):
                found[at] = verdict
        return found

    def _of_alike(
        self, keys: Sequence[str], many: Sequence[Answers], days: Sequence[str], role: str
    ) -> list[tuple[str, ...]]:
        if not self._are_good(keys, many):
            return [self._one(answers, day, role) for answers, day in zip(many, days, strict=True)]
        held, deciding = [key for key in keys if key in self.alone], [key for key in keys if key not in self.alone]
        if not deciding:
            return [self._verdict(many[0], days[0], role, held, {})] * len(many)
        return [
            self._verdict(answers, day, role, held, {key: answers[key] for key in deciding})
            for answers, day in zip(many, days, strict=True)
        ]

    def _are_good(self, keys: Sequence[str], many: Sequence[Answers]) -> bool:
        """Whether each answer of each of these is good by itself, as far as that can be said."""
        columns = zip(*(answers.values() for answers in many), strict=True)
        return all(self._is_good(key, column) for key, column in zip(keys, columns, strict=True) if key in self.alone)

    def _is_good(self, key: str, column: Sequence[Any]) -> bool:
        good = self.alone[key]
        return good(column) or (key in self.free and good([value for value in column if not forms.unanswered(value)]))

    def _one(self, answers: Answers, day: str, role: str) -> tuple[str, ...]:
        held, deciding = [], {}
        for key, value in answers.items():
            good = self.alone.get(key)
            if good is None:
                deciding[key] = value
            elif good([value]):
                held.append(key)
            elif not forms.unanswered(value):
                return self._names(answers, day, role)
        return self._verdict(answers, day, role, held, deciding)

    def _verdict(self, answers: Answers, day: str, role: str, held: list[str], deciding: Answers) -> tuple[str, ...]:
        """What the form's rules say when the answers in `held` are good, whatever they are."""
        known = orjson.dumps([role, day if self.dates & deciding.keys() else "", held, deciding])
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


def _all_good(field: Field) -> AllGood:
    """Whether answers to this question are all there and break no rule of its own; a quick one for the kinds that are common."""
    kind, codes = field["type"], frozenset(option["code"] for option in field.get("options", []))
    if kind == "int":
        least, most = max(field.get("min", -SAFE), -SAFE), min(field.get("max", SAFE), SAFE)
        return lambda column: _are(int, column) and least <= min(column) and max(column) <= most
    if kind == "text":
        longest = field.get("max_length", SAFE)
        return lambda column: _are(str, column) and all(column) and max(map(len, column)) <= longest and _no_nul(column)
    if kind == "code":
        return lambda column: _are(str, column) and codes.issuperset(column)
    if kind == "bool":
        return lambda column: _are(bool, column)
    if kind == "ref":
        return lambda column: _are(str, column) and all(map(forms.REF.fullmatch, column))
    if kind == "date" and not field.get("vague"):
        return lambda column: _are(str, column) and all(map(_is_day, column))
    if kind == "multi":
        alone = frozenset(field.get("alone", []))
        return lambda column: _are(list, column) and all(_picks(value, codes, alone) for value in column)
    return lambda column: all(not forms.unanswered(v) and forms.misshapen(field, v) is None for v in column)


def _are(kind: type, column: Sequence[Any]) -> bool:
    return {*map(type, column)} == {kind}


def _no_nul(column: Sequence[str]) -> bool:
    return "\0" not in "".join(column)


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


def broken(form: Form, many: Sequence[Answers], days: Sequence[str], today: str, role: str) -> list[list[str]]:
    """`rule_broken:<field>` for each of these, at most three; the event is kept all the same."""
    found = of(form).broken(many, [day if _is_day(day) else today for day in days], role)
    return [_flags(names, day, today) for names, day in zip(found, days, strict=True)]


def young(form: Form, answers: Answers, day: str, role: str, birth: object) -> list[str]:
    """`rule_broken:<field>` for what cannot have been so early in her life."""
    return [f"rule_broken:{one.field}" for one in forms.check(form, answers, day, role, birth) if one.code == "young"]


def _flags(names: tuple[str, ...], day: str, today: str) -> list[str]:
    if day > today or not _is_day(day):
        names = ("occurred_on", *names)
    return [f"rule_broken:{name}"[:60] for name in names[:WORST]]
