"""Card keys: P-256, one active at a time, the private half sealed at rest. A key signs until `rotate` begins the next and
verifies as long as the longest card it signed; `revoke` says from which day on its cards are not believed.
"""

from __future__ import annotations

import hashlib

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cwt import COSE, COSEKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.cards import listing, payload, terms
from server.clock import day_of
from server.errors import AppError, NotFound
from server.ids import unb64
from server.keys import Jwk, public_jwk
from server.models import CardKey

COSE_TAG = b"\xd2"  # RFC 9052's tag 18: a card leaves it out


class NoCardKey(AppError):
    """Nothing can be signed."""

    code, status = "no_card_key", 409
    message = "还没有卡密钥，先运行 suifang card-key create There is no card key yet: suifang card-key create"


class HasCardKey(AppError):
    """There is an active key; `rotate` begins the next one."""

    code, status = "card_key_exists", 409
    message = "已有卡密钥，换新的用 rotate There is an active card key; rotate begins the next one"


def create(session: Session, now: int) -> CardKey:
    """The first key. Raises HasCardKey."""
    if active(session) is not None:
        raise HasCardKey
    made = _add(session, now)
    listing.publish(session, now)
    return made


def rotate(session: Session, now: int) -> CardKey:
    """Retire the active key, whose cards stay good, and begin the next. Raises NoCardKey."""
    old = active(session)
    if old is None:
        raise NoCardKey
    old.state = "retired"
    made = _add(session, now)
    listing.publish(session, now)
    return made


def revoke(session: Session, kid: str, now: int, *, distrust_from: int | None = None) -> CardKey:
    """Believe no card of this key issued on or after a day (default: none at all). Free to repeat. Raises NotFound."""
    key = session.get(CardKey, kid)
    if key is None:
        raise NotFound("没有这把密钥 There is no such key", code="unknown_card_key")
    since = key.not_before if distrust_from is None else max(distrust_from, key.not_before)
    earlier = since if key.distrust_from is None else min(key.distrust_from, since)
    if (key.state, key.distrust_from) != ("revoked", earlier):
        key.state, key.distrust_from = "revoked", earlier
        listing.publish(session, now)
    return key


def every(session: Session) -> list[CardKey]:
    """All keys, the oldest first."""
    return list(session.scalars(select(CardKey).order_by(CardKey.created_at, CardKey.kid)))


def active(session: Session) -> CardKey | None:
    """The key that signs today."""
    return session.scalar(select(CardKey).where(CardKey.state == "active"))


def _add(session: Session, now: int) -> CardKey:
    private = ec.generate_private_key(ec.SECP256R1())
    jwk, today = public_jwk(private), (day_of(now) - payload.EPOCH).days
    made = CardKey(
        kid=thumbprint(jwk)[: payload.KID_BYTES].hex(), public=jwk,
        private=private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), state="active",
        not_before=today, not_after=today + terms.days("key_days") + terms.days("card_days"), created_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def thumbprint(jwk: Jwk) -> bytes:
    """RFC 9679 thumbprint of a public key: SHA-256 of its COSE key in deterministic CBOR. 32 bytes."""
    key = {1: 2, -1: 1, -2: unb64(jwk["x"]), -3: unb64(jwk["y"])}
    return hashlib.sha256(cbor2.dumps(key, canonical=True)).digest()


class Signer:
    """Signs many cards with one opened key."""

    def __init__(self, key: CardKey) -> None:
        self.kid = bytes.fromhex(key.kid)
        self._key = COSEKey.from_pem(key.private, kid=self.kid, alg="ES256")
        self._cose = COSE.new()

    def sign(self, card: payload.Card) -> bytes:
        """The card's COSE_Sign1, without its tag."""
        header = {payload.ALG: payload.ES256, payload.KID: self.kid}
        tagged: bytes = self._cose.encode_and_sign(payload.payload(card), self._key, protected=header)
        return tagged.removeprefix(COSE_TAG)
