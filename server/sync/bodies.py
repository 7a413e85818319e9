"""The shape of an event's body, by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from server.ids import UUID_TEXT

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _record_body(body: dict[str, Any]) -> bool:
    day = body.get("occurred_on")
    shaped = isinstance(day, str) and _DAY.fullmatch(day) is not None
    return shaped and isinstance(body.get("answers"), dict) and len(body) == 3 and "salt" in body


def _points(body: dict[str, Any], *more: str) -> bool:
    of = body.get("of")
    shaped = isinstance(of, str) and UUID_TEXT.fullmatch(of) is not None and isinstance(body.get("reason", ""), str)
    return shaped and body.keys() <= {"salt", "of", "reason", *more}


def _patch_body(body: dict[str, Any]) -> bool:
    changes, base = body.get("set"), body.get("base")
    if not isinstance(changes, dict) or not isinstance(base, dict) or body.keys() != {"salt", "set", "base"}:
        return False
    return all(v is None or isinstance(v, str) for v in base.values())


BODIES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "record": _record_body,
    "amend": lambda body: isinstance(body.get("answers"), dict) and _points(body, "answers"),
    "void": _points,
    "patch": _patch_body,
}
