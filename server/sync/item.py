"""One event as it came, read without looking at the database: its shape, its digest, what will be stored. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from server.ids import UUID_TEXT
from server.rules.digest import NotCanonical, b64url, canonical, from_b64url

LARGEST = 64 * 1024
UP = ("record", "amend", "void", "patch")
SAFE = (1 << 53) - 1
_SCHEMA = re.compile(r"([a-z][a-z0-9_]{0,39})/([1-9][0-9]{0,3})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AREA = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")


@dataclass(slots=True)
class Item:
    """An event on its way in. `fault`: why it must be parked. `blob`: the stored body, 16 bytes of salt ‖ JSON."""

    raw: Any
    content: bytes
    id: str = ""
    kind: str = ""
    schema: str = ""
    form: str = ""
    version: int = 0
    store: str | None = None
    dseq: int | None = None
    t: int = 0
    clk: str | None = None
    actor: str = ""
    role: str = ""
    area: str = ""
    person: str | None = None
    household: str | None = None
    body: dict[str, Any] = field(default_factory=dict)
    blob: bytes = b""
    digest: bytes = b""
    flags: list[str] = field(default_factory=list)
    fault: str | None = None
    source: str = "phone"
    rev: str | None = None

    @property
    def of(self) -> str | None:
        """The record that an amend or a void speaks of."""
        return self.body["of"] if self.kind in ("amend", "void") else None

    @property
    def parked_id(self) -> str:
        """What a parked event goes by: its id, or a hash when it has none."""
        return self.id or f"?{b64url(self.content)}"


def read(raw: Any) -> Item:
    """The item behind one element of a push; whatever is wrong with it becomes its `fault`."""
    packed, clean = _pack(raw)
    item = Item(raw=raw if clean else packed.decode(), content=hashlib.sha256(packed).digest()[:16])
    if isinstance(raw, dict):
        item.fault = _fill(item, raw) or _seal_off(item, raw, len(packed))
    else:
        item.fault = "bad_shape"
    return item


def _pack(raw: Any) -> tuple[bytes, bool]:
    """The bytes an event is known by while it is parked, and whether it is well-formed Unicode."""
    try:
        return orjson.dumps(raw, option=orjson.OPT_SORT_KEYS), True
    except TypeError:
        return json.dumps(raw, sort_keys=True).encode(), False


def _uuid(value: Any) -> bool:
    return isinstance(value, str) and UUID_TEXT.fullmatch(value) is not None


def _maybe_uuid(value: Any) -> bool:
    return value is None or _uuid(value)


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= SAFE


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 36 and value.isascii() and value.isprintable()


_ENVELOPE: dict[str, Callable[[Any], bool]] = {
    "id": _uuid,
    "kind": lambda v: v in UP,
    "schema": lambda v: isinstance(v, str) and _SCHEMA.fullmatch(v) is not None,
    "store": _uuid,
    "dseq": lambda v: _whole(v) and v > 0,
    "t": _whole,
    "clk": _text,
    "actor": _uuid,
    "role": lambda v: _text(v) and len(v) <= 16,
    "area": lambda v: isinstance(v, str) and _AREA.fullmatch(v) is not None,
    "person": _maybe_uuid,
    "household": _maybe_uuid,
    "body": lambda v: isinstance(v, dict),
    "digest": lambda v: isinstance(v, str) and len(v) == 22,
}
_TAKEN = tuple(name for name in _ENVELOPE if name not in ("body", "digest"))


def _fill(item: Item, raw: dict[str, Any]) -> str | None:
    """Copy what is well shaped (a parked event still says who and where); answer the first fault."""
    wrong = [name for name, good in _ENVELOPE.items() if not good(raw.get(name))]
    for name in _TAKEN:
        if name not in wrong and name in raw:
            setattr(item, name, raw[name])
    if wrong or not raw.keys() <= _ENVELOPE.keys():
        return "bad_shape"
    found = _SCHEMA.fullmatch(item.schema)
    assert found is not None
    item.form, item.version = found[1], int(found[2])
    item.body = {key: value for key, value in raw["body"].items() if key != "salt"}
    return None if _BODIES[item.kind](item.body) else "bad_shape"


def _record_body(body: dict[str, Any]) -> bool:
    day = body.get("occurred_on")
    shaped = isinstance(day, str) and _DAY.fullmatch(day) is not None
    return shaped and isinstance(body.get("answers"), dict) and body.keys() == {"occurred_on", "answers"}


def _amend_body(body: dict[str, Any]) -> bool:
    return isinstance(body.get("answers"), dict) and _points(body, {"of", "answers", "reason"})


def _points(body: dict[str, Any], keys: set[str]) -> bool:
    return _uuid(body.get("of")) and isinstance(body.get("reason", ""), str) and body.keys() <= keys


def _patch_body(body: dict[str, Any]) -> bool:
    changes, base = body.get("set"), body.get("base")
    if not isinstance(changes, dict) or not isinstance(base, dict) or body.keys() != {"set", "base"}:
        return False
    return all(v is None or isinstance(v, str) for v in base.values())


_BODIES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "record": _record_body,
    "amend": _amend_body,
    "void": lambda body: _points(body, {"of", "reason"}),
    "patch": _patch_body,
}


def _seal_off(item: Item, raw: dict[str, Any], size: int) -> str | None:
    """Check the digest over what came; a fault, or None when the item may go on."""
    if size > LARGEST:
        return "too_large"
    salt = from_b64url(raw["body"].get("salt"))
    if salt is None or len(salt) != 16:
        return "bad_shape"
    core = {key: value for key, value in raw.items() if key not in ("digest", "dseq")}
    try:
        stamp(item, {**core, "body": item.body}, salt)
    except NotCanonical:
        return "bad_shape"
    return None if b64url(item.digest) == raw["digest"] else "digest_mismatch"


def stamp(item: Item, core: dict[str, Any], salt: bytes) -> None:
    """Give an item its digest and its stored body; raises NotCanonical."""
    item.digest = hashlib.sha256(salt + canonical(core)).digest()[:16]
    item.blob = salt + orjson.dumps(item.body, option=orjson.OPT_SORT_KEYS)
