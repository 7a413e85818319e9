"""Orders to a phone that is lost or retired: deliver what you hold, then wipe yourself.

An order is signed with the key that the phone pinned when it was registered, over a nonce that the phone itself chose
for this very request: no captive portal can make one up, and none can be kept and told again.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from sqlalchemy.orm import Session

from server import accounts, audit
from server.ids import b64
from server.keys import Keys
from server.models import Phone, Worker

WIPES = frozenset({"lost", "retired"})


@dataclass(frozen=True)
class Order:
    """`signature`: ECDSA P-256 with SHA-256 over `order_text`, r ‖ s in base64url."""

    order: str
    nonce: str
    signature: str


def order_text(phone: str, nonce: str) -> bytes:
    """What is signed."""
    return f"suifang wipe 1\n{phone}\n{nonce}".encode()


def order_for(session: Session, keys: Keys, phone: str, nonce: str) -> Order | None:
    """The order that this phone is due, if any."""
    row = session.get(Phone, phone)
    if row is None or row.state not in WIPES:
        return None
    r, s = decode_dss_signature(keys.sign.sign(order_text(phone, nonce), ec.ECDSA(hashes.SHA256())))
    return Order("wipe", nonce, b64(r.to_bytes(32) + s.to_bytes(32)))


def note_wiped(session: Session, phone: str, now: int) -> None:
    """A phone says that it has wiped itself. Only one that was ordered to is believed; free to repeat."""
    row = session.get_one(Phone, phone)
    if row.state not in WIPES or row.wiped_at is not None:
        return
    row.wiped_at = now
    owner = session.get_one(Worker, row.worker_id)
    audit.note(session, "phone.wiped", phone, {}, now=now, phone=phone, place=accounts.home_of(owner))
