"""The audit log: reads of a person at the desk, exports, administration, one row a push. One hash chain a township.

Rows are written unnumbered in the transaction of what they tell of; `seal` numbers them afterwards, one sealer a chain
at a time, so that no commit queues behind another for its number. h_n = SHA-256(h_{n-1} ‖ canonical row), h_0 = 32
zero bytes. The detail is sealed and may be erased; its salted digest stays in the chain. Times are ms since 1970.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import orjson
from sqlalchemy.orm import Session

from server.ids import b64, new_id
from server.models import Audit


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
) -> Audit:
    """Write one row, in the caller's transaction. `subject` is an id, never a name; `place` any area code.

    `actor` None means the command line. A village's rows go into its township's chain.
    """
    salted = {**detail, "salt": b64(secrets.token_bytes(16))}
    row = Audit(
        id=new_id(), chain=place[:9], at=now, actor=actor, phone=phone, action=action, subject=subject,
        digest=detail_digest(salted), detail=salted,
    )  # fmt: skip
    session.add(row)
    return row


def detail_digest(detail: dict[str, Any]) -> bytes:
    """SHA-256 of the detail's canonical JSON, first 16 bytes; the salt inside keeps it from being guessed."""
    return hashlib.sha256(orjson.dumps(detail, option=orjson.OPT_SORT_KEYS)).digest()[:16]
