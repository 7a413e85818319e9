"""The bytes that a digest is made of, quickly: rules.digest.canonical reads every value, here most need no second look."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import orjson

from server.rules.digest import canonical

_SIMPLE = frozenset({str, bool, type(None)})
_PLAIN = _SIMPLE | {int, list}
_AS_READ = (
    orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
)  # a number beyond 53 bits is a TypeError, as half a character is


def fast_canonical(core: dict[str, Any]) -> tuple[bytes, bytes]:
    """The same bytes as rules.digest.canonical, by orjson where it cannot differ, and those of the body alone.

    `core` is an event whose envelope was found well shaped: what may be strange lies in its body. Raises NotCanonical.
    """
    body = core["body"]
    try:
        if _are_plain_parts(body.values()):
            inner = orjson.dumps(body, option=_AS_READ)
            return orjson.dumps(core | {"body": orjson.Fragment(inner)}, option=_AS_READ), inner
    except TypeError:
        pass
    return canonical(core), canonical(body)


def _are_plain_parts(parts: Iterable[Any]) -> bool:
    """Simple values, or tables of simple values and lists of them."""
    for part in parts:
        if type(part) is dict:
            if not ("".join(part).isascii() and _are_plain(part.values())):
                return False
        elif type(part) not in _SIMPLE:
            return False
    return True


def _are_plain(values: Collection[Any]) -> bool:
    kinds = set(map(type, values))
    if not kinds <= _PLAIN:
        return False
    return list not in kinds or all(_SIMPLE.issuperset(map(type, value)) for value in values if type(value) is list)
