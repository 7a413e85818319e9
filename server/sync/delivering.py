"""Deliver: sealed rows of one store's outbox, sent without a session and vouched for by the phone's signature.

A phone seals every outbox row to the deployment's key when it is written, so that work gets home after a forgotten PIN,
a logout, or on the way to a wipe. Opened rows go the way of a push; the actor is the store's worker. A row from a phone
that is not active, or of a worker who is disabled, is parked, never taken; one that nothing opens is parked whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.cards import hearing
from server.envelopes import open_envelope, signed_by
from server.errors import AppError, BadInput, TooLarge
from server.extensions import db, writing
from server.ids import unb64
from server.keys import CannotOpen, Keys
from server.models import Phone, Worker
from server.models.sealed import app_keys
from server.sync import epoch, stores
from server.sync.item import Item, read
from server.sync.push import MOST, look_at, settle
from server.sync.stores import Held
from server.sync.unpacking import parse


class UnknownPhone(AppError):
    """No phone has this id here: never registered, or registered after the backup this server came back from."""

    code, status, message = "unknown_phone", 401, "这部手机没有登记 This phone is not registered here"


class BadSignature(AppError):
    code, status, message = "bad_signature", 401, "签名不对 The signature is not this phone's over this body"


@dataclass(frozen=True, slots=True)
class Sender:
    """A phone whose signature over what it sent was checked, and the store it speaks for."""

    county: str
    device: str
    store: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """Rows `{id, dseq, sealed}` as they came. `phone_now` (ms) and `clk`: the phone's clock, if it says both."""

    rows: Sequence[Any]
    phone_now: int | None = None
    clk: str | None = None


def check(device: str, store: str, signature: str, body: bytes) -> Sender:
    """Who sent a body, by its signature over the bytes on the line. Raises UnknownPhone, BadSignature."""
    found = db.session().execute(select(Phone.county, Phone.public_key).where(Phone.id == device)).one_or_none()
    if found is None:
        raise UnknownPhone
    if not signed_by(found.public_key, signature, device, store, body):
        raise BadSignature
    return Sender(found.county, device, store)


def deliver(sender: Sender, given: Delivered, now: int) -> dict[str, Any]:
    """Take sealed rows in; answers as a push does, after the commit. Raises WrongStore, TooLarge (over 500 rows)."""
    if len(given.rows) > MOST:
        raise TooLarge
    life, keys = epoch.current(), app_keys()
    worker = stores.on_phone(db.session(), sender.county, sender.device, sender.store).worker
    items = [_open(keys, sender.store, worker, row) for row in given.rows]
    place = look_at(items, worker, sender.store, now) or sender.county
    with writing() as session:
        held = stores.on_phone(session, sender.county, sender.device, sender.store, lock=True)
        _hold_back(session, held, items)
        if given.phone_now is not None and given.clk is not None:
            stores.measure(held, given.clk, given.phone_now, items, now)
        answered = settle(session, held, items, place, now, "deliver")
    hearing.hear(items, held.county, now)
    return {"epoch": life, **answered}


def _open(keys: Keys, store: str, worker: str, row: Any) -> Item:
    """The event in a row. It was sealed before it had a number, so `dseq` lies beside it."""
    try:
        event = parse(open_envelope(keys.unseal, unb64(row["sealed"]), store, row["id"]))
        item = read({**event, "dseq": row["dseq"]})
    except (CannotOpen, BadInput, ValueError, KeyError, TypeError):
        return _closed(store, worker, row)
    if item.id != row["id"]:
        item.fault = item.fault or "bad_shape"
    return item


def _closed(store: str, worker: str, row: Any) -> Item:
    """A row that nothing opens: kept whole, counted by its clear id and number, shown at its worker's station."""
    item = read(row)
    item.store, item.actor, item.fault = store, worker, "cannot_open"
    return item


def _hold_back(session: Session, held: Held, items: Sequence[Item]) -> None:
    """Nothing from a phone in other hands, or under a name that is no longer at work, is taken without a person's word."""
    disabled = session.scalar(select(Worker.disabled_at).where(Worker.id == held.worker))
    reason = "phone_not_active" if held.state != "active" else "worker_disabled" if disabled is not None else None
    for item in items:
        item.fault = item.fault or reason
