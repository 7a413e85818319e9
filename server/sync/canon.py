"""The bytes that a digest is made of, quickly: rules.digest.canonical reads every value, here most need no second look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Self

import orjson

from server.rules.conditions import SAFE
from server.rules.digest import canonical

_SIMPLE = frozenset({str, bool, type(None)})


def fast_canonical(core: dict[str, Any]) -> tuple[bytes, bytes]:
    """The same bytes as rules.digest.canonical, by orjson where it cannot differ, and those of the body alone.

    `core` is an event whose envelope was found well shaped: what may be strange lies in its body. Raises NotCanonical.
    """
    inner = plain(core["body"])
    if inner is None:
        return canonical(core), canonical(core["body"])
    return orjson.dumps(core | {"body": orjson.Fragment(inner)}, option=orjson.OPT_SORT_KEYS), inner


def plain(body: dict[str, Any]) -> bytes | None:
    """The canonical bytes of a body that orjson cannot write differently; None when it has to be looked at."""
    if not _are_plain_parts(body.values()):
        return None
    try:
        return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # half a character in a text
        return None


class Frame(NamedTuple):
    """The canonical bytes of an envelope whose parts repeat, where nothing but its event's own is missing."""

    to_body: bytes
    clk: bytes
    kind: bytes
    to_t: bytes

    @classmethod
    def of(cls, parts: Mapping[str, str]) -> Self:
        """The frame of well shaped values: {kind, schema, store, clk, actor, role, area}."""

        def told(*names: str) -> bytes:
            return orjson.dumps({name: parts[name] for name in names})[1:-1]

        return cls(
            b"{%b,\"body\":" % told("actor", "area"), b",%b" % told("clk"), b"\",%b" % told("kind"),
            b",%b,\"t\":" % told("role", "schema", "store"),
        )  # fmt: skip

    def around(self, body: bytes, key: str, t: int, person: str | None, household: str | None) -> bytes:
        """The canonical bytes of the whole event; `key`, `person` and `household` are UUIDs."""
        home = f',"household":"{household}","id":"{key}' if household else f',"id":"{key}'
        who = f',"person":"{person}"' if person else ""
        return b"".join((self.to_body, body, self.clk, home.encode(), self.kind, who.encode(), self.to_t, b"%d}" % t))


def _are_plain_parts(parts: Iterable[Any]) -> bool:
    """Simple values, or tables of simple values and lists of them."""
    for part in parts:
        if type(part) is dict:
            if not ("".join(part).isascii() and _are_plain(part.values())):
                return False
        elif type(part) not in _SIMPLE:
            return False
    return True


def _are_plain(values: Iterable[Any]) -> bool:
    for value in values:
        kind = type(value)
        if kind in _SIMPLE or (kind is int and -SAFE <= value <= SAFE):
            continue
        if kind is not list or not _SIMPLE.issuperset(map(type, value)):
            return False
    return True
