"""Who is asking: server-side sessions behind Flask-Login. One statement a request, since every poll pays for it.

The cookie holds a random 32-byte token; the table holds only its SHA-256. A session ends at sign-out, when its worker
is disabled or gets a new password, when its phone is lost, and at its end. That of a phone sleeps most of the time
(server/waking.py). Times are ms since 1970.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, Request
from flask_login import UserMixin, current_user
from sqlalchemy import LargeBinary, and_, bindparam, select, type_coerce, update
from sqlalchemy.orm import Session

from server.clock import now_ms
from server.errors import NotSignedIn, SessionAsleep
from server.extensions import db, login, rows_of
from server.ids import b64, unb64
from server.models import Grant, SignIn, Worker
from server.models.sealed import Sealed, app_keys

COOKIE = "__Host-suifang"
DAY_MS = 86_400_000
LONGEST_DAYS = 180
# How long a copied cookie is worth anything. Counted from the last waking, not from the last request: whoever has only
# the cookie could make requests. Shorter costs one more request a round, longer gives a thief more.
AWAKE_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Granted:
    """One role in one area, in force now."""

    area: str
    role: str
    granted_at: int


@dataclass(frozen=True, slots=True)
class Who(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """The signed-in worker as a request sees her: ids and grants, no ORM object. `phone` is what she signed in on."""

    id: str
    county: str
    username: str
    name: str
    phone: str | None
    session: bytes
    created_at: int
    expires_at: int
    grants: tuple[Granted, ...]
    awake_until: int | None = None
    asleep: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def areas(self, *roles: str) -> list[str]:
        """Her area codes, sorted; only those of the given roles when some are given."""
        return sorted({grant.area for grant in self.grants if not roles or grant.role in roles})


class Lasting(Protocol):
    """When a session began and when it ends, ms."""

    @property
    def created_at(self) -> int: ...

    @property
    def expires_at(self) -> int: ...


# Tables, not classes: without the ORM this costs a third, and every poll pays it.
_session, _worker, _grant = SignIn.__table__.c, Worker.__table__.c, Grant.__table__.c
_NAME = type_coerce(_worker.name, LargeBinary)  # the row comes once a grant; it is opened once
_IN_FORCE = _grant.revoked_at.is_(None)  # no clock gives back what was taken away
_FIND = (
    select(
        _session.worker_id, _worker.county, _worker.username, _NAME, _session.phone_id, _session.created_at,
        _session.expires_at, _session.awake_until, _grant.area, _grant.role, _grant.granted_at,
    )
    .join_from(SignIn.__table__, Worker.__table__)
    .outerjoin(Grant.__table__, and_(_grant.worker_id == _worker.id, _IN_FORCE))
    .where(_session.id == bindparam("session"), _session.expires_at > bindparam("now"), _worker.disabled_at.is_(None))
    .order_by(_grant.id)
)  # fmt: skip


def find_session(session: Session, token: str, now: int) -> Who | None:
    """The worker behind a token; None when the session is unknown or over, or she is disabled."""
    key = session_key(token)
    rows = rows_of(session, _FIND, session=key, now=now) if key else []
    if not rows:
        return None
    worker, county, username, sealed, phone, created, expires, awake = rows[0][:8]
    grants = tuple(Granted(area, role, since) for *_, area, role, since in rows if area is not None)
    asleep = is_asleep(awake, now)
    return Who(worker, county, username, _open_name(sealed), phone, key, created, expires, grants, awake, asleep)


def is_asleep(awake_until: int | None, now: int) -> bool:
    """Whether a phone's session is to be woken. One from further ahead than a waking reaches was woken by a wrong clock."""
    return awake_until is not None and not now <= awake_until <= now + AWAKE_MS


def _open_name(sealed: bytes) -> str:
    kind = _worker.name.type
    assert isinstance(kind, Sealed)
    return str(kind.process_result_value(sealed, None))


def session_key(token: str) -> bytes:
    """What the table knows of a token; empty for what can be no token."""
    try:
        raw = unb64(token)
    except ValueError:
        return b""
    return hashlib.sha256(raw).digest() if len(raw) == 32 else b""


def open_session(session: Session, worker: str, now: int, days: int, phone: str | None = None) -> str:
    """Write a new session for a worker; answers the token for her cookie."""
    token = b64(secrets.token_bytes(32))
    end, awake = now + days * DAY_MS, now + AWAKE_MS if phone else None
    key = session_key(token)
    session.add(SignIn(id=key, worker_id=worker, phone_id=phone, created_at=now, expires_at=end, awake_until=awake))
    return token


def prolong(session: Session, who: Who, now: int, days: int) -> None:
    """Move a session's end to `days` from now, but never beyond LONGEST_DAYS after it began."""
    end = min(now + days * DAY_MS, who.created_at + LONGEST_DAYS * DAY_MS)
    session.execute(update(SignIn).where(SignIn.id == who.session).values(expires_at=end))


def wants_prolonging(who: Lasting, now: int, days: int) -> bool:
    """Half of its time is over and it may still grow; so a poll writes at most every two weeks."""
    return who.expires_at - now < days * DAY_MS // 2 and who.expires_at < who.created_at + LONGEST_DAYS * DAY_MS


def signed_in() -> Who:
    """The worker of this request; raises NotSignedIn, SessionAsleep."""
    if not current_user.is_authenticated:
        raise NotSignedIn
    who = current_user._get_current_object()
    assert isinstance(who, Who)
    if who.asleep:
        raise SessionAsleep(asleep=f"{who.phone} {challenge(who.session, who.awake_until)}")
    return who


def challenge(session: bytes, awake_until: int | None) -> str:
    """What a phone signs to wake a session. Nobody can tell it beforehand, and waking makes it another."""
    return b64(app_keys().blind("session.wake", f"{b64(session)} {awake_until}"))


def register_login(app: Flask) -> None:
    """Teach Flask-Login to read our cookie. Flask's own session stays unused: no secret, no second cookie."""
    # No request can carry a cookie of this name, so Flask-Login's own remember cookie is never looked at.
    app.config["REMEMBER_COOKIE_NAME"] = ";"
    login.session_protection = None
    login._session_identifier_generator = str  # a hash of address and browser that nobody compares
    login.request_loader(_from_request)


def _from_request(request: Request) -> Who | None:
    token = request.cookies.get(COOKIE)
    return find_session(db.session(), token, now_ms()) if token else None
