"""The audit log: reads of a person at the desk, exports, administration, one row a push. One hash chain a township.

Rows are written unnumbered in the transaction of what they tell of; `seal` numbers them afterwards, one sealer a chain
at a time, so that no commit queues behind another for its number. h_n = SHA-256(h_{n-1} ‖ canonical row), h_0 = 32
zero bytes. The detail is sealed and may be erased; its salted digest stays in the chain. Times are ms since 1970.

A chain alone shows neither a cut end nor a log written anew, so its head is told to others: `head` goes into every
sync answer (phones are the witnesses) and `anchor` writes it to a file beside the database. `verify` compares.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import LargeBinary, bindparam, func, insert, select, type_coerce, update
from sqlalchemy.orm import Session

from server.extensions import line_of, refuse_stray_writes, rows_of
from server.ids import b64, new_id
from server.keys import CannotOpen
from server.models import Audit, AuditChain
from server.models.sealed import app_keys

BATCH = 1000
START = bytes(32)
ALTERED, LOG_LONGER, CHAIN_LONGER, ANCHOR = (
    "altered", "log_longer_than_chain", "chain_longer_than_log", "anchor_mismatch",
)  # fmt: skip


@dataclass(frozen=True)
class Anchor:
    """What a witness wrote down: chain `chain` had hash `h` (32 bytes, or its first 8) at number `n`."""

    chain: str
    n: int
    h: bytes


@dataclass(frozen=True)
class Fault:
    """What is wrong with a chain, and from which number on."""

    chain: str
    kind: str
    n: int


def note(
    session: Session,
    action: str,
    subject: str | None,
    detail: dict[str, Any],
    *,
    now: int,
    place: str,
    actor: str | None = None,
    phone: str | None = None,
) -> None:
    """Write one row, in the caller's transaction. `subject` is an id, never a name; `place` any area code.

    `actor` None means the command line. A village's rows go into its township's chain.
    """
    salted = {**detail, "salt": b64(secrets.token_bytes(16))}
    row = {
        "id": new_id(), "chain": place[:9], "at": now, "actor": actor, "phone": phone, "action": action,
        "subject": subject, "digest": _digest(orjson.dumps(salted)), "detail": salted,
    }  # fmt: skip
    refuse_stray_writes()
    line_of(session).execute(_WRITE, row)  # every push has one: as an object of the ORM it costs four times as much


_WRITE = insert(Audit)
_HEAD = select(AuditChain.n, AuditChain.h).where(AuditChain.chain == bindparam("chain"))


def head(session: Session, place: str) -> tuple[int, bytes]:
    """Number and hash (32 bytes) of the newest sealed row of a place's chain; (0, zeros) when there is none."""
    found = rows_of(session, _HEAD, chain=place[:9])  # asks for no flush: every push waits for it
    return (found[0][0], bytes(found[0][1])) if found else (0, START)


def waiting(session: Session) -> list[str]:
    """Chains that have rows without a number."""
    return list(session.scalars(select(Audit.chain).where(Audit.n.is_(None)).distinct().order_by(Audit.chain)))


def seal(session: Session, chain: str) -> int:
    """Number up to BATCH waiting rows of one chain under its row lock; answers how many it numbered."""
    top = session.get(AuditChain, chain, with_for_update=True, populate_existing=True)
    if top is None:
        top = AuditChain(chain=chain, n=0, h=START)
        session.add(top)
        session.flush()
    rows = session.scalars(_waiting_rows(chain)).all()
    n, h, numbered = top.n, top.h, []
    for row in rows:
        n, h = n + 1, link(h, n + 1, row)
        numbered.append({"id": row.id, "n": n, "h": h})
    if numbered:
        session.execute(update(Audit), numbered)
        top.n, top.h = n, h
    return len(numbered)


def _waiting_rows(chain: str) -> Any:
    return select(Audit).where(Audit.chain == chain, Audit.n.is_(None)).order_by(Audit.at, Audit.id).limit(BATCH)


def link(before: bytes, n: int, row: Any) -> bytes:
    """The hash of row number n behind the hash before it. The detail is in it by its digest only."""
    told = [row.id, row.chain, n, row.at, row.actor, row.phone, row.action, row.subject, row.digest.hex()]
    return hashlib.sha256(before + orjson.dumps(told)).digest()


def verify(session: Session, anchors: Iterable[Anchor] = ()) -> list[Fault]:
    """Recompute every chain from its rows and compare with its stored hashes, its head and what witnesses kept.

    At most one `altered` a chain: everything behind the first altered row is unknowable.
    """
    chains = set(session.scalars(select(Audit.chain).where(Audit.n.is_not(None)).distinct()))
    heads = {top.chain: top for top in session.scalars(select(AuditChain))}
    kept = list(anchors)
    faults: list[Fault] = []
    for chain in sorted(chains | set(heads) | {anchor.chain for anchor in kept}):
        top = heads.get(chain)
        faults += _check(session, chain, (top.n, top.h) if top else (0, START), [a for a in kept if a.chain == chain])
    return faults


def _check(session: Session, chain: str, top: tuple[int, bytes], anchors: list[Anchor]) -> Iterator[Fault]:
    wanted = {anchor.n: anchor.h for anchor in anchors}
    n, h = 0, START
    for row in session.execute(_numbered_rows(chain)):
        n, h = n + 1, link(h, n + 1, row)
        if row.n != n or row.h != h or not _detail_fits(row):
            yield Fault(chain, ALTERED, n)
            return
        if n in wanted and not h.startswith(wanted.pop(n)):
            yield Fault(chain, ANCHOR, n)
    if n > top[0]:
        yield Fault(chain, LOG_LONGER, top[0] + 1)
    if n < top[0]:
        yield Fault(chain, CHAIN_LONGER, n + 1)
    if n == top[0] and h != top[1]:
        yield Fault(chain, ALTERED, n)
    for late in sorted(number for number in wanted if number > n):
        yield Fault(chain, ANCHOR, late)


def _numbered_rows(chain: str) -> Any:
    columns = (
        Audit.id, Audit.chain, Audit.n, Audit.h, Audit.at, Audit.actor, Audit.phone, Audit.action, Audit.subject,
        Audit.digest, type_coerce(Audit.detail, LargeBinary).label("sealed"),
    )  # fmt: skip
    rows = select(*columns).where(Audit.chain == chain, Audit.n.is_not(None)).order_by(Audit.n, Audit.id)
    return rows.execution_options(yield_per=BATCH)


def _detail_fits(row: Any) -> bool:
    """Whether the sealed detail is the one whose digest is in the chain; an erased one fits."""
    try:
        return row.sealed is None or _digest(app_keys().open(b"audit.detail", row.sealed)) == row.digest
    except CannotOpen:
        return False


def count(session: Session) -> int:
    """Rows in the log, numbered or not."""
    return session.scalar(select(func.count()).select_from(Audit)) or 0


def _digest(detail: bytes) -> bytes:
    """SHA-256 of the detail's JSON as it is stored, first 16 bytes; the salt inside keeps it from being guessed."""
    return hashlib.sha256(detail).digest()[:16]
