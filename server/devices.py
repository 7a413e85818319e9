"""Phones: one-time codes from the desk, registration of a phone's public key, stores (worker × phone), states.

A code is worth something only together with its worker's password: it is made for her, lives a day, works once, and
only its keyed hash is kept. Times are ms since 1970.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from server import accounts, attempts, audit, auth, leases
from server.errors import AppError, BadInput, Forbidden, NotFound
from server.extensions import writing
from server.ids import b64, new_id, unb64
from server.keys import Jwk, Keys, public_jwk
from server.models import Phone, PhoneCode, SignIn, Store, Worker
from server.models.phone import STATES
from server.models.sealed import app_keys
from server.passwords import ALPHABET
from server.sync import journal

CODE_LENGTH = 10
CODE_LIFE_MS = 24 * 3_600_000


class WrongCode(AppError):
    """The same answer for a code that is unknown, used, over, or another worker's."""

    code, status, message = "wrong_code", 403, "注册码不对或已失效 The code is wrong or no longer valid"


@dataclass(frozen=True)
class Slip:
    """What the desk prints or reads out: the code (shown once, kept nowhere), its end, the server keys' fingerprint."""

    code: str
    worker: str
    expires_at: int
    fingerprint: str


@dataclass(frozen=True)
class Registered:
    """What a phone pins: its id, its first store with the lease on it, and the server's two public keys."""

    phone: str
    store: str
    server_sign_key: Jwk
    server_seal_key: Jwk
    lease: leases.Lease


def make_code(session: Session, worker: Worker, now: int, made_by: str | None = None) -> Slip:
    """A new code for a worker; her older unused ones stop working. Raises NotFound for a disabled worker."""
    if not worker.is_active:
        raise NotFound("账号已停用 The account is disabled", code="worker_disabled")
    keys, code = app_keys(), "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    session.execute(delete(PhoneCode).where(PhoneCode.worker_id == worker.id, PhoneCode.used_at.is_(None)))
    end = now + CODE_LIFE_MS
    session.add(PhoneCode(id=_code_key(keys, code), worker_id=worker.id, made_by=made_by, expires_at=end))
    audit.note(session, "phone.code", worker.id, {}, now=now, actor=made_by, place=accounts.home_of(worker))
    return Slip(f"{code[:5]}-{code[5:]}", worker.id, end, fingerprint(keys))


def fingerprint(keys: Keys) -> str:
    """First 8 Base32 characters of SHA-256 over x ‖ y of the sign key, then x ‖ y of the seal key (32 bytes each)."""
    sign, seal = public_jwk(keys.sign), public_jwk(keys.unseal)
    numbers = b"".join(unb64(number) for number in (sign["x"], sign["y"], seal["x"], seal["y"]))
    return base64.b32encode(hashlib.sha256(numbers).digest())[:8].decode()


def register_phone(who: auth.Who, code: str, key: object, label: str, address: str, now: int) -> Registered:
    """Take a phone in. Raises WrongCode, BadInput (bad_key), SlowDown. Repeating it with the same key is free."""
    keys, jwk, plain = app_keys(), check_key(key), _plain(code)
    allowed = attempts.limits(keys, "phone", who.id, address)
    allowed[keys.blind("phone.code.tries", plain)] = attempts.PER_ACCOUNT
    with writing() as session:
        attempts.count_try(session, allowed, now)
    with writing() as session:
        slip = session.get(PhoneCode, _code_key(keys, plain), with_for_update=True)
        if slip is None or slip.worker_id != who.id or slip.expires_at <= now:
            raise WrongCode
        attempts.forget_tries(session, allowed, now)
        phone = _used_before(session, slip, jwk) or _new_phone(session, who, slip, jwk, label, now)
        store = open_store(session, who, phone, now)
        _bind(session, who, phone, now)
        lease = leases.grant(session, store, now)
        return Registered(phone.id, store.id, public_jwk(keys.sign), public_jwk(keys.unseal), lease)


def _used_before(session: Session, slip: PhoneCode, jwk: Jwk) -> Phone | None:
    """The phone of a used code when it is the same one asking again; raises WrongCode for another."""
    if slip.used_at is None:
        return None
    phone = session.get(Phone, slip.phone_id)
    if phone is None or phone.public_key != jwk or phone.state != "active":
        raise WrongCode
    return phone


def _new_phone(session: Session, who: auth.Who, slip: PhoneCode, jwk: Jwk, label: str, now: int) -> Phone:
    phone = Phone(
        id=new_id(), county=who.county, worker_id=who.id, public_key=jwk, label=label, state="active", created_at=now,
    )  # fmt: skip
    session.add(phone)
    session.flush()
    slip.used_at, slip.phone_id = now, phone.id
    place = accounts.home_of(who)
    audit.note(session, "phone.register", phone.id, {}, now=now, actor=who.id, phone=phone.id, place=place)
    return phone


