"""What the body of an event has to look like, by its kind. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from server.ids import UUID_TEXT

Body = dict[str, Any]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def fits(kind: str, body: Body) -> bool:
    """Whether a body has the parts of its kind, of the right types; `kind` is one that phones send."""
    return _BODIES[kind](body)


def is_uuid(value: Any) -> bool:
    """Whether it is a UUID as text."""
    return isinstance(value, str) and UUID_TEXT.fullmatch(value) is not None


def _record_body(body: Body) -> bool:
    day = body.get("occurred_on")
    shaped = isinstance(day, str) and _DAY.fullmatch(day) is not None
    return shaped and isinstance(body.get("answers"), dict) and len(body) == 3 and "salt" in body


def _points(body: Body, *more: str) -> bool:
    shaped = is_uuid(body.get("of")) and isinstance(body.get("reason", ""), str)
    return shaped and body.keys() <= {"salt", "of", "reason", *more}


def _patch_body(body: Body) -> bool:
    changes, base = body.get("set"), body.get("base")
    if not isinstance(changes, dict) or not isinstance(base, dict) or body.keys() != {"salt", "set", "base"}:
        return False
    return all(v is None or isinstance(v, str) for v in base.values())


_BODIES: dict[str, Callable[[Body], bool]] = {
    "record": _record_body,
    "amend": lambda body: isinstance(body.get("answers"), dict) and _points(body, "answers"),
    "void": _points,
    "patch": _patch_body,
}
