"""One event as it came, read without looking at the database: its shape, its digest, what will be stored. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias

import orjson

from server.ids import UUID_TEXT, b64, unb64
from server.rules.digest import NotCanonical
from server.sync import bodies
from server.sync.bodies import is_uuid
from server.sync.canon import fast_canonical

Named: TypeAlias = tuple[str, int, int | None]
LARGEST = 64 * 1024
UP = frozenset({"record", "amend", "void", "patch"})
SAFE = (1 << 53) - 1
SALT_TEXT = 22  # 16 bytes in base64url
_SCHEMA = re.compile(r"([a-z][a-z0-9_]{0,39})/([1-9][0-9]{0,3})(?:/([1-9][0-9]{0,6}))?")
_SALT_ENDS = frozenset("AQgw")  # of 16 bytes the last letter has no bits left over
_AREA = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")


@dataclass(slots=True)
class Item:
    """An event on its way in. `fault`: why it must be parked. `blob`: the stored body, 16 bytes of salt ‖ JSON. `days`: the
    county's decision on days that its writer had."""

    raw: Any
    id: str = ""
    kind: str = ""
    schema: str = ""
    form: str = ""
    version: int = 0
    days: int | None = None
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
    whole: bytes = b""

    @property
    def of(self) -> str | None:
        """The record that an amend or a void speaks of."""
        return self.body["of"] if self.kind in ("amend", "void") else None

    @property
    def content(self) -> bytes:
        """What a parked event is known by, whatever is wrong with it: a hash of all that came."""
        return hashlib.sha256(self.whole or _pack(self.raw)).digest()[:16]

    @property
    def parked_id(self) -> str:
        """What a parked event goes by: its id, or a hash when it has none."""
        return self.id or f"?{b64(self.content)}"

    @property
    def kept(self) -> Any:
        """What came, in a form that can be stored: as text where it is no well-formed JSON value."""
        try:
            orjson.dumps(self.raw)
        except TypeError:
            return _pack(self.raw).decode()
        return "null" if self.raw is None else self.raw


def read(raw: Any) -> Item:
    """The item behind one element of a push; whatever is wrong with it becomes its `fault`."""
    item = Item(raw)
    item.fault = (_fill(item, raw) or _seal_off(item, raw)) if isinstance(raw, dict) else "bad_shape"
    return item


def _pack(raw: Any) -> bytes:
    try:
        return orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return json.dumps(raw, sort_keys=True).encode()


def _maybe_uuid(value: Any) -> bool:
    return value is None or is_uuid(value)


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= SAFE


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 36 and value.isascii() and value.isprintable()


_ENVELOPE: dict[str, Callable[[Any], bool]] = {
    "id": is_uuid,
    "kind": lambda v: isinstance(v, str) and v in UP,
    "schema": lambda v: isinstance(v, str) and _SCHEMA.fullmatch(v) is not None,
    "store": is_uuid,
    "dseq": lambda v: _whole(v) and v > 0,
    "t": _whole,
    "clk": _text,
    "actor": is_uuid,
    "role": lambda v: _text(v) and len(v) <= 16,
    "area": lambda v: isinstance(v, str) and _AREA.fullmatch(v) is not None,
    "person": _maybe_uuid,
    "household": _maybe_uuid,
    "body": lambda v: isinstance(v, dict),
    "digest": lambda v: isinstance(v, str) and len(v) == SALT_TEXT,
}
_NAMES = _ENVELOPE.keys()
_MUST = _NAMES - {"person", "household"}
_REPEATING = ("kind", "schema", "store", "clk", "actor", "role", "area")
_OWN = ("id", "dseq", "t", "body", "digest")
_repeating, _own = itemgetter(*_REPEATING), itemgetter(*_OWN)


def _fill(item: Item, raw: dict[str, Any]) -> str | None:
    """Copy what is well shaped (a parked event still says who and where); answer the first fault."""
    form = _fill_at_once(item, raw) or _fill_one_by_one(item, raw)
    if form is None:
        item.body = {}
        return "bad_shape"
    item.form, item.version, item.days = form
    return None if bodies.fits(item.kind, item.body) else "bad_shape"


def _fill_at_once(item: Item, raw: dict[str, Any]) -> Named | None:
    """Nearly every envelope fits, and most of it repeats from event to event; None when this one has to be looked at."""
    person, household = raw.get("person"), raw.get("household")
    try:
        repeating, own = _repeating(raw), _own(raw)
        form = _checked(*repeating)
        fits = _owns(*own) and (person is None or _is_uuid(person)) and (household is None or _is_uuid(household))
    except (KeyError, TypeError):
        return None
    if form is None or not fits or len(raw) != len(_MUST) + ("person" in raw) + ("household" in raw):
        return None
    item.kind, item.schema, item.store, item.clk, item.actor, item.role, item.area = repeating
    item.id, item.dseq, item.t, item.body, _ = own
    item.person, item.household = person, household
    return form


_is_uuid = UUID_TEXT.fullmatch  # raises TypeError on what is no text


def _owns(key: Any, dseq: Any, t: Any, body: Any, digest: Any) -> bool:
    numbers = type(dseq) is int and 0 < dseq <= SAFE and type(t) is int and 0 <= t <= SAFE
    return numbers and type(body) is dict and type(digest) is str and len(digest) == SALT_TEXT and bool(_is_uuid(key))


@lru_cache(maxsize=4096)
def _checked(*values: str) -> Named | None:
    """Form and version behind the parts of an envelope that repeat, if each is well shaped."""
    if not all(_ENVELOPE[name](value) for name, value in zip(_REPEATING, values, strict=True)):
        return None
    return named(values[1])


def named(schema: str) -> Named | None:
    """What a schema such as `anc/1` or `anc/1/3` names: form, its version, and the decision on days if there is one."""
    found = _SCHEMA.fullmatch(schema)
    return (found[1], int(found[2]), int(found[3]) if found[3] else None) if found else None


def _fill_one_by_one(item: Item, raw: dict[str, Any]) -> Named | None:
    fits = raw.keys() <= _NAMES and raw.keys() >= _MUST
    for name, value in raw.items():
        good = _ENVELOPE.get(name)
        if good is None or not good(value):
            fits = False
        elif name != "digest":
            setattr(item, name, value)
    return named(item.schema) if fits else None


def _seal_off(item: Item, raw: dict[str, Any]) -> str | None:
    """Check the digest over what came; a fault, or None when the item may go on."""
    core, item.body = dict(raw), dict(item.body)
    salt = _salt(item.body.pop("salt", None))
    del core["digest"], core["dseq"]
    core["body"] = item.body
    try:
        size = stamp(item, core, salt or b"")
    except NotCanonical:
        return "bad_shape"
    if size > LARGEST:
        return "too_large"
    if salt is None:
        return "bad_shape"
    return None if b64(item.digest) == raw["digest"] else "digest_mismatch"


def _salt(text: Any) -> bytes | None:
    if not isinstance(text, str) or len(text) != SALT_TEXT or text[-1] not in _SALT_ENDS:
        return None
    try:
        return unb64(text)
    except ValueError:
        return None


def stamp(item: Item, core: dict[str, Any], salt: bytes) -> int:
    """Give an item its digest and its stored body; answers the size of its JSON. Raises NotCanonical."""
    packed, body = fast_canonical(core)
    item.digest = hashlib.sha256(salt + packed).digest()[:16]
    item.blob = salt + body
    return len(packed)
