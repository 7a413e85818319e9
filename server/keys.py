"""The deployment's keys: made at first start, kept in `keys.json` in the data folder (0600), part of the encrypted backup.

`seal`/`open` protect columns at rest (AES-256-GCM, key id in the value, purpose as additional data), so that a stolen
dump is not a list of women. `sign` is the key that phones pin (wipe orders, card key lists), `unseal` opens outbox rows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from server.ids import b64, unb64

VERSION = b"\x01"
NONCE = 12
Jwk = dict[str, str]


class CannotOpen(ValueError):
    """A sealed value that no known key opens, or that was moved or changed."""


@dataclass(frozen=True)
class Keys:
    """All secrets of a deployment. `columns` maps a four-byte key id to a 32-byte key; the last one seals."""

    columns: dict[bytes, bytes]
    cursor: bytes
    index: bytes
    sign_pem: bytes
    unseal_pem: bytes

    @cached_property
    def _ciphers(self) -> dict[bytes, AESGCM]:
        return {kid: AESGCM(key) for kid, key in self.columns.items()}

    @cached_property
    def _newest(self) -> bytes:
        return list(self.columns)[-1]

    def seal(self, purpose: bytes, data: bytes) -> bytes:
        """version 1 byte ‖ key id 4 ‖ nonce 12 ‖ AES-GCM(data); `purpose` is bound, not stored."""
        return next(self.seal_all(purpose, [data]))

    def seal_all(self, purpose: bytes, many: Sequence[bytes]) -> Iterator[bytes]:
        """Each of these sealed, with all their nonces drawn at once."""
        encrypt, head, nonces = (
            self._ciphers[self._newest].encrypt,
            VERSION + self._newest,
            os.urandom(NONCE * len(many)),
        )
        for at, data in enumerate(many):
            nonce = nonces[NONCE * at : NONCE * (at + 1)]
            yield head + nonce + encrypt(nonce, data, purpose)

    def open(self, purpose: bytes, sealed: bytes) -> bytes:
        """The data behind `seal`; raises CannotOpen."""
        cipher = self._ciphers.get(sealed[1:5])
        if sealed[:1] != VERSION or cipher is None:
            raise CannotOpen("unknown key or version")
        try:
            return cipher.decrypt(sealed[5:17], sealed[17:], purpose)
        except InvalidTag as error:
            raise CannotOpen("changed or moved") from error

    def blind(self, purpose: str, value: str) -> bytes:
        """A keyed 16-byte index of a value, for equality look-ups on sealed columns."""
        return hmac.digest(self.index, f"{purpose}\0{value}".encode(), "sha256")[:16]

    @cached_property
    def sign(self) -> ec.EllipticCurvePrivateKey:
        return _private(self.sign_pem)

    @cached_property
    def unseal(self) -> ec.EllipticCurvePrivateKey:
        return _private(self.unseal_pem)


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CannotOpen("keys.json holds a key that is not P-256")
    return key


def public_jwk(key: ec.EllipticCurvePrivateKey) -> Jwk:
    """The public half as a JWK (RFC 7517)."""
    numbers = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": b64(numbers.x.to_bytes(32)), "y": b64(numbers.y.to_bytes(32))}


def load_keys(folder: Path) -> Keys:
    """The keys in `folder`; makes them when there are none."""
    path = folder / "keys.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_new(path, make_keys())
    raw = json.loads(path.read_text())
    return Keys(
        columns={unb64(kid): unb64(key) for kid, key in raw["columns"]},
        cursor=unb64(raw["cursor"]),
        index=unb64(raw["index"]),
        sign_pem=raw["sign"].encode(),
        unseal_pem=raw["unseal"].encode(),
    )


def make_keys() -> dict[str, object]:
    """Fresh secrets in the shape of keys.json."""
    column = secrets.token_bytes(32)
    return {
        "columns": [[b64(hashlib.sha256(column).digest()[:4]), b64(column)]],
        "cursor": b64(secrets.token_bytes(32)),
        "index": b64(secrets.token_bytes(32)),
        "sign": _new_pem(),
        "unseal": _new_pem(),
    }


def _new_pem() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _write_new(path: Path, content: dict[str, object]) -> None:
    draft = path.with_name(f".keys-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process of the same start was first; its keys are the keys
    finally:
        draft.unlink()
