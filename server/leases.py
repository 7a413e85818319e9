"""The server's share of a store's key, and how long a phone may keep it without asking.

KEK = HKDF(PBKDF2(PIN) ‖ share): a copied phone is worth nothing to who has only the PIN once the share has left it. The
share of a store is made when the store is first opened, lies sealed here, and goes to its own signed-in worker on its
own active phone alone. The phone keeps it for `days` and asks again at each sync; a lost phone is told nothing more.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.ids import b64
from server.models import Phone, Share, Store
from server.sync.stores import PhoneRevoked, WrongStore

SHORTEST_DAYS, LONGEST_DAYS = 14, 60
DAY_MS = 86_400_000


@dataclass(frozen=True)
class Lease:
    """What a phone is told: `days` from the server's `now` (ms). `share` in base64url; None when it was only renewed."""

    days: int
    now: int
    share: str | None = None


def days() -> int:
    """How many days a phone of this deployment opens without a network."""
    asked = int(current_app.extensions["suifang_settings"].lease_days)
    return max(SHORTEST_DAYS, min(LONGEST_DAYS, asked))


def grant(session: Session, store: Store, now: int) -> Lease:
    """The share of a store, made when there is none, with a new lease. The caller has checked who asks."""
    share = session.get(Share, (store.county, store.id))
    if share is None:
        share = Share(county=store.county, store_id=store.id, secret=secrets.token_bytes(32), leased_at=now)
        session.add(share)
    share.leased_at = now
    return Lease(days(), now, b64(share.secret))


def renew(session: Session, worker: str, phone: str, store: str, now: int) -> Lease:
    """A longer lease for her own store on its own active phone. Raises WrongStore, PhoneRevoked."""
    asked = select(Store, Phone.state).join(Phone, Phone.id == Store.phone_id)
    found = session.execute(asked.where(Store.id == store, Store.phone_id == phone)).one_or_none()
    if found is None or found[0].worker_id != worker:
        raise WrongStore
    if found[1] != "active":
        raise PhoneRevoked
    share = session.get(Share, (found[0].county, store))
    if share is not None:
        share.leased_at = now
    return Lease(days(), now)
