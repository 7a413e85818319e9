"""The villages of a township at a glance: how many are looked after, by whom, and what still waits on phones."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import Session

from server.auth import Who
from server.desk.scope import counts
from server.models import Area, Grant, Household, Person, Store, Worker
from server.models.area import county_of


def below(session: Session, who: Who) -> list[dict[str, str]]:
    """The areas whose figures are for a worker: [{code, name, level}], in order of code."""
    mine = [Area.code.startswith(area, autoescape=True) for area in who.areas()]
    found = session.scalars(select(Area).where(or_(false(), *mine)).order_by(Area.code))
    return [{"code": area.code, "name": area.name, "level": area.level} for area in found if counts(who, area.code)]


def overview(session: Session, township: str) -> list[dict[str, Any]]:
    """One line a village in the register's order: households, persons, directors, unsent records, newest push (ms)."""
    villages = session.scalars(
        select(Area)
        .where(Area.code.startswith(township), func.length(Area.code) == 12)
        .order_by(Area.position, Area.code)
    )
    houses = _counts(session, Household, township)
    people = _counts(
        session, Person, township, Person.merged_into.is_(None), Person.residence.is_distinct_from("moved_out")
    )
    workers = _directors(session, township)
    return [
        {
            "code": village.code,
            "name": village.name,
            "households": houses.get(village.code, 0),
            "persons": people.get(village.code, 0),
            "directors": workers[village.code],
        }
        for village in villages
    ]


def _counts(session: Session, table: type[Household] | type[Person], township: str, *more: Any) -> dict[str, int]:
    mine = (table.county == county_of(township), table.area.startswith(township), table.erased_at.is_(None))
    rows = session.execute(select(table.area, func.count()).where(*mine, *more).group_by(table.area))
    return {row[0]: row[1] for row in rows}


def _directors(session: Session, township: str) -> dict[str, list[dict[str, Any]]]:
    """{village: [{id, name, unsent, last_push_at}]} of the live grants; what her phones last said of themselves."""
    rows = session.execute(
        select(Grant.area, Worker.id, Worker.name, func.sum(Store.unsent), func.max(Store.last_push_at))
        .join(Worker, Worker.id == Grant.worker_id)
        .outerjoin(Store, Store.worker_id == Worker.id)
        .where(Grant.role == "director", Grant.revoked_at.is_(None), Grant.area.startswith(township))
        .group_by(Grant.area, Worker.id, Worker.name)
        .order_by(Grant.area, Worker.id)
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for area, key, name, unsent, pushed in rows:
        found[area].append({"id": key, "name": name, "unsent": unsent, "last_push_at": pushed})
    return found
