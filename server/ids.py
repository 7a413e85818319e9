"""Identifiers: UUIDv7 (RFC 9562) as lower-case text, and base64url without padding for bytes."""

from __future__ import annotations

import re
import secrets
from binascii import a2b_base64, b2a_base64

from server.clock import now_ms

UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
B64_TEXT = re.compile(r"[A-Za-z0-9_-]*")
_OUT, _IN = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


def new_id() -> str:
    """A fresh UUIDv7; the time part is for locality only and is never trusted."""
    value = (now_ms() & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    text = f"{value | 0b10 << 62 | secrets.randbits(62):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def b64(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return b2a_base64(data, newline=False).translate(_OUT, b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes behind base64url text without padding; raises ValueError on anything else."""
    if not B64_TEXT.fullmatch(text):
        raise ValueError("not base64url")
    return a2b_base64(text.encode().translate(_IN) + b"=" * (-len(text) % 4))
