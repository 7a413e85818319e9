"""What a county may follow, in words: each schedule under a name of its own, each variant with its steps and its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server.rules import otherdays
from server.rules.book import Book
from server.rules.shapes import Schedule, Words


def told(one: Schedule) -> dict[str, Any]:
    """{id, zh, en, status, words, steps, every}: a name and the days for each step, a repeated one last and again each
    `every` days (None: none is repeated)."""
    then = one.get("then")
    words = [_plain(step) for step in one["steps"]] + ([_turned(then, then["n"])] if then else [])
    return {
        **_plain(one), "id": one["id"], "status": one["status"], "words": words,
        "steps": otherdays.days_of(one), "every": then["every"] if then else None,
    }  # fmt: skip


def names(book: Book, schedules: Iterable[Schedule]) -> dict[str, Words]:
    """{schedule: its name}; those that are called alike are told apart by their form, or by the answer that starts them."""
    groups: dict[str, list[Schedule]] = {}
    for one in schedules:
        groups.setdefault(one["zh"], []).append(one)
    found: dict[str, Words] = {}
    for alike in groups.values():
        apart = _answer_of if len({one["form"] for one in alike}) == 1 else _form_of
        found |= {one["id"]: _joined(_plain(one), apart(book, one) if len(alike) > 1 else None) for one in alike}
    return found


def _plain(words: Any) -> Words:
    return Words(zh=words["zh"], en=words["en"])


def _turned(words: Any, n: int) -> Words:
    return Words(zh=words["zh"].replace("{n}", str(n)), en=words["en"].replace("{n}", str(n)))


def _joined(name: Words, more: Words | None) -> Words:
    return name if more is None else Words(zh=f"{name['zh']}：{more['zh']}", en=f"{name['en']}: {more['en']}")


def _form_of(book: Book, one: Schedule) -> Words | None:
    return _plain(book.forms[one["form"]]) if one["form"] else None


def _answer_of(book: Book, one: Schedule) -> Words | None:
    """The words of the last answer that its first record must hold, those of the question where the answer is yes."""
    anchor = one["anchors"][0]
    when = anchor.get("when", [])
    asked = [cond for cond in (when if isinstance(when, list) else [when]) if "is" in cond]
    fields = {field["key"]: field for field in book.forms[anchor["form"]]["fields"]}
    if not asked:
        return None
    field = fields[asked[-1]["field"]]
    return next((_plain(one) for one in field.get("options", []) if one["code"] == asked[-1]["is"][0]), _plain(field))
