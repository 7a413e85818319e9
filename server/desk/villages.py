"""The villages of a township at a glance: how many are looked after, by whom, and what still waits on phones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import Any

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from server.auth import Who
from server.desk.rounds import Rounds
from server.desk.scope import counts
from server.models import Area, Grant, Household, Person, Phone, Store, Worker
from server.models.area import county_of
from server.reports import small_cells
from server.reports.rounds import Stretch
from server.rules.book import Book


def below(session: Session, who: Who) -> list[dict[str, str]]:
    """The areas whose figures are for a worker: [{code, name, level}], in order of code."""
    mine = [Area.code.startswith(area, autoescape=True) for area in who.areas()]
    found = session.scalars(select(Area).where(or_(false(), *mine)).order_by(Area.code))
    return [{"code": area.code, "name": area.name, "level": area.level} for area in found if counts(who, area.code)]


def overview(session: Session, book: Book, rounds: Rounds, township: str, stretch: Stretch) -> dict[str, Any]:
    """{since, on, until, villages, declined, k}: one line a village in the register's order, never ranked.

    `declined` is the township's total and None below `k`: no village and nobody is pressed about who said no.
    """
    found = select(Area).where(Area.code.startswith(township), func.length(Area.code) == 12)
    villages = list(session.scalars(found.order_by(Area.position, Area.code)))
    houses = _counts(session, Household, township)
    here = (Person.merged_into.is_(None), Person.residence.is_distinct_from("moved_out"))
    people, workers = _counts(session, Person, township, *here), _directors(session, township)
    lines, declined = [], 0
    for village in villages:
        counted = rounds.of(session, book, village.code, stretch)
        declined += counted.declined
        lines.append({
            "code": village.code, "name": village.name, "households": houses.get(village.code, 0),
            "persons": people.get(village.code, 0), "directors": workers[village.code],
            "done": counted.done, "waiting": counted.waiting, "late": counted.late,
        })  # fmt: skip
    few = small_cells.k_for("county")
    return asdict(stretch) | {"villages": lines, "declined": declined if declined >= few else None, "k": few}


def _counts(session: Session, table: type[Household] | type[Person], township: str, *more: Any) -> dict[str, int]:
    mine = (table.county == county_of(township), table.area.startswith(township), table.erased_at.is_(None))
    rows = session.execute(select(table.area, func.count()).where(*mine, *more).group_by(table.area))
    return {row[0]: row[1] for row in rows}


def _directors(session: Session, township: str) -> dict[str, list[dict[str, Any]]]:
    """{village: [{id, name, phones, unsent, last_seen, last_push_at}]} of the live grants, by her phones in use (ms)."""
    phone = (Phone.worker_id == Worker.id) & (Phone.state == "active")
    hers = (Store.worker_id == Worker.id) & (Store.phone_id == Phone.id)
    told = (
        func.count(Phone.id.distinct()),
        func.sum(Store.unsent),
        func.max(Phone.last_seen),
        func.max(Store.last_push_at),
    )
    rows = session.execute(
        select(Grant.area, Worker.id, Worker.name, *told)
        .join(Worker, Worker.id == Grant.worker_id)
        .outerjoin(Phone, phone)
        .outerjoin(Store, hers)
        .where(Grant.role == "director", Grant.revoked_at.is_(None), Grant.area.startswith(township))
        .where(Worker.disabled_at.is_(None))
        .group_by(Grant.area, Worker.id, Worker.name)
        .order_by(Grant.area, Worker.id)
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    names = ("id", "name", "phones", "unsent", "last_seen", "last_push_at")
    for area, *values in rows:
        found[area].append(dict(zip(names, values, strict=True)))
    return found
