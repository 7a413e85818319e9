"""What a phone seals to the deployment's public key, and what it signs; the twin of pwa/src/sync/seal.ts.

An envelope is bytes: algorithm id 1 ‖ what that algorithm needs. Id 1: ephemeral P-256 point, uncompressed, 65 ‖
nonce 12 ‖ AES-256-GCM(event JSON). The key is HKDF-SHA-256 (no salt) of the ECDH secret, bound to both points; the
additional data name store and event, so that no envelope passes for another's. Other ids are free (SM2/SM3/SM4).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.ids import unb64
from server.keys import CannotOpen

P256 = 1
POINT, NONCE = 65, 12
CURVE = ec.SECP256R1()


def open_envelope(key: ec.EllipticCurvePrivateKey, envelope: bytes, store: str, event: str) -> bytes:
    """The bytes that were sealed for this event of this store; raises CannotOpen."""
    opener = OPENERS.get(envelope[0]) if envelope else None
    if opener is None:
        raise CannotOpen("unknown algorithm")
    return opener(key, envelope[1:], f"suifang outbox 1\n{store}\n{event}".encode())


def seal_envelope(jwk: Mapping[str, str], data: bytes, store: str, event: str) -> bytes:
    """Seal to a public key, as a phone does; only `open_envelope` with its private half and the same names reads it."""
    once, to = ec.generate_private_key(CURVE), _public(jwk)
    point, nonce = _point_of(once), os.urandom(NONCE)
    key = _derive(once.exchange(ec.ECDH(), to), point + to.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    bound = f"suifang outbox 1\n{store}\n{event}".encode()
    return bytes([P256]) + point + nonce + AESGCM(key).encrypt(nonce, data, bound)


def _open_p256(key: ec.EllipticCurvePrivateKey, sealed: bytes, bound: bytes) -> bytes:
    point, nonce, data = sealed[:POINT], sealed[POINT : POINT + NONCE], sealed[POINT + NONCE :]
    try:
        secret = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        return AESGCM(_derive(secret, point + _point_of(key))).decrypt(nonce, data, bound)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("changed, moved, or sealed to another key") from error


OPENERS: dict[int, Callable[[ec.EllipticCurvePrivateKey, bytes, bytes], bytes]] = {P256: _open_p256}


def _derive(secret: bytes, points: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"suifang seal 1\n" + points).derive(secret)


def _point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def signed_by(jwk: Mapping[str, str], signature: str, phone: str, store: str, body: bytes) -> bool:
    """Whether the phone with this public key signed this body for this store, as `signed_text` says."""
    return signed_text(jwk, signature, signing_text(phone, store, body))


def signed_text(jwk: Mapping[str, str], signature: str, text: bytes) -> bool:
    """Whether the phone with this public key signed this text: ECDSA P-256 with SHA-256, r ‖ s in base64url."""
    try:
        pair = unb64(signature)
        if len(pair) != 64:
            return False
        der = encode_dss_signature(int.from_bytes(pair[:32]), int.from_bytes(pair[32:]))
        _public(jwk).verify(der, text, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True


def signing_text(phone: str, store: str, body: bytes) -> bytes:
    """What is signed: a word for the purpose, who, and SHA-256 of the body as it was sent."""
    return f"suifang deliver 1\n{phone}\n{store}\n".encode() + hashlib.sha256(body).digest()


def _public(jwk: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(unb64(jwk[name])) for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, CURVE).public_key()
