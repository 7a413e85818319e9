"""The rulebook as one value: read once, checked against the closed vocabulary, never changed afterwards."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from server.rules import coherence, digest, grammar
from server.rules.criteria import Criteria
from server.rules.indicator_shapes import Indicator
from server.rules.rates import Rates
from server.rules.shapes import Form, Schedule
from server.rules.stock_shapes import StockRules
from server.rules.vocabulary import Check, RulebookError, fail

HOME = Path(__file__).resolve().parent.parent / "rulebook"


@dataclass(frozen=True, slots=True)
class Book:
    """Newest forms, indicators and labels by id, schedules in order of id, consent texts by purpose (newest last).

    `versions`: every version of every form by its schema, since a record is judged by the one it was written with.
    """

    forms: Mapping[str, Form]
    schedules: tuple[Schedule, ...]
    indicators: Mapping[str, Indicator]
    labels: Mapping[str, Any]
    consent_texts: Mapping[str, list[dict[str, Any]]]
    import_words: Mapping[str, Mapping[str, str]]
    versions: Mapping[str, Form]
    stock: StockRules
    criteria: Criteria
    rates: Rates

    def form(self, schema: str) -> Form | None:
        """The form of a schema such as `household_visit/1`; None if this book does not have it."""
        return self.versions.get(schema)


def load(home: Path = HOME, extra_forms: Path | None = None) -> Book:
    """Read and check every file of a rulebook folder. Raises `RulebookError` naming the file and the place.

    `extra_forms` is a folder of forms that a county adds; one with a known id takes its place.
    """
    forms: dict[str, Form] = _read(home / "forms", lambda _: grammar.form)
    versions: dict[str, Form] = _read(home / "released", lambda _: grammar.form, name=schema_of)
    own = versions | {schema_of(form): form for form in forms.values()}
    if extra_forms:
        forms |= _read(extra_forms, lambda _: grammar.form)
    schedules: dict[str, Schedule] = _read(home / "schedules", _schedule_shape)
    indicators: dict[str, Indicator] = _read(home / "indicators", lambda _: grammar.indicator)
    labels = _read(home / "labels", _label_shape)
    texts, imported = labels.pop("consent_texts")["texts"], labels.pop("import_words")["words"]
    versions |= {schema_of(form): form for form in forms.values()}
    book = Book(
        forms,
        tuple(schedules.values()),
        indicators,
        labels,
        texts,
        imported,
        versions,
        _one(home, "stock"),
        _one(home, "us_mec"),
        _one(home, "rates"),
    )
    coherence.check(book.forms, book.schedules, book.indicators, book.labels, texts, imported)
    coherence.check_stock(book.stock, book.forms)
    coherence.check_criteria(book.criteria, book.forms)
    coherence.check_rates(book.rates, book.forms)
    coherence.check_versions(_older(versions, forms), forms)
    _check_released(home, own)
    return book


@cache
def shipped() -> Book:
    """The book that comes with the server, read once a process."""
    return load()


def _one(home: Path, name: str) -> Any:
    """A file that stands by itself: the stock rules, the medical criteria."""
    found = json.loads((home / f"{name}.json").read_text("utf-8"), object_pairs_hook=_no_doubles)
    {"stock": grammar.stock, "us_mec": grammar.criteria, "rates": grammar.rates}[name](found, f"{name}.json")
    return found


def schema_of(form: Form) -> str:
    """A form's name on the wire, `<id>/<version>`."""
    return f"{form['id']}/{form['version']}"


def print_of(form: Form) -> str:
    """The fingerprint of a form: a released one never changes its own."""
    return hashlib.sha256(digest.canonical(form)).hexdigest()


def _older(versions: Mapping[str, Form], newest: Mapping[str, Form]) -> list[Form]:
    return [form for form in versions.values() if newest.get(form["id"]) is not form]


def _check_released(home: Path, known: Mapping[str, Form]) -> None:
    for schema, print_ in json.loads((home / "released.json").read_text("utf-8")).items():
        if schema not in known or print_of(known[schema]) != print_:
            fail(f"forms/{schema}", "was released and is no longer what it was: write the next version beside it")


def _read(folder: Path, shape_of: Any, name: Callable[[Any], str] = lambda value: str(value["id"])) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.json")):
        value = json.loads(path.read_text("utf-8"), object_pairs_hook=_no_doubles)
        shape_of(value)(value, f"{folder.name}/{path.name}")
        if name(value).replace("/", ".") != path.stem:
            fail(f"{folder.name}/{path.name}", "its id is not its name")
        found[name(value)] = value
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
