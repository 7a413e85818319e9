"""A county sets the usual range of a question, or options that it does not offer: decisions in the row of those on days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.people import worker_names
from server.desk.trial import LoosensSource
from server.errors import BadInput, NotFound
from server.models import Area, CountyWord
from server.rules import otherfields
from server.rules.book import Book
from server.rules.shapes import Field, Form
from server.sync import county_days


class BadField(BadInput):
    """No range within what the question takes, or an option that has to be offered."""

    code, message = "bad_field", "这个范围或者选项不能这样改 That range or those options cannot be set"


class FieldChanged(BadInput):
    """Somebody set it since she looked."""

    code, message = "field_changed", "这个问题刚有人改过，刷新再看 This question was changed meanwhile; reload"


class SameField(BadInput):
    """It stands like that already."""

    code, message = "same_field", "没有变 It stands like that already"


def overview(session: Session, book: Book, county: str) -> dict[str, Any]:
    """{fields, history}: every question a county may set, as the rulebook has it and as it stands, and each decision on them.

    `hideable`: the options that need not be offered; `tighten`: its range may only become narrower.
    """
    words = [word for word in county_days.decisions(session, county) if "field" in (word.changed or {})]
    names = worker_names(session, {word.author for word in words})
    said = county_days.fields_of(words)
    shown = [_shown(book, form, field, said.get(f"{form['id']}.{field['key']}", [])) for form, field in _open(book)]
    return {"fields": shown, "history": [_told(word, names) for word in reversed(words)]}


def change(session: Session, book: Book, who: Who, asked: dict[str, Any], now: int) -> None:
    """Set a question. `asked`: {field: "form.question", warn: [low, high] | None, hidden: [codes], seen, ground}.

    Raises NotFound (unknown_field), BadField, LoosensSource, FieldChanged, SameField; nothing is written then.
    """
    session.get(Area, who.county, with_for_update=True)  # one decision of a county after the other
    form, field = _named(book, asked["field"])
    before, number = _standing(session, who.county, asked["field"])
    if number != asked["seen"]:
        raise FieldChanged
    after = _checked(book, form, field, asked)
    if before == after:
        raise SameField
    mine = select(func.max(CountyWord.version)).where(CountyWord.county == who.county)
    version = (session.scalar(mine) or 0) + 1
    changed = {"field": asked["field"], "before": before, "after": after}
    county_days.decide(session, CountyWord(
        county=who.county, version=version, said=county_days.CHANGED, places={}, ground=asked["ground"], author=who.id,
        at=now, changed=changed,
    ))  # fmt: skip
    detail = {"version": version, "ground": asked["ground"], **changed}
    audit.note(session, "county.fields", None, detail, now=now, actor=who.id, place=who.county)


def _checked(book: Book, form: Form, field: Field, asked: dict[str, Any]) -> dict[str, Any]:
    warn, hidden = asked["warn"], set(asked["hidden"])
    if warn is not None and not otherfields.in_range(field, *warn):
        raise BadField
    if warn is not None and otherfields.loosens(field, *warn):
        raise LoosensSource
    codes = {option["code"] for option in field.get("options", [])}
    if not hidden <= otherfields.hideable(form, field, book.stock) or (hidden and hidden == codes):
        raise BadField
    own = warn is None or warn == field.get("warn")
    return ({} if own else {"warn": warn}) | ({"hidden": sorted(hidden)} if hidden else {})


def _open(book: Book) -> Iterator[tuple[Form, Field]]:
    """What a county may set: numbers that are no choice of a few, and lists with an option that need not be offered."""
    for form in book.forms.values():
        for field in form["fields"]:
            few = field.get("max", 99) - field.get("min", 0) < 6
            if (field["type"] == "int" and not few) or otherfields.hideable(form, field, book.stock):
                yield form, field


def _named(book: Book, place: str) -> tuple[Form, Field]:
    found = next(((form, field) for form, field in _open(book) if f"{form['id']}.{field['key']}" == place), None)
    if found is None:
        raise NotFound("没有这个问题 There is no such question", code="unknown_field")
    return found


def _standing(session: Session, county: str, place: str) -> tuple[Any, int]:
    said = county_days.fields_of(county_days.decisions(session, county)).get(place, [])
    return (said[-1][1], said[-1][0]) if said else ({}, 0)


def _shown(book: Book, form: Form, field: Field, said: list[Any]) -> dict[str, Any]:
    now = said[-1][1] if said else {}
    return {
        "id": f"{form['id']}.{field['key']}", "zh": field["zh"], "en": field["en"],
        "form": {"zh": form["zh"], "en": form["en"]}, "status": field["status"], "digits": field.get("digits", 0),
        "min": field.get("min"), "max": field.get("max"), "own": field.get("warn"), "number": said[-1][0] if said else 0,
        "warn": now.get("warn", field.get("warn")), "hidden": now.get("hidden", []), "type": field["type"],
        "tighten": otherfields.loosens(field, -(2**31), 2**31), "options": field.get("options", []),
        "hideable": sorted(otherfields.hideable(form, field, book.stock)),
    }  # fmt: skip


def _told(word: CountyWord, names: dict[str, str]) -> dict[str, Any]:
    changed = word.changed or {}
    return {
        "version": word.version, "field": changed["field"], "before": changed["before"], "after": changed["after"],
        "ground": word.ground, "by": names.get(word.author, ""), "at": word.at,
    }  # fmt: skip
