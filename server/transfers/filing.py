"""What came with her becomes records of hers where she lives now; each says whence it came.

Her word at the new place opens them as it opens any record: without it they are not shown and make nothing due, and what
she has declined or withdrawn there is left out. They are no service of this station: no rate, stock or sheet counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server import audit
from server.clock import day_of
from server.models import Consent, Person, Record, Transfer
from server.rules import dates, forms
from server.rules.book import Book
from server.rules.shapes import Field
from server.sync.append import write_events
from server.sync.erasing import erase_records
from server.transfers.terms import NotOpen

SOURCE = "transfer"
ROLES = {"service": "director", "clinical": "technician"}
"""In whose name it is kept, so that who may read it is the same as where it came from."""


def file(session: Session, book: Book, row: Transfer, her: Person, actor: str, now: int) -> int:
    """Put an acknowledged transfer into her record; answers how many records that made. Once for all. Raises NotOpen.

    Where it is a copy of her own records in this county, nothing is written twice.
    """
    if row.person is not None and _root(session, row.county, row.person) == her.id:
        return 0
    if row.side != "in" or row.state != "acknowledged" or row.content is None or row.person is not None:
        raise NotOpen
    row.person = her.id
    drafts = [] if _is_she(session, row, her) else list(_drafts(session, book, row, her, day_of(now).isoformat()))
    if drafts:
        write_events(session, her.county, drafts, "transfer", now=now)
    detail = {"transfer": row.id, "records": len(drafts)}
    audit.note(session, "transfer.file", her.id, detail, now=now, actor=actor, place=row.township)
    return len(drafts)


def unfile(session: Session, row: Transfer, now: int) -> None:
    """Take those records away for good, when she took back what had been sent. Free to repeat."""
    if row.side != "in" or row.person is None:
        return
    her = _root(session, row.county, row.person)
    same = select(Person.id).where(Person.county == row.county, or_(Person.id == her, Person.merged_into == her))
    mine = select(Record.id).where(
        Record.county == row.county, Record.person.in_(same), Record.source == SOURCE, Record.author == row.id
    )
    erase_records(session, row.county, list(session.scalars(mine)), now=now)
    row.person = None


def _is_she(session: Session, row: Transfer, her: Person) -> bool:
    out = session.get(Transfer, (row.id, "out")) if row.peer is None else None
    return out is not None and out.county == her.county and _root(session, out.county, out.person or "") == her.id


def _root(session: Session, county: str, person: str) -> str:
    found = session.get(Person, (county, person))
    while found is not None and found.merged_into is not None:
        person, found = found.merged_into, session.get(Person, (county, found.merged_into))
    return person


def _drafts(session: Session, book: Book, row: Transfer, her: Person, today: str) -> Iterator[dict[str, Any]]:
    """A record for each observation whose form is known here and whose day has come."""
    said = select(Consent.purpose).where(
        Consent.county == her.county, Consent.person == her.id, Consent.decision != "given"
    )
    closed = set(session.scalars(said))
    for entry in row.content["entry"][1:]:
        told = entry["resource"]
        form = book.forms.get(told["code"]["coding"][0]["code"].partition("/")[0])
        day, kept = told["effectiveDateTime"], ROLES.get(told["category"][0]["text"])
        if form is None or kept is None or form["consent"] in closed or not dates.is_day(day) or day > today:
            continue
        asked = {field["key"]: field for field in form["fields"]}
        answers = dict(pair for part in told["component"] for pair in _answer(asked, part))
        if answers:
            yield {
                "kind": "record", "schema": f"{form['id']}/{form['version']}", "actor": row.id, "role": kept,
                "area": her.area, "person": her.id, "body": {"occurred_on": day, "answers": answers},
            }  # fmt: skip


def _answer(asked: dict[str, Field], part: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The answer to a question of this rulebook; words that it does not know stay in the transfer alone."""
    field = asked.get(part["code"]["coding"][0]["code"])
    if field is None:
        return
    value = part.get("valueBoolean", part.get("valueInteger", part.get("valueString")))
    codes = {one["zh"]: one["code"] for one in field.get("options", ())}
    if codes and isinstance(value, str):
        words = [codes.get(word, word) for word in value.split("、")]
        value = words if field["type"] == "multi" else words[0]
    if not forms.unanswered(value) and forms.misshapen(field, value) is None:
        yield field["key"], value
