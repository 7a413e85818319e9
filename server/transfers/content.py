"""Exactly what goes: a FHIR R4 Bundle of what she picked, and nothing else of hers.

A collection of one Patient (name, sex, birth as far as known) and an Observation a record, whose components are the
picked fields with their codes of the rulebook. No household, no ID number, no children, no note, no worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.models import Consent, Person, Record
from server.rules.book import Book
from server.rules.digest import canonical
from server.sync.fields import to_wire
from server.transfers import terms

SYSTEM = "urn:suifang:rulebook"
SEX = {"f": "female", "m": "male"}
Bundle = dict[str, Any]


def gather(session: Session, book: Book, her: Person, items: Sequence[str]) -> Bundle:
    """The bundle of these items, oldest record first. Only what she still agrees to is in it."""
    wanted = terms.items()
    agreed = set(session.scalars(_standing(her)))
    fields = {
        form: (one, names)
        for code in items
        if (one := wanted[code])["purpose"] in agreed
        for form, names in one["forms"].items()
    }
    found = [_observation(book, row, *fields[row.form]) for row in session.scalars(_records(her, list(fields)))]
    entries = [_patient(her), *(one for one in found if one["component"])]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in entries]}


def digest(bundle: Bundle) -> str:
    """What she signs: SHA-256 of exactly this content, in hex."""
    return hashlib.sha256(canonical(bundle)).hexdigest()


def lines(bundle: Bundle, *, clinical: bool) -> list[dict[str, Any]]:
    """[{form, zh, en, on, clinical, answers: [{zh, en, value}] | None}]; answers of clinical ones only for who may read them."""
    rows = [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Observation"]
    return [_line(row, clinical) for row in rows]


def name_of(bundle: Bundle) -> str:
    """The name that came with it."""
    found: str = bundle["entry"][0]["resource"]["name"][0]["text"]
    return found


def _line(row: dict[str, Any], clinical: bool) -> dict[str, Any]:
    closed = row["category"][0]["text"] == "clinical"
    words = row["code"]["coding"][0]
    said = [
        {"zh": part["code"]["text"], "key": part["code"]["coding"][0]["code"], "value": _value(part)}
        for part in row["component"]
    ]
    return {
        "form": words["code"], "zh": row["code"]["text"], "on": row["effectiveDateTime"], "clinical": closed,
        "answers": said if clinical or not closed else None,
    }  # fmt: skip


def _value(part: dict[str, Any]) -> str:
    return str(part.get("valueString", part.get("valueInteger", part.get("valueBoolean"))))


def _standing(her: Person) -> Any:
    return select(Consent.purpose).where(
        Consent.county == her.county, Consent.person == her.id, Consent.decision == "given"
    )


def _records(her: Person, forms: list[str]) -> Any:
    same = select(Person.id).where(Person.county == her.county, or_(Person.id == her.id, Person.merged_into == her.id))
    return (
        select(Record)
        .where(
            Record.county == her.county, Record.person.in_(same), Record.form.in_(forms), Record.shown,
            Record.blocked.is_(False), Record.status == "live",
        )
        .order_by(Record.occurred_on, Record.id)
    )  # fmt: skip


def _patient(her: Person) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "Patient",
        "name": [{"text": her.name}],
        "gender": SEX.get(her.sex or "", "unknown"),
    }
    if her.birth:
        made["birthDate"] = her.birth
    return made


def _observation(book: Book, row: Record, item: dict[str, Any], names: list[str]) -> dict[str, Any]:
    form = book.forms[row.form]
    asked = {field["key"]: field for field in form["fields"]}
    told = [(asked[name], row.coded[name]) for name in names if name in row.coded and name in asked]
    return {
        "resourceType": "Observation", "status": "final",
        "category": [{"text": "clinical" if item["clinical"] else "service"}],
        "code": {"coding": [{"system": SYSTEM, "code": f"{row.form}/{row.form_version}"}], "text": form["zh"]},
        "effectiveDateTime": row.occurred_on, "component": [_component(*one) for one in told],
    }  # fmt: skip


def _component(field: Any, value: Any) -> dict[str, Any]:
    code = {"coding": [{"system": SYSTEM, "code": field["key"]}], "text": field["zh"]}
    if isinstance(value, bool):
        return {"code": code, "valueBoolean": value}
    if isinstance(value, int):
        return {"code": code, "valueInteger": value}
    return {"code": code, "valueString": _said(field, to_wire(field["key"], value))}


def _said(field: Any, value: Any) -> str:
    """Codes in Chinese words: the other server's rulebook may be another version."""
    words = {one["code"]: one["zh"] for one in field.get("options", ())}
    many = value if isinstance(value, list) else [value]
    return "、".join(words.get(str(one), str(one)) for one in many)
