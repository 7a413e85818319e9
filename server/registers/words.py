"""The words of registers (`words.json`, `headers.json`): what a county may call a column or a value. Data, no rule."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from server.registers.cells import squeezed

Meanings = dict[str, dict[str, str]]
FOLDER = Path(__file__).parent
IN_BRACKETS = re.compile(r"[(（\[【〔<《].*?[)）\]】〕>》]")
DECORATION = re.compile(r"[*＊:：、,，.。;；\"'“”_\-—·#]+")


@dataclass(frozen=True)
class Column:
    """One column of the register; `words` from best to least."""

    field: str
    zh: str
    words: tuple[str, ...]


@cache
def columns() -> tuple[Column, ...]:
    raw = _load("headers.json")["columns"]
    return tuple(Column(one["field"], one["zh"], tuple(plain(word) for word in one["words"])) for one in raw)


@cache
def required() -> tuple[str, ...]:
    return tuple(_load("headers.json")["required"])


def meanings(imported: Mapping[str, Mapping[str, str]]) -> Meanings:
    """{field: {word: code}} of the coded columns: the rulebook's words (labels/import_words), and what is also said."""
    also = _load("words.json")["also"]
    return {
        field: {plain(word): code for word, code in codes.items()}
        | {plain(word): codes[same] for word, same in also.get(field, {}).items() if same in codes}
        for field, codes in imported.items()
    }


@cache
def some(kind: str) -> tuple[str, ...]:
    """A plain list: no_value, subtotal, sheet_foot, ignored."""
    source = _load("headers.json")["ignored"]["words"] if kind == "ignored" else _load("words.json")[kind]
    return tuple(source)


def plain(cell: object) -> str:
    """A header or coded word without blanks, brackets with what is in them, stars and case."""
    return _plain(cell) if isinstance(cell, str) else _plain(squeezed(cell))


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    text = squeezed(word)
    return DECORATION.sub("", IN_BRACKETS.sub("", text) or text).lower()


@cache
def _load(name: str) -> dict[str, Any]:
    content = json.loads((FOLDER / name).read_text("utf-8"))
    assert isinstance(content, dict)
    return content
