"""What of the book the local authority has still to confirm (status L): each value with its place and its words.

A value is what stands under its own status: a form is its head, each question and rule with a status is a value of its own.
Its fingerprint tells whether a later book still says what was confirmed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.rules import digest, printed, told
from server.rules.book import HOME, Book
from server.rules.shapes import Words

STANDING = ("cards", "holder", "retention", "transfer")
_TONGUES: tuple[told.Tongue, ...] = ("zh", "en")
_LAST = ("key", "id", "code", "item")
_THROUGH = ("fields", "rules", "words")
_REST = Words(zh="她说不用以后，歇多少天再问", en="days of rest after she said no")
_OTHER = {
    "cards": Words(zh="服务卡", en="Service cards"),
    "holder": Words(zh="卡的网页", en="The cards’ page"),
    "retention": Words(zh="留多久", en="How long things are kept"),
    "transfer": Words(zh="转记录", en="Records that go along"),
    "rates": Words(zh="别的数字", en="Other figures"),
}


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A value of status L. `place` names it, e.g. `forms/anc.abdomen`; `lines` say it in words, each in both tongues;
    `print` is SHA-256 of the value as hex. Not `used`: of a schedule that nobody follows."""

    place: str
    file: Words
    name: Words
    status: str
    lines: tuple[Words, ...]
    print: str
    used: bool


def values(book: Book) -> list[Unconfirmed]:
    """Every value of status L, file by file."""
    return [_told(book, file, place, value) for place, file, value in _open(book)]


def _open(book: Book) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    files: list[tuple[str, Any]] = [(f"forms/{name}", form) for name, form in book.forms.items()]
    files += [(f"schedules/{one['id']}", one) for one in book.schedules]
    files += [(f"indicators/{name}", one) for name, one in book.indicators.items()]
    files += [(f"labels/{name}", one) for name, one in book.labels.items()]
    files += [("stock", book.stock), ("rates", book.rates)]
    files += [(name, json.loads((HOME / f"{name}.json").read_text("utf-8"))) for name in STANDING]
    for name, file in files:
        for place, value in _places(name, file):
            yield place, file, value


def _places(where: str, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if printed.is_open(value.get("status")):
            yield where, value
        for key, inner in value.items():
            yield from _places(f"{where}.{key}" if key not in _THROUGH else where, inner)
    elif isinstance(value, list):
        for inner in value:
            name = next((inner[key] for key in _LAST if key in inner), "") if isinstance(inner, Mapping) else ""
            yield from _places(f"{where}.{name}" if name else where, inner)


def _told(book: Book, file: Mapping[str, Any], place: str, value: Mapping[str, Any]) -> Unconfirmed:
    root = place.split(".")[0]
    head = _words(file, _OTHER.get(root, Words(zh=root, en=root)))
    own = _own(value)
    print_ = hashlib.sha256(digest.canonical(own)).hexdigest()
    name = _name(book, place, own, head)
    used = bool(file.get("active", True))
    return Unconfirmed(place, head, name, str(value["status"]), _lines(book, file, own), print_, used)


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    """The value without what has a status of its own."""
    return {key: inner for key, inner in value.items() if not _has_status(inner)}


def _has_status(inner: Any) -> bool:
    some = inner if isinstance(inner, list) else [inner]
    return any(isinstance(one, Mapping) and ("status" in one or _has_status([*one.values()])) for one in some)


def _words(value: Mapping[str, Any], otherwise: Words) -> Words:
    return Words(zh=value["zh"], en=value["en"]) if "zh" in value and "en" in value else otherwise


def _name(book: Book, place: str, own: Mapping[str, Any], head: Words) -> Words:
    if "rest_days" in own:
        return _REST
    if "item" in own and "zh" not in own:
        options = next(one for one in book.forms["contraceptive_supply"]["fields"] if one["key"] == "item")["options"]
        return next((Words(zh=one["zh"], en=one["en"]) for one in options if one["code"] == own["item"]), head)
    words = _words(own, head)
    return Words(zh=words["zh"].replace("{sum}", "…"), en=words["en"].replace("{sum}", "…"))


def _lines(book: Book, file: Mapping[str, Any], own: Mapping[str, Any]) -> tuple[Words, ...]:
    """The value in words, each line in both tongues."""
    roles = {one["code"]: Words(zh=one["zh"], en=one["en"]) for one in book.labels["roles"]["words"]}
    zh, en = (told.lines(told.Voice(tongue, roles), file, own) for tongue in _TONGUES)
    return tuple(Words(zh=one, en=other) for one, other in zip(zh, en, strict=True))
