"""Play the safety journal back into a database: what no restore may undo is done again. Free to repeat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from server.cards import listing
from server.clock import day_of
from server.models import Event, Grant, Person, Phone, SignIn, Worker
from server.models.sealed import app_keys
from server.sync import county_days, erasing, journal, log
from server.sync.append import book
from server.sync.intake import Setting, take_in
from server.sync.item import Item, named
from server.sync.taking import look_over

Entry: TypeAlias = dict[str, Any]


def replay(session: Session, folder: Path, now: int) -> int:
    """Do again what the journal remembers; answers how many entries there were."""
    count = 0
    for entry in list(journal.entries(folder / journal.NAME)):
        _REDO[entry["kind"]](session, entry, now)
        count += 1
    return count


def _erased(session: Session, entry: Entry, now: int) -> None:
    asked = select(Person.id, Person.erased_at).where(Person.county == entry["county"], Person.id.in_(entry["persons"]))
    known = {row.id: row.erased_at for row in session.execute(asked)}
    erasing.bury(session, entry["county"], set(entry["persons"]) - known.keys(), now)
    persons = sorted(person for person, erased_at in known.items() if erased_at is None)
    if persons:
        erasing.erase(session, entry["county"], persons, now=now, remember=False)


def _withdrawn(session: Session, entry: Entry, now: int) -> None:
    facts = journal.open_withdrawal(app_keys(), entry)
    if session.scalar(select(Event.id).where(Event.county == entry["county"], Event.id == facts["id"])):
        return
    setting = Setting(entry["county"], book(), now, day_of(now).isoformat())
    item = _item(facts)
    look_over(setting.book, [item], setting.today)
    take_in(session, setting, [item])


def _item(facts: Entry) -> Item:
    form, version, days = named(facts["schema"]) or ("", 0, None)
    body = log.open_blob(facts["body"])
    names = ("id", "kind", "schema", "dseq", "t", "clk", "actor", "role", "area", "person", "household", "digest")
    plain = {name: facts[name] for name in names}
    return Item(
        raw={**plain, "digest": None, "body": body}, whole=facts["digest"], form=form, version=version, days=days, body=body,
        blob=facts["body"], store=facts["store_id"], source="phone", **plain,
    )  # fmt: skip


def _phone(session: Session, entry: Entry, _: int) -> None:
    """The last entry of a phone wins, since they come in order."""
    session.execute(update(Phone).where(Phone.id == entry["phone"]).values(state=entry["state"]))
    if entry["state"] != "active":
        session.execute(delete(SignIn).where(SignIn.phone_id == entry["phone"]))


def _revoked(session: Session, entry: Entry, _: int) -> None:
    mine = (Grant.worker_id == entry["worker"]) & (Grant.area == entry["area"]) & (Grant.role == entry["role"])
    # What was granted after that revocation is another grant and stays.
    session.execute(
        update(Grant)
        .where(mine, Grant.revoked_at.is_(None), Grant.granted_at <= entry["at"])
        .values(revoked_at=entry["at"])
    )


def _disabled(session: Session, entry: Entry, _: int) -> None:
    session.execute(
        update(Worker).where(Worker.id == entry["worker"], Worker.disabled_at.is_(None)).values(disabled_at=entry["at"])
    )
    session.execute(delete(SignIn).where(SignIn.worker_id == entry["worker"]))


def _cards(session: Session, entry: Entry, now: int) -> None:
    listing.put_back(session, entry["content"], now)


def _county_days(session: Session, entry: Entry, now: int) -> None:
    county_days.put_back(session, entry, now)


_REDO: dict[str, Callable[[Session, Entry, int], None]] = {
    "erased": _erased,
    "withdrawn": _withdrawn,
    "phone": _phone,
    "revoked": _revoked,
    "disabled": _disabled,
    "cards": _cards,
    "county_days": _county_days,
}
