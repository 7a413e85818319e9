"""What waits for a human at the station: conflicts, parked events, forks, flagged events. Oldest first.

Both values of a conflict stand beside each other, with who wrote each and when: `kept_by` and `offered_by` are {id, name},
`kept_at` and `offered_at` ms by the phone's clock, put right where it was measured. The import is {id: "import", name: ""};
all four are null where nobody knows. What was parked is shown as the phone sent it. Only the content of clinical forms
stays closed here, too: the station sees that there is something, and whose.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from server import accounts, audit
from server.auth import Who
from server.desk import asked, duplicates
from server.desk.people import area_names, plates_of, worker_names
from server.desk.scope import townships
from server.desk.search import Index
from server.extensions import writing
from server.models import Conflict, Event, HolderRequest, Household, Parked, Person, Seen
from server.rules import forms
from server.rules.book import Book
from server.sync import log
from server.sync.intake import FORKS

SHOWN = 100
TAKE_OR_NOT = ["take", "dismiss"]
CHOICES = {"conflict": ["kept", "offered"], "parked": TAKE_OR_NOT, "fork": TAKE_OR_NOT, "flagged": ["seen"],
           "twins": [duplicates.MERGE, duplicates.DISTINCT], "asked": [asked.DONE]}  # fmt: skip
UNDO = "undo"
IMPORT = "import"
WORKERS = ("actor", "decided_by", "kept_by", "offered_by")
SAID_OF_SOME = (
    "subject", "field", "kept", "kept_by", "kept_at", "offered", "offered_by", "offered_at", "actor", "reason", "event",
    "people", "asked",
)  # fmt: skip


def waiting(session: Session, book: Book, index: Index, who: Who, decided: bool, now: int) -> dict[str, Any]:
    """{items, total}: the SHOWN oldest that wait, or the newest that were decided. Audited, since names are in it."""
    conflicts = _ordered(conflicts_of(who), decided, Conflict.raised_at, Conflict.decided_at, Conflict.id)
    parked = _ordered(parked_of(session, who), decided, Parked.received_at, Parked.decided_at, Parked.id)
    flagged = _ordered(flagged_of(who), decided, Event.received_at, Seen.at, Event.id)
    wishes = _ordered(asked.of(who), decided, HolderRequest.asked_at, HolderRequest.decided_at, HolderRequest.id)
    found = [_conflict(row) for row in session.scalars(conflicts.limit(SHOWN))]
    found += [_parked_item(book, row) for row in session.scalars(parked.limit(SHOWN))]
    found += [_wish(row) for row in session.scalars(wishes.limit(SHOWN))]
    found += [_flag(book, *row) for row in session.execute(flagged.limit(SHOWN))]
    twins = duplicates.judged(session, who) if decided else duplicates.waiting(session, index, who, now)
    found += [_twins(row) for row in twins]
    when = "decided_at" if decided else "at"
    page = sorted(found, key=lambda item: (item[when], item["id"]), reverse=decided)[:SHOWN]
    total = _count(session, conflicts, parked, flagged, wishes) + len(twins)
    _name(session, who.county, page)
    if page:
        with writing() as log_session:
            place = townships(who)[0]
            audit.note(log_session, "inbox.read", None, {"items": len(page)}, now=now, actor=who.id, place=place)
    return {"items": page, "total": total}


def count(session: Session, index: Index, who: Who, now: int) -> int:
    """How many items wait; no name is opened for it."""
    waiting = (conflicts_of(who).where(Conflict.decided_at.is_(None)), flagged_of(who).where(Seen.at.is_(None)),
               parked_of(session, who).where(Parked.decided_at.is_(None)),
               asked.of(who).where(HolderRequest.decided_at.is_(None)))  # fmt: skip
    return _count(session, *waiting) + len(duplicates.waiting(session, index, who, now))


def _count(session: Session, *queries: Any) -> int:
    return sum(session.scalar(select(func.count()).select_from(q.order_by(None).subquery())) or 0 for q in queries)


def _twins(row: dict[str, Any]) -> dict[str, Any]:
    more = {name: row[name] for name in ("reason", "people")}
    decided = (row.get("decision"), row.get("decided_by"), row.get("decided_at"))
    return _item(row["id"], "twins", row["at"], row["area"], *decided, **more)


def within(column: Any, who: Who) -> ColumnElement[bool]:
    """Whether an area code lies in her townships."""
    return or_(false(), *(column.startswith(code, autoescape=True) for code in townships(who)))


def conflicts_of(who: Who) -> Any:
    """Conflicts of her townships."""
    return select(Conflict).where(Conflict.county == who.county, within(Conflict.area, who))


def parked_of(session: Session, who: Who) -> Any:
    """Events for her area, and those whose area nobody can read, of her township's workers."""
    ours = [worker.id for worker in accounts.workers_of(session, townships(who))]
    return select(Parked).where(Parked.county == who.county, within(Parked.area, who) | Parked.actor.in_(ours))


def flagged_of(who: Who) -> Any:
    """(Event, Seen | None) of accepted events with something odd about them; conflicts and what the desk took stand apart."""
    seen = (Seen.county == Event.county) & (Seen.event == Event.id)
    odd = (Event.flag.is_not(None), Event.flag.not_like("conflict:%"), Event.flag.not_like("%taken_by_desk%"))
    return select(Event, Seen).outerjoin(Seen, seen).where(Event.county == who.county, *odd, within(Event.area, who))


def _ordered(query: Any, decided: bool, raised: Any, done: Any, key: Any) -> Any:
    if decided:
        return query.where(done.is_not(None)).order_by(done.desc(), key)
    return query.where(done.is_(None)).order_by(raised, key)


