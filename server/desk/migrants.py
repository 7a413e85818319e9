"""The monthly sheet at the desk: numbers, and behind each its rows with covered names. Looking behind one is audited."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.people import area_names
from server.desk.scope import township
from server.extensions import writing
from server.models import Person
from server.reports import migrants
from server.rules import forms, masks
from server.rules.book import Book


def counted(session: Session, who: Who, month: str) -> dict[str, Any]:
    """{month, counts: {part: n}}."""
    found = migrants.sheet(session, township(who, None), month)
    return {"month": month, "counts": {part: len(rows) for part, rows in found.items()}}


def behind(session: Session, book: Book, who: Who, month: str, part: str, now: int) -> list[dict[str, Any]]:
    """The rows of one number: [{id, person, name, area, on, what}]; a check-up says only that it was one."""
    mine = township(who, None)
    rows = migrants.sheet(session, mine, month)[part]
    ids = {row["person"] for row in rows if row["person"]}
    asked = select(Person.id, Person.name).where(Person.county == who.county, Person.id.in_(ids))
    names = {key: masks.name(name) if name else "" for key, name in session.execute(asked)}
    areas = area_names(session, {row["area"] for row in rows})
    with writing() as log_session:
        detail = {"month": month, "part": part, "rows": len(rows)}
        audit.note(log_session, "migrants.rows", None, detail, now=now, actor=who.id, phone=who.phone, place=mine)
    return [
        row
        | {
            "name": names.get(row["person"], ""),
            "area": {"code": row["area"], "name": areas.get(row["area"], row["area"])},
            "what": _what(book, row["what"]),
        }
        for row in rows
    ]


def _what(book: Book, what: str | None) -> str | None:
    form = book.forms.get(what or "")
    clinical = form is not None and all(forms.audience(form, role) == "clinical" for role in form["writers"])
    return "clinical" if clinical else what