def join_phone(session: Session, who: auth.Who, phone_id: str, now: int) -> Store:
    """Her store on a registered phone, made when she has none there; binds a session that has no phone yet to this one.

    Raises NotFound for a phone of another county, Forbidden (phone_revoked) for one that is not active.
    """
    phone = session.get(Phone, phone_id)
    if phone is None or phone.county != who.county:
        raise NotFound
    if phone.state != "active":
        raise Forbidden("这部手机已停用 This phone is no longer active", code="phone_revoked")
    if who.phone is None:  # one that has a phone stays its own: joining keeps no stolen session awake
        _bind(session, who, phone, now)
    return open_store(session, who, phone, now)


def open_store(session: Session, who: auth.Who, phone: Phone, now: int) -> Store:
    """The newest store of worker × phone; a new one when there is none."""
    mine = select(Store).where(Store.county == who.county, Store.phone_id == phone.id, Store.worker_id == who.id)
    known: Store | None = session.scalar(mine.order_by(Store.created_at.desc(), Store.id.desc()).limit(1))
    if known:
        return known
    store = Store(county=who.county, id=new_id(), phone_id=phone.id, worker_id=who.id, created_at=now)
    session.add(store)
    session.flush()
    return store


def _bind(session: Session, who: auth.Who, phone: Phone, now: int) -> None:
    awake = now + auth.AWAKE_MS
    session.execute(update(SignIn).where(SignIn.id == who.session).values(phone_id=phone.id, awake_until=awake))


def change_state(session: Session, phone: Phone, state: str, now: int, actor: str | None = None) -> None:
    """Suspend, lose, retire or re-activate a phone; anything but active ends its sessions. Free to repeat.

    Raises BadInput (unknown_state), or phone_retired: a retired phone registers anew.
    """
    if state not in STATES:
        raise BadInput(f"状态是 {'、'.join(STATES)} 之一 The states are {', '.join(STATES)}", code="unknown_state")
    if phone.state == "retired" and state != "retired":
        raise BadInput("已报废的手机要重新注册 A retired phone registers anew", code="phone_retired")
    was, phone.state = phone.state, state
    journal.remember(session, "phone", phone=phone.id, state=state)
    if state != "active":
        session.execute(delete(SignIn).where(SignIn.phone_id == phone.id))
    owner = session.get_one(Worker, phone.worker_id)
    detail = {"from": was, "to": state}
    audit.note(session, "phone.state", phone.id, detail, now=now, actor=actor, place=accounts.home_of(owner))


def find_phone(session: Session, phone_id: str, areas: Iterable[str] | None = None) -> Phone:
    """A phone whose worker has a grant within `areas` (None: anywhere). Raises NotFound."""
    phone = session.get(Phone, phone_id)
    if phone is None:
        raise NotFound
    if areas is not None and phone.worker_id not in {worker.id for worker in accounts.workers_of(session, areas)}:
        raise NotFound
    return phone


def phones_of(session: Session, areas: Iterable[str]) -> list[dict[str, Any]]:
    """Phones of the workers within `areas`, newest first, each with its stores: state, last seen, what waits unsent."""
    workers = {worker.id: worker for worker in accounts.workers_of(session, areas)}
    mine = select(Phone).where(Phone.worker_id.in_(workers)).order_by(Phone.created_at.desc(), Phone.id)
    phones = list(session.scalars(mine))
    stores = (
        select(Store).where(Store.phone_id.in_([phone.id for phone in phones])).order_by(Store.created_at, Store.id)
    )
    by_phone: dict[str, list[Store]] = {phone.id: [] for phone in phones}
    for store in session.scalars(stores):
        by_phone[store.phone_id].append(store)
    return [_show(phone, workers[phone.worker_id], by_phone[phone.id]) for phone in phones]


def _show(phone: Phone, worker: Worker, stores: list[Store]) -> dict[str, Any]:
    return {
        "id": phone.id,
        "label": phone.label,
        "state": phone.state,
        "worker": {"id": worker.id, "name": worker.name},
        "created_at": phone.created_at,
        "last_seen": phone.last_seen,
        "wiped_at": phone.wiped_at,
        "stores": [
            {
                "id": store.id,
                "worker": store.worker_id,
                "have": store.have,
                "backed_up": store.backed_up,
                "unsent": store.unsent,
                "last_push_at": store.last_push_at,
            }
            for store in stores
        ],
    }


def check_key(key: object) -> Jwk:
    """A P-256 public key as a JWK (RFC 7517), nothing else kept. Raises BadInput (bad_key)."""
    try:
        if not isinstance(key, dict) or (key.get("kty"), key.get("crv")) != ("EC", "P-256") or "d" in key:
            raise ValueError("not a P-256 public key")
        x, y = unb64(key["x"]), unb64(key["y"])
        if len(x) != 32 or len(y) != 32:
            raise ValueError("coordinates are 32 bytes")
        ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1()).public_key()
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("手机公钥无效 The phone's public key is not valid", code="bad_key") from error
    return {"kty": "EC", "crv": "P-256", "x": b64(x), "y": b64(y)}


def _plain(code: str) -> str:
    """The code as it was made: what people add (spaces, dashes, lower case, full width) is taken away."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum())


def _code_key(keys: Keys, code: str) -> bytes:
    return keys.blind("phone.code", code)
