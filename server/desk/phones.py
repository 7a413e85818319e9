"""One phone at the desk: its stores, what lies on it, what was done about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server import devices
from server.auth import Who
from server.desk.people import area_names, worker_names
from server.models import Audit, Grant, Household, Person, Phone, Store
from server.models.area import county_of

SHOWN = 30
ACTIONS = ("phone.register", "phone.state", "phone.code", "phone.wiped")


def open_phone(session: Session, who: Who, phone_id: str) -> dict[str, Any]:
    """{id, label, state, held, deeds}: what a finder could find on it, and who did what about it. Raises NotFound."""
    phone = devices.find_phone(session, phone_id, who.areas("station", "county"))
    return {"id": phone.id, "label": phone.label, "state": phone.state, "held": _held(session, phone),
            "deeds": _deeds(session, phone.id)}  # fmt: skip


def _held(session: Session, phone: Phone) -> list[dict[str, Any]]:
    """Areas whose lists lay on the phone when it was last heard of, with the households and people there now."""
    stores = session.scalars(select(Store).where(Store.phone_id == phone.id).order_by(Store.created_at))
    areas: dict[str, int] = {}
    for store in stores:
        at = max(store.last_pull_at or 0, store.last_push_at or 0)
        then = or_(Grant.revoked_at.is_(None), Grant.revoked_at > at)
        hers = select(Grant.area).where(Grant.worker_id == store.worker_id, Grant.granted_at <= at, then)
        areas |= {area: max(areas.get(area, 0), at) for area in session.scalars(hers)}
    names = area_names(session, areas)
    return [
        {"area": {"code": area, "name": names.get(area, area)}, "households": _count(session, Household, area),
         "persons": _count(session, Person, area), "as_of": at}
        for area, at in sorted(areas.items())
    ]  # fmt: skip


def _count(session: Session, table: type[Household] | type[Person], area: str) -> int:
    here = (table.county == county_of(area), table.area.startswith(area, autoescape=True), table.erased_at.is_(None))
    return session.scalar(select(func.count()).select_from(table).where(*here)) or 0


def _deeds(session: Session, phone_id: str) -> list[dict[str, Any]]:
    """Newest first: [{at, action, from, to, worker}]."""
    mine = select(Audit).where(Audit.subject == phone_id, Audit.action.in_(ACTIONS))
    rows = list(session.scalars(mine.order_by(Audit.at.desc(), Audit.id.desc()).limit(SHOWN)))
    names = worker_names(session, {row.actor for row in rows if row.actor})
    return [
        {"at": row.at, "action": row.action, "from": (row.detail or {}).get("from"), "to": (row.detail or {}).get("to"),
         "worker": {"id": row.actor or "", "name": names.get(row.actor or "", "")}}
        for row in rows
    ]  # fmt: skip
