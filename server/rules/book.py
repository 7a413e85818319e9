"""The rulebook as one value: read once, checked against the closed vocabulary, never changed afterwards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.rules import coherence, grammar
from server.rules.shapes import Form, Indicator, Schedule
from server.rules.vocabulary import Check, RulebookError, fail

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
    forms: dict[str, Form] = _read(home / "forms", lambda _: grammar.form)
    if extra_forms:
        forms |= _read(extra_forms, lambda _: grammar.form)
    schedules: dict[str, Schedule] = _read(home / "schedules", _schedule_shape)
    indicators: dict[str, Indicator] = _read(home / "indicators", lambda _: grammar.indicator)
    labels = _read(home / "labels", _label_shape)
    texts, imported = labels.pop("consent_texts")["texts"], labels.pop("import_words")["words"]
    book = Book(forms, tuple(schedules.values()), indicators, labels, texts, imported)
    coherence.check(book.forms, book.schedules, book.indicators, book.labels, texts, imported)
    return book


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


def _schedule_shape(value: Any) -> Check:
    return grammar.note_schedule if isinstance(value, dict) and value.get("kind") == "note" else grammar.schedule


def _label_shape(value: Any) -> Check:
    special = {"consent_texts": grammar.consent_texts, "import_words": grammar.import_words}
    return special.get(str(value.get("id")), grammar.labels) if isinstance(value, dict) else grammar.labels
