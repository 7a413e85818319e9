"""The rulebook as one value: read once, checked against the closed vocabulary, never changed afterwards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.rules import vocabulary
from server.rules.shapes import Cond, Conds, Form, Indicator, Matcher, Schedule
from server.rules.vocabulary import RulebookError, fail

HOME = Path(__file__).resolve().parent.parent / "rulebook"


@dataclass(frozen=True, slots=True)
class Book:
    """Forms, indicators and labels by id, schedules in order of id, consent texts by purpose (newest last)."""

    forms: Mapping[str, Form]
    schedules: tuple[Schedule, ...]
    indicators: Mapping[str, Indicator]
    labels: Mapping[str, Any]
    consent_texts: Mapping[str, list[dict[str, Any]]]
    import_words: Mapping[str, Mapping[str, str]]

    def form(self, schema: object) -> Form | None:
        """The form of a schema such as `household_visit/1`; None if this book does not have it."""
        for form in self.forms.values():
            if schema == f"{form['id']}/{form['version']}":
                return form
        return None


def load(home: Path = HOME, extra_forms: Path | None = None) -> Book:
    """Read and check every file of a rulebook folder. Raises `RulebookError` naming the file and the place.

    `extra_forms` is a folder of forms that a county adds; one with a known id takes its place.
    """
    forms: dict[str, Form] = _read(home / "forms", lambda _: vocabulary.form)
    if extra_forms:
        forms |= _read(extra_forms, lambda _: vocabulary.form)
    schedules: dict[str, Schedule] = _read(home / "schedules", _schedule_shape)
    indicators: dict[str, Indicator] = _read(home / "indicators", lambda _: vocabulary.indicator)
    labels = _read(home / "labels", _label_shape)
    for form in forms.values():
        _check_form(form)
    for schedule in schedules.values():
        _check_schedule(schedule, forms)
    _one_variant(schedules.values())
    texts, imported = labels.pop("consent_texts")["texts"], labels.pop("import_words")["words"]
    return Book(forms, tuple(schedules.values()), indicators, labels, texts, imported)


def _read(folder: Path, shape_of: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.json")):
        value = json.loads(path.read_text("utf-8"), object_pairs_hook=_no_doubles)
        shape_of(value)(value, f"{folder.name}/{path.name}")
        if value["id"] != path.stem:
            fail(f"{folder.name}/{path.name}", "its id is not its name")
        found[path.stem] = value
    return found


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise RulebookError(f"a key stands twice in {[key for key, _ in pairs]}")
    return value


def _schedule_shape(value: Any) -> vocabulary.Check:
    return vocabulary.note_schedule if isinstance(value, dict) and value.get("kind") == "note" else vocabulary.schedule


def _label_shape(value: Any) -> vocabulary.Check:
    special = {"consent_texts": vocabulary.consent_texts, "import_words": vocabulary.import_words}
    return special.get(str(value.get("id")), vocabulary.labels) if isinstance(value, dict) else vocabulary.labels


def _check_form(form: Form) -> None:
    """Conditions look at earlier fields and at words those fields can hold, so that no form can go round in a circle."""
    where, earlier = f"forms/{form['id']}", dict[str, set[str] | None]()
    for field in form["fields"]:
        at = f"{where}.{field['key']}"
        if field["key"] in earlier:
            fail(at, "stands there twice")
        if ("options" in field) != (field["type"] in ("code", "multi")):
            fail(at, "options belong to code and multi, and to nothing else")
        _check_conds(field.get("when"), earlier, at)
        earlier[field["key"]] = _words_of(field)
    for rule in form["rules"]:
        _check_conds(rule["when"], earlier, f"{where}.{rule['id']}")
        if rule["field"] not in earlier or (rule["then"] == "refer") != ("urgency" in rule):
            fail(f"{where}.{rule['id']}", "names no field, or its urgency does not fit")


def _words_of(field: Any) -> set[str] | None:
    if field["type"] == "bool":
        return {"true", "false"}
    return {option["code"] for option in field["options"]} if "options" in field else None


def _check_conds(when: Conds | None, known: Mapping[str, set[str] | None], where: str) -> None:
    conds: list[Cond] = [] if when is None else when if isinstance(when, list) else [when]
    for cond in conds:
        if cond["field"] not in known:
            fail(where, f"asks about {cond['field']!r}, which is no earlier field")
        words = known[cond["field"]]
        asked = set(cond.get("is", cond.get("not", [])))
        if words is not None and not asked <= words:
            fail(where, f"{sorted(asked - words)} are no words of {cond['field']!r}")


def _check_schedule(schedule: Schedule, forms: Mapping[str, Form]) -> None:
    if schedule["kind"] == "note":
        return
    where = f"schedules/{schedule['id']}"
    asked: list[Matcher] = [*schedule["anchors"], *schedule["done_by"], *schedule["stop"], *schedule["decline"]["by"]]
    for matcher in asked:
        if matcher["form"] == "note":
            continue
        if matcher["form"] not in forms:
            raise RulebookError(f"{where}: unknown form {matcher['form']!r}")
        fields = forms[matcher["form"]]["fields"]
        _check_conds(matcher.get("when"), {field["key"]: _words_of(field) for field in fields}, where)
    _check_steps(schedule, where)


def _check_steps(schedule: Schedule, where: str) -> None:
    """Each step's days are in order, and it is gone before the next one opens: so at most one stands at a time."""
    gone = None
    for step in [*schedule["steps"], *([schedule["then"]] if "then" in schedule else [])]:
        days = [step["opens"], step["due"], step["overdue"], step["expire"]]
        if days != sorted(days) or step["overdue"] == step["expire"] or (gone is not None and step["opens"] < gone):
            fail(where, f"days out of order: {days}")
        gone = step["expire"]
    if "then" in schedule and schedule["then"]["every"] < schedule["then"]["expire"] - schedule["then"]["opens"]:
        fail(where, "repeats before it is gone")


def _one_variant(schedules: Any) -> None:
    taken: set[str] = set()
    for schedule in schedules:
        variant = schedule.get("variant_of")
        if variant is not None and schedule["active"]:
            if variant in taken:
                fail(f"schedules/{schedule['id']}", f"a second active variant of {variant!r}")
            taken.add(variant)
