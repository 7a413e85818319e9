"""Which answers break a rule of their form. Coded answers repeat from visit to visit, so a verdict is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson

from server.rules import dates, forms
from server.rules.shapes import Form

WORST = 3
REMEMBERED = 8192
DATELESS = "2000-01-01"


class Checker:
    """Checks answers to one version of one form. Texts that cannot matter to a verdict stand aside while it is looked up."""

    def __init__(self, form: Form) -> None:
        asked_about = set(_conditions(form))
        self.form = form
        self.texts = {
            field["key"]: field.get("max_length", REMEMBERED)
            for field in form["fields"]
            if field["type"] == "text" and field["key"] not in asked_about
        }
        self.dates = {field["key"] for field in form["fields"] if field["type"] == "date"}
        self._ask = lru_cache(REMEMBERED)(self._verdict)

    def broken(self, answers: Mapping[str, Any], day: str, role: str) -> tuple[str, ...]:
        """The fields whose answers break a rule on that day, the worst three of them."""
        plain = {key: value for key, value in answers.items() if key not in self.texts}
        held = [key for key in self.texts if key in answers]
        if all(self._is_good(key, answers[key]) for key in held):
            at = day if self.dates & plain.keys() else DATELESS
            return self._ask(role, orjson.dumps([plain, held], option=orjson.OPT_SORT_KEYS), at)
        return self._names(answers, day, role)

    def _is_good(self, key: str, value: Any) -> bool:
        return type(value) is str and 0 < len(value) <= self.texts[key] and "\0" not in value

    def _verdict(self, role: str, known: bytes, day: str) -> tuple[str, ...]:
        plain, held = orjson.loads(known)
        return self._names(plain | dict.fromkeys(held, "x"), day, role)

    def _names(self, answers: Mapping[str, Any], day: str, role: str) -> tuple[str, ...]:
        found = forms.check(self.form, answers, day, role)
        return tuple(dict.fromkeys(finding.field for finding in found if finding.level == "error"))[:WORST]


def _conditions(form: Form) -> Iterator[str]:
    """The fields that conditions of the form ask about."""
    for part in [*form["fields"], *form["rules"]]:
        when = part.get("when") or []
        yield from (cond["field"] for cond in ([when] if isinstance(when, dict) else when))


class _Holder:
    """A form as a cache key: forms are dicts, which have no hash."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder) and other.form is self.form


@lru_cache(maxsize=64)
def _checker(holder: _Holder) -> Checker:
    return Checker(holder.form)


def broken(form: Form, answers: Mapping[str, Any], day: str, today: str, role: str) -> list[str]:
    """`rule_broken:<field>`, at most three; the event is kept all the same."""
    is_day = dates.is_day(day)
    names = list(_checker(_Holder(form)).broken(answers, day if is_day else today, role))
    if not is_day or day > today:
        names.insert(0, "occurred_on")
    return [f"rule_broken:{name}"[:60] for name in names[:WORST]]
