"""Who is one person, after merges."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Person


def merged(session: Session, county: str) -> dict[str, str]:
    """{person: who she is after merges} of those who were merged."""
    found = session.execute(
        select(Person.id, Person.merged_into).where(Person.county == county, Person.merged_into.is_not(None))
    )
    into: dict[str, str] = {person: other for person, other in found if other is not None}
    return {person: _root(into, person) for person in into}


def _root(into: Mapping[str, str], person: str) -> str:
    seen = {person}
    while person in into and into[person] not in seen:
        person = into[person]
        seen.add(person)
    return person
