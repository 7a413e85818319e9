"""A code that the desk shows a woman face to face, and the short visit to her own page that it opens.

Ten digits, good once and for minutes; only a keyed hash is kept. The first four count as the account that is tried: five
wrong tries for the same four and the code cannot be guessed on, whatever address they come from.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from server import attempts, audit
from server.errors import AppError
from server.extensions import writing
from server.holder import terms
from server.models import HolderCode, Person
from server.models.sealed import app_keys

DIGITS, HANDLE = 10, 4


class WrongCode(AppError):
    """The same answer for a code that never was, is used or over."""

    code, status, message = "wrong_code", 403, "码不对，或者过时了 The code is wrong or over"


class VisitOver(AppError):
    """Her page was open long enough, was left, or the person is not here any more."""

    code, status, message = "visit_over", 403, "时间到了，再要一个码 The time is over; ask for another code"


@dataclass(frozen=True)
class Shown:
    """What the desk shows her: the code (once, kept nowhere) and its end in ms."""

    code: str
    until: int


@dataclass(frozen=True)
class Visit:
    """An open page: the secret that asks for it, and its end in ms."""

    token: str
    until: int


def make(session: Session, person: Person, actor: str, now: int) -> Shown:
    """A new code for a person of the actor's township; an older one and an open visit of hers end."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    over = or_(HolderCode.person == person.id, HolderCode.until < now - terms.minutes_ms("visit"))
    session.execute(delete(HolderCode).where(over))
    until = now + terms.minutes_ms("code")
    session.add(HolderCode(code=_hash(code), county=person.county, person=person.id, made_by=actor, until=until))
    audit.note(session, "holder.code", person.id, {}, now=now, actor=actor, place=person.area)
    return Shown(code, until)


def open_visit(code: str, address: str, now: int) -> Visit:
    """Her page for some minutes. Raises WrongCode, SlowDown. The try is written down before the code is looked at."""
    allowed = attempts.limits(app_keys(), "holder", code[:HANDLE], address)
    with writing() as session:
        attempts.count_try(session, allowed, now)
    with writing() as session:
        row = session.get(HolderCode, _hash(code), with_for_update=True)
        if row is None or row.used_at is not None or row.until <= now:
            raise WrongCode
        attempts.forget_tries(session, allowed, now)
        token = secrets.token_urlsafe(32)
        row.used_at, row.visit, row.visit_until = now, _key(token), now + terms.minutes_ms("visit")
        her = _living(session, row)
        audit.note(session, "holder.open", her.id, {}, now=now, actor=her.id, place=her.area)
        return Visit(token, row.visit_until)


def visitor(session: Session, token: str, now: int) -> Person:
    """Whose page is open under this secret. Raises VisitOver."""
    row = session.scalar(select(HolderCode).where(HolderCode.visit == _key(token)))
    if row is None or (row.visit_until or 0) <= now:
        raise VisitOver
    return _living(session, row)


def leave(session: Session, token: str) -> None:
    """Her page is closed for good. Free to repeat."""
    session.execute(delete(HolderCode).where(HolderCode.visit == _key(token)))


def _living(session: Session, row: HolderCode) -> Person:
    person = session.get(Person, (row.county, row.person))
    while person is not None and person.merged_into is not None:
        person = session.get(Person, (row.county, person.merged_into))
    if person is None or person.erased_at is not None:
        raise VisitOver
    return person


def _hash(code: str) -> bytes:
    return app_keys().blind("holder.code", code)


def _key(token: str) -> bytes:
    return app_keys().blind("holder.visit", token)
