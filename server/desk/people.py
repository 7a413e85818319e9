"""Persons at the desk: a list of who was found, and one person's page. Both are written into the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.names import Entry
from server.desk.scope import townships
from server.desk.search import Index
from server.errors import NotFound
from server.extensions import writing
from server.models import Area, Audit, Consent, Event, Household, Person, Record, Transfer, Worker
from server.models.area import township_of
from server.models.sealed import app_keys
from server.rules import forms, masks
from server.rules.book import Book
from server.sync import log
from server.sync.fields import to_wire

FOUND = 50
READERS = 50
FIELDS = (
    "name", "sex", "birth", "phone", "relation", "marital", "residence", "residence_place", "children", "note",
)  # fmt: skip


def search(session: Session, index: Index, who: Who, township: str, wanted: str, now: int) -> list[dict[str, Any]]:
    """Who fits, best first, at most FOUND; numbers masked. Audited with what was asked (sealed) and how many were found."""
    found = index.find(session, app_keys(), township, wanted, FOUND, now)
    plates = plates_of(session, township[:6], {entry.household for entry in found})
    names = area_names(session, {entry.area for entry in found})
    lines = [_line(entry, plates.get(entry.household), names) for entry in found]
    detail = {"asked": wanted, "found": len(found)}
    with writing() as log_session:
        audit.note(log_session, "person.search", None, detail, now=now, actor=who.id, place=township)
    return lines


def _line(entry: Entry, plate: Household | None, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": entry.name,
        "sex": entry.sex,
        "birth": to_wire("birth", entry.birth),
        "phone": masks.phone(entry.phone),
        "id_number": masks.id_number(entry.id_number.upper()),
        "area": {"code": entry.area, "name": names.get(entry.area, entry.area)},
        "household": {"id": entry.household, "group": plate and plate.group, "number": plate and plate.number},
    }


def open_page(session: Session, book: Book, who: Who, person_id: str, now: int) -> dict[str, Any]:
    """One person of her township: fields, household, consents, records. Audited. Raises NotFound."""
    person = find_person(session, who, person_id)
    page, place = _page(session, book, person), person.area
    page["readers"] = readers(session, _same_person(session, person))
    with writing() as log_session:
        audit.note(log_session, "person.read", page["id"], {}, now=now, actor=who.id, phone=who.phone, place=place)
    return page


def _page(session: Session, book: Book, person: Person) -> dict[str, Any]:
    same = _same_person(session, person)
    plate = session.get(Household, (person.county, person.household_id))
    names = area_names(session, {person.area})
    return {
        "id": person.id,
        **{name: to_wire(name, getattr(person, name)) for name in FIELDS},
        "id_number": masks.id_number(person.id_number or ""),
        "area": {"code": person.area, "name": names.get(person.area, person.area)},
        "household": {
            "id": person.household_id,
            "group": plate.group if plate else None,
            "number": plate.number if plate else None,
        },
        "consents": _consents(session, person.county, same),
        "records": _records(session, book, person.county, same),
    }


def readers(session: Session, same: Iterable[str]) -> list[dict[str, Any]]:
    """Who opened her page, newest first, at most READERS: [{at, worker: {id, name}}]."""
    looks = select(Audit.at, Audit.actor).where(Audit.subject.in_(same), Audit.action == "person.read")
    rows = session.execute(looks.order_by(Audit.at.desc(), Audit.id.desc()).limit(READERS)).all()
    names = worker_names(session, {actor for _, actor in rows if actor})
    return [{"at": at, "worker": {"id": actor or "", "name": names.get(actor or "", "")}} for at, actor in rows]


def find_person(session: Session, who: Who, person_id: str) -> Person:
    """A living row of her townships; who was merged leads to whom she is now. Raises NotFound."""
    person = session.get(Person, (who.county, person_id))
    for _ in range(8):
        if person is None or person.merged_into is None:
            break
        person = session.get(Person, (who.county, person.merged_into))
    if person is None or person.erased_at is not None or township_of(person.area) not in townships(who):
        raise NotFound
    return person


def _same_person(session: Session, person: Person) -> list[str]:
    """Her id and those that were merged into it."""
    same, fresh = [person.id], [person.id]
    while fresh:
        into = select(Person.id).where(Person.county == person.county, Person.merged_into.in_(fresh))
        fresh = [key for key in session.scalars(into) if key not in same]
        same += fresh
    return same


def _consents(session: Session, county: str, same: Iterable[str]) -> list[dict[str, Any]]:
    mine = select(Consent).where(Consent.county == county, Consent.person.in_(same)).order_by(Consent.purpose)
    names = ("purpose", "decision", "occurred_on", "expires_on", "record")
    return [{name: getattr(row, name) for name in names} for row in session.scalars(mine)]


def _records(session: Session, book: Book, county: str, same: list[str]) -> list[dict[str, Any]]:
    """What the station may see, newest first: never what she has not agreed to, of clinical forms only that there is one."""
    mine = select(Record).where(
        Record.county == county, Record.person.in_(same), Record.blocked.is_(False),
        Record.shown | (Record.source == "import"),
    ).order_by(Record.occurred_on.desc(), Record.id.desc())  # fmt: skip
    rows = list(session.scalars(mine))
    authors = worker_names(session, {row.author for row in rows})
    return [_record(session, book, row, authors) for row in rows]


def _record(session: Session, book: Book, row: Record, authors: dict[str, str]) -> dict[str, Any]:
    form = book.forms.get(row.form)
    key = "import" if row.source == "import" else row.role
    clinical = form is None or (row.source != "import" and forms.audience(form, key) != "common")
    return {
        "id": row.id,
        "form": None if clinical else row.form,
        "clinical": clinical,
        "purpose": row.purpose,
        "occurred_on": row.occurred_on,
        "author": {"id": row.author, "name": authors.get(row.author, ""), "role": row.role},
        "source": row.source,
        "status": row.status,
        "answers": None if clinical else row.coded | _texts(session, row),
    }


def _texts(session: Session, row: Record) -> dict[str, Any]:
    """Free-text answers, which lie sealed in the events: the record's own, then each amendment in order."""
    chain = select(Event).where(Event.county == row.county, (Event.id == row.id) | (Event.of == row.id))
    texts: dict[str, Any] = {}
    for event in session.scalars(chain.order_by(Event.received_at, Event.id)):
        body = log.body_of(event) if event.kind in ("record", "amend") else None
        texts |= (body or {}).get("answers", {})
    return {key: value for key, value in texts.items() if isinstance(value, str) and key not in row.coded}


def plates_of(session: Session, county: str, wanted: Iterable[str]) -> dict[str, Household]:
    """{id: household} of some households."""
    mine = select(Household).where(Household.county == county, Household.id.in_(wanted))
    return {plate.id: plate for plate in session.scalars(mine)}


def area_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """{code: name} of some areas."""
    return {row[0]: row[1] for row in session.execute(select(Area.code, Area.name).where(Area.code.in_(codes)))}


def worker_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """{id: name} of some workers; of what came with a transfer, the station that sent it."""
    wanted = set(ids)
    found = {row[0]: row[1] for row in session.execute(select(Worker.id, Worker.name).where(Worker.id.in_(wanted)))}
    came = select(Transfer.id, Transfer.other_name).where(Transfer.side == "in", Transfer.id.in_(wanted - found.keys()))
    return found | {row[0]: row[1] for row in session.execute(came)}