def _conflict(row: Conflict) -> dict[str, Any]:
    return _item(
        row.id, "conflict", row.raised_at, row.area, row.decision, row.decided_by, row.decided_at,
        subject={"type": row.subject_type, "id": row.subject, "name": ""}, field=row.field,
        kept=row.kept, offered=row.offered, kept_by=row.kept_event, offered_by=row.offered_event,
    )  # fmt: skip


def _parked_item(book: Book, row: Parked) -> dict[str, Any]:
    kind = "fork" if row.reason in FORKS else "parked"
    content = row.content if isinstance(row.content, dict) else {}
    return _item(
        row.id, kind, row.received_at, row.area, row.decision, row.decided_by, row.decided_at,
        actor=row.actor, reason=row.reason, event=_told(book, content),
    )  # fmt: skip


def _flag(book: Book, row: Event, seen: Seen | None) -> dict[str, Any]:
    names = ("id", "kind", "schema", "t", "actor", "role", "area", "person", "household")
    content = {name: getattr(row, name) for name in names} | {"body": log.body_of(row)}
    decided = ("seen", seen.worker_id, seen.at) if seen else (None, None, None)
    return _item(
        row.id, "flagged", row.received_at, row.area, *decided,
        actor=row.actor, reason=row.flag, event=_told(book, content),
    )  # fmt: skip


def _wish(row: HolderRequest) -> dict[str, Any]:
    return _item(
        row.id, "asked", row.asked_at, row.township, row.decision, row.decided_by, row.decided_at,
        reason=row.kind, subject=asked.subject(row), asked=asked.told(row),
    )  # fmt: skip


def _item(
    key: str, kind: str, at: int, area: str | None, decision: str | None, by: str | None, when: int | None, **more: Any
) -> dict[str, Any]:
    shape = dict.fromkeys(SAID_OF_SOME)
    # What was taken in is a record now: it is voided, not untaken.
    choices = ([] if decision == "taken" else [UNDO]) if decision else CHOICES[kind]
    return shape | more | {
        "id": key, "kind": kind, "at": at, "area": area, "choices": choices, "decision": decision, "decided_by": by,
        "decided_at": when,
    }  # fmt: skip


def _told(book: Book, content: dict[str, Any]) -> dict[str, Any]:
    """An event as the desk may read it: without salt, and without what a clinical form holds."""
    form = book.forms.get(str(content.get("schema")).partition("/")[0])
    role, body = str(content.get("role")), content.get("body")
    clinical = form is not None and forms.audience(form, role) != "common"
    open_body = {key: value for key, value in body.items() if key != "salt"} if isinstance(body, dict) else None
    names = ("kind", "schema", "t", "role", "person", "household")
    return {name: content.get(name) for name in names} | {
        "clinical": clinical,
        "occurred_on": (open_body or {}).get("occurred_on"),
        "body": None if clinical else open_body,
    }


def _name(session: Session, county: str, page: list[dict[str, Any]]) -> None:
    """Put names to areas, workers and who an item is about."""
    everyone = [one for item in page for one in item["people"] or ()]
    areas = area_names(session, {item["area"] for item in page if item["area"]} | {one["area"] for one in everyone})
    plates = plates_of(session, county, {one["household"] for one in everyone})
    _tell_writers(session, county, [item for item in page if item["kind"] == "conflict"])
    workers = worker_names(session, {item[key] for item in page for key in WORKERS if item[key]})
    subjects = [item["subject"] for item in page if item["subject"]]
    names = _subject_names(session, county, {subject["id"] for subject in subjects})
    for one in everyone:
        one["area"] = {"code": one["area"], "name": areas.get(one["area"], one["area"])}
        plate = plates.get(one["household"])
        one["household"] = {"id": one["household"], "group": plate and plate.group, "number": plate and plate.number}
    for item in page:
        item["area"] = item["area"] and {"code": item["area"], "name": areas.get(item["area"], item["area"])}
        for key in WORKERS:
            item[key] = item[key] and {"id": item[key], "name": workers.get(item[key], "")}
        if item["subject"]:
            item["subject"]["name"] = names.get(item["subject"]["id"], "")


def _tell_writers(session: Session, county: str, conflicts: list[dict[str, Any]]) -> None:
    """Put who wrote a value, and when, in the place of the event that set it."""
    ids = {item[key] for item in conflicts for key in ("kept_by", "offered_by")}
    asked = select(Event.id, Event.actor, Event.t_fixed, Event.t).where(Event.county == county, Event.id.in_(ids))
    known = {key: (actor, t if fixed is None else fixed) for key, actor, fixed, t in session.execute(asked)}
    for item in conflicts:
        for which in ("kept", "offered"):
            event = item[f"{which}_by"]
            item[f"{which}_by"], item[f"{which}_at"] = known.get(event) or _imported(event)


def _imported(rev: str | None) -> tuple[str, int] | tuple[None, None]:
    """All fields of one import share a revision that is no event's id; it begins with the import's moment."""
    return (IMPORT, int(rev.replace("-", "")[:12], 16)) if rev else (None, None)


def _subject_names(session: Session, county: str, ids: set[str]) -> dict[str, str]:
    people = select(Person.id, Person.name).where(Person.county == county, Person.id.in_(ids))
    plates = select(Household.id, Household.number).where(Household.county == county, Household.id.in_(ids))
    found = [*session.execute(people), *session.execute(plates)]
    return {row[0]: row[1] or "" for row in found}
