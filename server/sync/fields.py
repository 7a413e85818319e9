"""The fields of persons and households: which may be patched, how each looks on the wire and in its column. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from server.rules import dates, idnumber

Kind: TypeAlias = Literal["person", "household"]
_VAGUE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _text(longest: int, *, empty: bool = True) -> Callable[[Any], bool]:
    def good(value: Any) -> bool:
        if value is None:
            return empty
        return isinstance(value, str) and "\0" not in value and (1 - empty) <= len(value) <= longest

    return good


def _birth(value: Any) -> bool:
    if isinstance(value, dict):
        year, month = value.get("year"), value.get("month", 1)
        if value.keys() - {"year", "month"} or type(year) is not int or type(month) is not int:
            return False
        return 1000 <= year <= 9999 and 1 <= month <= 12
    return value is None or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None)


def _one_of(*words: str) -> Callable[[Any], bool]:
    return lambda value: value is None or value in words


PERSON: dict[str, Callable[[Any], bool]] = {
    "name": _text(80, empty=False),
    "sex": _one_of("f", "m"),
    "birth": _birth,
    "id_number": _text(30),
    "phone": _text(60),
    "relation": _text(20),
    "marital": _text(20),
    "residence": _one_of("resident", "moved_in", "moved_out"),
    "residence_place": _text(40),
    "household": lambda value: isinstance(value, str) and _UUID.fullmatch(value) is not None,
    "note": _text(4000),
}
STATION_ONLY: dict[str, Callable[[Any], bool]] = {"children": lambda v: v is None or (type(v) is int and 0 <= v <= 30)}
HOUSEHOLD: dict[str, Callable[[Any], bool]] = {
    "area": lambda value: isinstance(value, str) and re.fullmatch(r"\d{12}", value) is not None,
    "group": _text(20),
    "grid": _text(20),
    "number": _text(40),
    "note": _text(4000),
}
UNSEEN = frozenset(STATION_ONLY)
_COLUMNS = {"household": "household_id"}


def known(kind: Kind, source: str) -> dict[str, Callable[[Any], bool]]:
    """The fields that this source may set."""
    if kind == "household":
        return HOUSEHOLD
    return PERSON if source == "phone" else PERSON | STATION_ONLY


def misshapen(kind: Kind, changes: dict[str, Any], source: str) -> bool:
    """Whether a known field has a value that cannot be stored."""
    fields = known(kind, source)
    return any(name in fields and not fields[name](value) for name, value in changes.items())


def doubts(changes: dict[str, Any]) -> list[str]:
    """Fields whose value is kept though it cannot be right: a birth out of range, an ID number with a wrong check digit."""
    found = []
    birth, number = changes.get("birth"), changes.get("id_number")
    if birth is not None and dates.span(birth) is None:
        found.append("birth")
    if number and idnumber.fault(number):
        found.append("id_number")
    return found


def column(name: str) -> str:
    """The column of a field."""
    return _COLUMNS.get(name, name)


def to_column(name: str, value: Any) -> Any:
    """A wire value as its column holds it: a vague birth as YYYY or YYYY-MM, an ID number tidied."""
    if name == "birth" and isinstance(value, dict):
        month = value.get("month")
        return f"{value['year']:04d}" if month is None else f"{value['year']:04d}-{month:02d}"
    if name == "id_number" and value:
        return idnumber.tidy(value)
    return value


def to_wire(name: str, value: Any) -> Any:
    """A column's value as it travels."""
    found = _VAGUE.fullmatch(value) if name == "birth" and isinstance(value, str) else None
    if found is None:
        return value
    return {"year": int(found[1])} | ({"month": int(found[2])} if found[2] else {})


def seen(changes: dict[str, Any]) -> dict[str, Any]:
    """What of a person's fields phones may see: of an ID number the last four places."""
    shown = {name: value for name, value in changes.items() if name not in UNSEEN and name != "id_number"}
    if "id_number" in changes:
        number = changes["id_number"]
        shown["id_last4"] = number[-4:] if number else None
    return shown


def down(changes: dict[str, Any], name_key: str) -> dict[str, Any]:
    """What of a person's fields goes to phones, the name with its search key."""
    return seen(changes) | ({"name_key": name_key} if "name" in changes else {})
