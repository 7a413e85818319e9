"""A worker's leave: from its first day to its last another worker has her areas, too. Hers stay hers all the while.

What is to begin or to end is done when the desk says so and, in a process that serves, every ten minutes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from flask import Flask
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server import audit
from server.accounts import home_of
from server.auth import Who
from server.chores import every
from server.clock import day_of, now_ms
from server.desk import staffing
from server.errors import BadInput, NotFound
from server.extensions import db, writing
from server.ids import new_id
from server.models import Leave, Worker
from server.sync import granting

EVERY_S = 600


def plan(session: Session, who: Who, worker_id: str, stand_in: str, first: str, last: str, now: int) -> Leave:
    """Note a leave and begin it when its first day has come. Raises NotFound, Forbidden, BadInput (wrong_days, same_worker,
    leave_overlaps)."""
    worker, other, today = staffing.hers(session, who, worker_id), staffing.hers(session, who, stand_in), _day(now)
    if worker.id == other.id or other.disabled_at is not None:
        raise BadInput("请选另一个在岗的人 Choose another worker, one who is not switched off", code="same_worker")
    if last < first or last < today:
        raise BadInput("日子不对 The days are not right", code="wrong_days")
    mine = select(Leave.id).where(Leave.worker_id == worker.id, Leave.ended_at.is_(None), Leave.first <= last)
    if session.scalar(mine.where(Leave.last >= first)):
        raise BadInput("这几天已经有请假 There is a leave in those days already", code="leave_overlaps")
    leave = Leave(
        id=new_id(), worker_id=worker.id, stand_in=other.id, first=first, last=last, given=[], made_by=who.id
    )  # fmt: skip
    session.add(leave)
    detail = {"stand_in": other.id, "first": first, "last": last}
    audit.note(session, "worker.leave", worker.id, detail, now=now, actor=who.id, place=home_of(worker))
    _turn(session, leave, today, now)
    return leave


def end(session: Session, who: Who, leave_id: str, now: int) -> Leave:
    """End a leave now, or call it off before it began: what the stand-in got for it goes back. Free to repeat."""
    leave = session.get(Leave, leave_id)
    if leave is None:
        raise NotFound
    worker = staffing.hers(session, who, leave.worker_id)
    if leave.ended_at is None:
        _end(session, leave, now)
        audit.note(session, "worker.leave_end", worker.id, {}, now=now, actor=who.id, place=home_of(worker))
    return leave


def open_ones(session: Session, workers: list[str]) -> list[dict[str, Any]]:
    """Leaves that are on or to come, by their first day: [{id, worker, stand_in, first, last, on}]."""
    mine = select(Leave).where(Leave.worker_id.in_(workers), Leave.ended_at.is_(None)).order_by(Leave.first, Leave.id)
    return [show(leave) for leave in session.scalars(mine)]


def show(leave: Leave) -> dict[str, Any]:
    """A leave as the desk sees it; `on`: the stand-in has the areas."""
    return {
        "id": leave.id, "worker": leave.worker_id, "stand_in": leave.stand_in, "first": leave.first, "last": leave.last,
        "on": leave.begun_at is not None and leave.ended_at is None,
    }  # fmt: skip


def turn(now: int) -> int:
    """Begin and end what is due; answers how many leaves changed. Free to repeat, in as many processes as there are."""
    today = _day(now)
    due = or_(Leave.begun_at.is_(None) & (Leave.first <= today), Leave.last < today)
    waiting = list(db.session().scalars(select(Leave.id).where(Leave.ended_at.is_(None), due)))
    db.session().rollback()
    for leave_id in waiting:
        with writing() as session:
            leave = session.get_one(Leave, leave_id, with_for_update=True, populate_existing=True)
            _turn(session, leave, today, now)
    return len(waiting)


def _turn(session: Session, leave: Leave, today: str, now: int) -> None:
    if leave.ended_at is None and leave.last < today:
        _end(session, leave, now)
    elif leave.begun_at is None and leave.first <= today:
        _begin(session, leave, now)


def _begin(session: Session, leave: Leave, now: int) -> None:
    """The stand-in gets what she does not have herself."""
    worker, other = session.get_one(Worker, leave.worker_id), session.get_one(Worker, leave.stand_in)
    held = {(grant.role, grant.area) for grant in staffing.live(other)}
    wanted = [(grant.role, grant.area) for grant in staffing.live(worker)]
    leave.begun_at = now
    leave.given = [[role, area] for role, area in wanted if (role, area) not in held]
    for role, area in leave.given:
        granting.grant(session, other.id, role, area, now=now)


def _end(session: Session, leave: Leave, now: int) -> None:
    leave.ended_at = now
    for role, area in leave.given:
        granting.revoke(session, leave.stand_in, role, area, now=now)


def _day(now: int) -> str:
    return day_of(now).isoformat()


def at_work(app: Flask) -> AbstractContextManager[None]:
    """Begin and end leaves every ten minutes while the block runs, first when it begins."""
    return every(app, "beginning and ending leaves", EVERY_S, lambda: turn(now_ms()))
