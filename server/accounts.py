"""Workers' accounts: signing in and out, passwords, adding, disabling. Sessions are rows; ending one deletes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server import attempts, audit, auth, passwords
from server.errors import AppError, BadInput, NotFound
from server.extensions import db, writing
from server.ids import new_id
from server.models import Area, Grant, SignIn, Worker
from server.models.area import county_of
from server.models.sealed import app_keys
from server.models.worker import ROLES
from server.sync import granting, journal

AREA_LENGTHS = {"director": 12, "liaison": 9, "technician": 9, "station": 9, "county": 6}


class WrongPassword(AppError):
    """The same answer for a wrong password, an unknown name and a disabled worker."""

    code, status, message = "wrong_password", 401, "用户名或密码不对 The user name or the password is wrong"


@dataclass(frozen=True)
class SignedIn:
    """A new session: `token` goes into the cookie and is kept nowhere."""

    token: str
    worker: Worker


def sign_in(username: str, password: str, address: str, now: int, days: int) -> SignedIn:
    """Open a session. Raises WrongPassword, or SlowDown after too many tries of this account or address.

    Two transactions, with the slow hash between them, so that nobody waits for the database while it is computed.
    """
    allowed = attempts.limits(app_keys(), "login", username.casefold(), address)
    with writing() as session:
        attempts.count_try(session, allowed, now)
        worker = session.scalar(select(Worker).where(Worker.username == username))
    right = passwords.is_right(worker.password_hash if worker else None, password)
    if worker is None or not right or not worker.is_active:
        raise WrongPassword
    with writing() as session:
        attempts.forget_tries(session, allowed, now)
        session.execute(delete(SignIn).where(SignIn.worker_id == worker.id, SignIn.expires_at <= now))
        return SignedIn(auth.open_session(session, worker.id, now, days), worker)


def sign_out(session: Session, key: bytes) -> None:
    """End one session, by its key."""
    session.execute(delete(SignIn).where(SignIn.id == key))


def change_password(who: auth.Who, old: str, new: str, address: str, now: int) -> None:
    """Her own new password; ends her other sessions. Raises WrongPassword, SlowDown, BadInput (weak_password)."""
    passwords.check_password(new, who.username)
    allowed = attempts.limits(app_keys(), "login", who.username.casefold(), address)
    with writing() as session:
        attempts.count_try(session, allowed, now)
        known = session.scalar(select(Worker.password_hash).where(Worker.id == who.id))
    if not passwords.is_right(known, old):
        raise WrongPassword
    fresh = passwords.hash_password(new)
    with writing() as session:
        attempts.forget_tries(session, allowed, now)
        session.get_one(Worker, who.id).password_hash = fresh
        session.execute(delete(SignIn).where(SignIn.worker_id == who.id, SignIn.id != who.session))
        audit.note(session, "password.change", who.id, {}, now=now, actor=who.id, phone=who.phone, place=home_of(who))


def add_worker(
    session: Session,
    username: str,
    name: str,
    grants: Sequence[tuple[str, str]],
    password: str,
    now: int,
    actor: str | None = None,
) -> Worker:
    """Add a worker with (role, area) grants, which her own feed tells her phones. Call it inside `writing()`.

    Raises BadInput: name_taken, weak_password, unknown_role, wrong_area.
    """
    passwords.check_password(password, username)
    for role, area in grants:
        check_grant(session, role, area)
    if session.scalar(select(Worker.id).where(Worker.username == username)):
        raise BadInput(f"用户名 {username} 已被使用 The user name is taken", code="name_taken")
    worker = Worker(
        id=new_id(), county=county_of(grants[0][1]), username=username, name=name, created_at=now,
        password_hash=passwords.hash_password(password),
    )  # fmt: skip
    worker.grants = [Grant(area=area, role=role, granted_at=now) for role, area in grants]
    session.add(worker)
    session.flush()
    granting.announce(session, worker.id, now=now)
    detail = {"grants": [list(grant) for grant in grants]}
    audit.note(session, "worker.add", worker.id, detail, now=now, actor=actor, place=grants[0][1])
    return worker


def check_grant(session: Session, role: str, area: str) -> None:
    """Raises BadInput (unknown_role, wrong_area) for a role that nobody has or an area that does not fit it."""
    if role not in ROLES:
        raise BadInput(f"没有角色 {role} There is no such role; roles: {', '.join(ROLES)}", code="unknown_role")
    if len(area) != AREA_LENGTHS[role] or session.get(Area, area) is None:
        raise BadInput(f"角色 {role} 不能用区划 {area} That area does not exist or does not fit", code="wrong_area")


def workers_of(session: Session, areas: Iterable[str]) -> list[Worker]:
    """Workers with a live grant at or below any of the areas, by user name; disabled ones too."""
    within = [Grant.area.startswith(code, autoescape=True) for code in areas]
    if not within:
        return []
    found = select(Grant.worker_id).where(Grant.revoked_at.is_(None), db.or_(*within))
    return list(session.scalars(select(Worker).where(Worker.id.in_(found)).order_by(Worker.username)))


def introduce(session: Session, worker: Worker | auth.Who) -> dict[str, object]:
    """A worker as her phone sees her: {id, name, role, areas: [{code, name, role}], villages: [{code, name}]} with the
    grants in force; `villages` as `granting.villages_of` says."""
    live = [grant for grant in worker.grants if getattr(grant, "revoked_at", None) is None]
    names = dict(session.execute(select(Area.code, Area.name).where(Area.code.in_([g.area for g in live]))).all())
    areas = [{"code": grant.area, "name": names.get(grant.area, grant.area), "role": grant.role} for grant in live]
    villages = granting.villages_of(session, [(grant.role, grant.area) for grant in live])
    first = live[0].role if live else ""
    return {"id": worker.id, "name": worker.name, "role": first, "areas": areas, "villages": villages}


def show(session: Session, worker: Worker) -> dict[str, object]:
    """A worker as the desk sees her: what `introduce` says, and user name and `disabled_at` (ms)."""
    more = {"username": worker.username, "disabled_at": worker.disabled_at}
    return introduce(session, worker) | more


def worker_within(session: Session, worker_id: str, areas: Iterable[str]) -> Worker:
    """A worker with a grant within `areas`, by id; raises NotFound."""
    for worker in workers_of(session, areas):
        if worker.id == worker_id:
            return worker
    raise NotFound


def find_worker(session: Session, username: str) -> Worker:
    """By user name; raises NotFound."""
    worker: Worker | None = session.scalar(select(Worker).where(Worker.username == username))
    if worker is None:
        raise NotFound(f"没有用户 {username} There is no such worker", code="unknown_worker")
    return worker


def disable_worker(session: Session, worker: Worker, now: int, actor: str | None = None) -> None:
    """Close an account and end its sessions; her records stay hers. Free to repeat."""
    if worker.disabled_at is None:
        worker.disabled_at = now
    _end_sessions(session, worker)
    journal.remember(session, "disabled", worker=worker.id, at=worker.disabled_at)
    audit.note(session, "worker.disable", worker.id, {}, now=now, actor=actor, place=home_of(worker))


def enable_worker(session: Session, worker: Worker, now: int, actor: str | None = None) -> None:
    """Open a closed account again; she signs in with the password she had. Free to repeat.

    A restore of an older backup closes it once more: the safety journal remembers closings alone.
    """
    worker.disabled_at = None
    audit.note(session, "worker.enable", worker.id, {}, now=now, actor=actor, place=home_of(worker))


def reset_password(session: Session, worker: Worker, password: str, now: int, actor: str | None = None) -> None:
    """Give a worker a password and end her sessions. Raises BadInput (weak_password)."""
    passwords.check_password(password, worker.username)
    worker.password_hash = passwords.hash_password(password)
    _end_sessions(session, worker)
    audit.note(session, "password.reset", worker.id, {}, now=now, actor=actor, place=home_of(worker))


def home_of(worker: Worker | auth.Who) -> str:
    """The area whose audit chain holds what is done to or by a worker."""
    return worker.grants[0].area if worker.grants else worker.county


def _end_sessions(session: Session, worker: Worker) -> None:
    session.execute(delete(SignIn).where(SignIn.worker_id == worker.id))
