"""Tries at a secret, counted in the database (there may be several server processes), per account and per address.

A try is written down before the secret is looked at, so that a hundred requests at once are still a hundred tries;
a right one is taken back. Names and addresses are kept as keyed hashes only, and for a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.errors import SlowDown
from server.keys import Keys
from server.models import Attempt

WINDOW_MS = 15 * 60_000
DAY_MS = 86_400_000
PER_ACCOUNT = 5
PER_ADDRESS = 200

Limits = Mapping[bytes, int]


def limits(keys: Keys, what: str, account: str, address: str) -> dict[bytes, int]:
    """How often `account` may try `what`, and how often an address (an IPv6 /64 counts as one; a county may be one)."""
    return {
        keys.blind(f"{what}.account", account): PER_ACCOUNT,
        keys.blind(f"{what}.address", _network(address)): PER_ADDRESS,
    }


def by_address(keys: Keys, what: str, address: str, most: int) -> dict[bytes, int]:
    """How often an address may do `what` where nobody has an account; for `count_try`."""
    return {keys.blind(f"{what}.address", _network(address)): most}


def count_try(session: Session, allowed: Limits, now: int) -> None:
    """Write one try down for each subject; raises SlowDown (and writes nothing) while any has had its number."""
    _lock(session, allowed)
    session.execute(delete(Attempt).where(Attempt.at < now - DAY_MS))
    waits = [_wait(session, subject, limit, now) for subject, limit in allowed.items()]
    if max(waits) > 0:
        raise SlowDown(retry_after=max(waits))
    session.add_all(Attempt(subject=subject, at=now) for subject in allowed)


def forget_tries(session: Session, allowed: Limits, now: int) -> None:
    """The secret was right: clear the account's tries, and this one of the address."""
    for subject, limit in allowed.items():
        this_one = [] if limit == PER_ACCOUNT else [Attempt.at == now]
        session.execute(delete(Attempt).where(Attempt.subject == subject, *this_one))


def _wait(session: Session, subject: bytes, limit: int, now: int) -> int:
    """Seconds until the subject may try again; 0 when it may now."""
    tries = select(Attempt.at).where(Attempt.subject == subject, Attempt.at > now - WINDOW_MS)
    oldest_that_counts = session.scalar(tries.order_by(Attempt.at.desc()).offset(limit - 1).limit(1))
    return 0 if oldest_that_counts is None else max(1, -(-(oldest_that_counts + WINDOW_MS - now) // 1000))


def _lock(session: Session, allowed: Limits) -> None:
    """PostgreSQL: one at a time per subject, in sorted order; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        for subject in sorted(allowed):
            number = int.from_bytes(subject[:8], "big", signed=True)
            session.execute(select(func.pg_advisory_xact_lock(number)))


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return known.exploded[:19] if known.version == 6 else str(known)
