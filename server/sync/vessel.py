"""An encrypted file: AES-256-GCM in pieces of 1 MiB, the key from a passphrase or key file by scrypt.

Bytes: "SUIFANG1" · 16 salt · 8 nonce prefix · pieces. A piece's nonce is prefix ‖ its number (4 bytes); its additional
data says whether it is the last, so that a file that was cut does not open.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from server.errors import BadInput

MAGIC = b"SUIFANG1"
PIECE = 1 << 20
TAG = 16


class WrongSecret(BadInput):
    """The passphrase or key file does not open this backup, or the backup was changed or cut."""

    code, message = "wrong_secret", "口令不对或备份已损坏 The secret is wrong or the backup is damaged"


def write(to: Path, secret: bytes, plain: Path) -> None:
    """Encrypt a file; `to` appears in one step, readable by its owner only."""
    salt, prefix = secrets.token_bytes(16), secrets.token_bytes(8)
    cipher, fresh = _cipher(secret, salt), to.with_name(to.name + ".new")
    with plain.open("rb") as source, fresh.open("wb") as target:
        fresh.chmod(0o600)
        target.write(MAGIC + salt + prefix)
        number, piece = 0, source.read(PIECE)
        while True:
            following = source.read(PIECE)
            target.write(cipher.encrypt(prefix + number.to_bytes(4), piece, _last(not following)))
            if not following:
                break
            number, piece = number + 1, following
    fresh.replace(to)


def read(path: Path, secret: bytes, to: Path) -> None:
    """Decrypt into a file; raises WrongSecret."""
    with path.open("rb") as source, to.open("wb") as target:
        head = source.read(len(MAGIC) + 24)
        if head[: len(MAGIC)] != MAGIC or len(head) != len(MAGIC) + 24:
            raise WrongSecret
        cipher, prefix = _cipher(secret, head[8:24]), head[24:]
        number, piece = 0, source.read(PIECE + TAG)
        while True:
            following = source.read(PIECE + TAG)
            try:
                target.write(cipher.decrypt(prefix + number.to_bytes(4), piece, _last(not following)))
            except InvalidTag:
                raise WrongSecret from None
            if not following:
                return
            number, piece = number + 1, following


def _cipher(secret: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(secret))


def _last(is_last: bool) -> bytes:
    return b"\1" if is_last else b"\0"
