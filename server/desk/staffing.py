"""Workers at the desk: who may work where, handing villages over, new passwords. Each is one row in the audit log.

A station looks after those who work in the field of its township, a county also after its stations; nobody after
herself, nor after somebody who also works elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from server import accounts, audit, passwords
from server.auth import Who
from server.errors import BadInput, Forbidden, NotFound
from server.models import Area, Grant, Worker
from server.sync import granting

FIELD = ("director", "liaison", "technician")
DESK = ("station", "county")


def roles_for(who: Who) -> tuple[str, ...]:
    """The roles she may give."""
    return (*FIELD, "station") if "county" in who.roles else FIELD


def staff(session: Session, who: Who) -> list[Worker]:
    """Workers of her areas by user name: with a grant in force there, or with none anywhere and the last one there."""
    within = or_(false(), *(Grant.area.startswith(code, autoescape=True) for code in who.areas(*DESK)))
    working = select(Grant.worker_id).where(Grant.revoked_at.is_(None))
    there = select(Grant.worker_id).where(within)
    mine = Worker.id.in_(working.where(within)) | (Worker.id.in_(there) & Worker.id.not_in(working))
    return list(session.scalars(select(Worker).where(Worker.county == who.county, mine).order_by(Worker.username)))


def listed(session: Session, who: Who) -> list[dict[str, Any]]:
    """What `accounts.show` says of each, and `yours`: whether it is for her to change."""
    return [{**accounts.show(session, one), "yours": _is_hers(who, one)} for one in staff(session, who)]


def places(session: Session, who: Who) -> dict[str, Any]:
    """{roles, areas: [{code, name, level}]} that she may give, in order of code."""
    mine = or_(false(), *(Area.code.startswith(code, autoescape=True) for code in who.areas(*DESK)))
    found = session.scalars(select(Area).where(mine).order_by(Area.code))
    areas = [{"code": area.code, "name": area.name, "level": area.level} for area in found]
    return {"roles": list(roles_for(who)), "areas": areas}


def add(
    session: Session, who: Who, username: str, name: str, role: str, areas: Sequence[str], now: int
) -> dict[str, Any]:
    """A new worker and her first password, shown once: {worker, password}. Raises what `accounts.add_worker` raises."""
    for area in areas:
        _check(who, role, area)
    password = passwords.new_password().lower()
    made = accounts.add_worker(session, username, name, [(role, area) for area in areas], password, now, actor=who.id)
    return {"worker": accounts.show(session, made) | {"yours": True}, "password": password}


def reset_password(session: Session, who: Who, worker_id: str, now: int) -> dict[str, Any]:
    """A new password, shown once: {worker, password}; her sessions end."""
    worker = hers(session, who, worker_id)
    password = passwords.new_password().lower()
    accounts.reset_password(session, worker, password, now, who.id)
    return {"worker": accounts.show(session, worker) | {"yours": True}, "password": password}


def give(session: Session, who: Who, worker_id: str, role: str, areas: Sequence[str], now: int) -> Worker:
    """Give a role in some areas. Raises NotFound, Forbidden, BadInput (wrong_area)."""
    worker = hers(session, who, worker_id)
    for area in areas:
        _check(who, role, area)
        accounts.check_grant(session, role, area)
        granting.grant(session, worker.id, role, area, now=now)
    _note(session, who, "worker.give", worker, {"role": role, "areas": list(areas)}, now, areas[0])
    return worker


def take(session: Session, who: Who, worker_id: str, role: str, areas: Sequence[str], now: int) -> Worker:
    """Take a role in some areas away; what she recorded stays, and what is unsent may still come."""
    worker = hers(session, who, worker_id)
    for area in areas:
        _check(who, role, area)
        granting.revoke(session, worker.id, role, area, now=now)
    _note(session, who, "worker.take", worker, {"role": role, "areas": list(areas)}, now, areas[0])
    return worker


def hand_over(session: Session, who: Who, worker_id: str, to: str, areas: Sequence[str], now: int) -> Worker:
    """Her areas become another's, in her role there, in one transaction. Raises NotFound, BadInput (same_worker, not_held)."""
    worker, other = hers(session, who, worker_id), hers(session, who, to)
    if worker.id == other.id or other.disabled_at is not None:
        raise BadInput("请选另一个在岗的人 Choose another worker, one who is not switched off", code="same_worker")
    held = [(grant.role, grant.area) for grant in live(worker) if grant.area in areas]
    if {area for _, area in held} != set(areas):
        raise BadInput("她没有这个村 She does not have that area", code="not_held")
    for role, area in held:
        granting.grant(session, other.id, role, area, now=now)
        granting.revoke(session, worker.id, role, area, now=now)
    _note(session, who, "worker.hand_over", worker, {"to": other.id, "areas": list(areas)}, now, areas[0])
    return worker


def switch(session: Session, who: Who, worker_id: str, on: bool, now: int) -> Worker:
    """Close her account and end her sessions, or open it again."""
    worker = hers(session, who, worker_id)
    change = accounts.enable_worker if on else accounts.disable_worker
    change(session, worker, now, who.id)
    return worker


def hers(session: Session, who: Who, worker_id: str) -> Worker:
    """A worker she looks after. Raises NotFound, Forbidden (not_your_worker)."""
    worker = next((one for one in staff(session, who) if one.id == worker_id), None)
    if worker is None:
        raise NotFound
    if not _is_hers(who, worker):
        raise Forbidden("这个账号不归您管 This account is not yours to change", code="not_your_worker")
    return worker


def live(worker: Worker) -> list[Grant]:
    """Her grants in force."""
    return [grant for grant in worker.grants if grant.revoked_at is None]


def _is_hers(who: Who, worker: Worker) -> bool:
    mine, roles = who.areas(*DESK), roles_for(who)
    return worker.id != who.id and all(
        grant.role in roles and any(grant.area.startswith(area) for area in mine) for grant in live(worker)
    )


def _check(who: Who, role: str, area: str) -> None:
    if role not in roles_for(who) or not any(area.startswith(mine) for mine in who.areas(*DESK)):
        raise Forbidden("这个角色或区划不归您给 That role or area is not yours to give", code="not_your_area")


def _note(
    session: Session, who: Who, action: str, worker: Worker, detail: dict[str, Any], now: int, place: str
) -> None:
    session.refresh(worker, ["grants"])
    audit.note(session, action, worker.id, detail, now=now, actor=who.id, place=place)
