"""The fingerprint of an event: canonical JSON (a subset of RFC 8785) and a salted digest.

Both ends compute it, so the subset is strict: whole numbers within ±(2^53-1), well-formed texts, bools, null, lists and
objects with ASCII keys, at most 32 deep. Floats, lone surrogates and everything else are refused.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping

from server.rules.conditions import SAFE

MAX_DEPTH = 32
_SCALARS = frozenset({str, bool, type(None)})
_OUTSIDE = frozenset({"digest", "dseq"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False).encode


class NotCanonical(ValueError):
    """The value cannot be written the same on both ends; `code` says why: float, range, text, key, depth, kind or salt."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def canonical(value: object) -> bytes:
    """The one way to write a value as JSON, in UTF-8. Raises `NotCanonical`."""
    _refuse_foreign(value, MAX_DEPTH)
    try:
        return _encode(value).encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("text") from None


def _refuse_foreign(value: object, depth: int) -> None:
    """Each scalar is looked at where it stands: a call for each would double the time a push takes."""
    kind = type(value)
    if kind in _SCALARS:
        return
    if kind is int:
        _refuse_far(value)
    elif kind is not dict and kind is not list:
        raise NotCanonical("float" if kind is float else "kind")
    elif depth == 0:
        raise NotCanonical("depth")
    else:
        _refuse_inside(value, depth - 1)


def _refuse_inside(value: object, depth: int) -> None:
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str or not key.isascii():
                raise NotCanonical("key")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if type(inner) not in _SCALARS:
            _refuse_foreign(inner, depth)


def _refuse_far(value: object) -> None:
    if isinstance(value, int) and not -SAFE <= value <= SAFE:
        raise NotCanonical("range")


def digest(salt: bytes, event: Mapping[str, object]) -> bytes:
    """16 bytes over the salt and the event without `digest`, `dseq` and the body's `salt`. Raises `NotCanonical`."""
    core = {key: value for key, value in event.items() if key not in _OUTSIDE}
    body = core.get("body")
    if isinstance(body, dict):
        core["body"] = {key: value for key, value in body.items() if key != "salt"}
    return hashlib.sha256(salt + canonical(core)).digest()[:16]


def event_digest(event: Mapping[str, object]) -> str:
    """The digest as it stands in the event: base64url of `digest`, the salt taken from its body. Raises `NotCanonical`."""
    body = event.get("body")
    salt = from_b64url(body.get("salt")) if isinstance(body, dict) else None
    if salt is None or len(salt) != 16:
        raise NotCanonical("salt")
    return b64url(digest(salt, event))


def b64url(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_b64url(value: object) -> bytes | None:
    """The bytes of unpadded base64url; None if it is not exactly what `b64url` writes."""
    if not isinstance(value, str) or not value.isascii():
        return None
    try:
        data = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return data if b64url(data) == value else None
