"""Days as text (`YYYY-MM-DD`, 1900 to 2099), vague dates (`{"year", "month"?}`) and whole-day sums.

Inside the rules a day is a number: days since 1970-01-01, so that both ends add and compare the same way.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2099
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_EPOCH = date(1970, 1, 1).toordinal()


def number(value: object) -> int | None:
    """The day number of a day text; None for anything that is not a real day from 1900 to 2099."""
    return _read(value) if isinstance(value, str) else None


@lru_cache(maxsize=16_384)  # the same few thousand days stand in all records, and reading them is most of adding up
def _read(value: str) -> int | None:
    found = _DAY.fullmatch(value)
    return _number(int(found[1]), int(found[2]), int(found[3])) if found else None


def _number(year: int, month: int, day: int) -> int | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None


def text(day: int) -> str | None:
    """The day text of a day number; None outside 1900 to 2099."""
    if not _FIRST <= day <= _LAST:
        return None
    return date.fromordinal(day + _EPOCH).isoformat()


def is_day(value: object) -> bool:
    """Whether the value is a real day, written as `YYYY-MM-DD`."""
    return number(value) is not None


def parts(day: int) -> tuple[int, int, int]:
    """Year, month, day of a day number inside 1900 to 2099."""
    found = date.fromordinal(day + _EPOCH)
    return found.year, found.month, found.day


def month_span(value: object) -> tuple[int, int] | None:
    """First and last day number of a month text `YYYY-MM`; None if it is none."""
    found = _MONTH.fullmatch(value) if isinstance(value, str) else None
    return _span(int(found[1]), int(found[2])) if found else None


def _span(year: int, month: int | None) -> tuple[int, int] | None:
    first = _number(year, 1 if month is None else month, 1)
    ends_year = month is None or month == 12
    after = date(year + 1, 1, 1) if ends_year else date(year, month + 1, 1) if first is not None and month else None
    if first is None or after is None:
        return None
    return first, after.toordinal() - _EPOCH - 1


def span(value: object) -> tuple[int, int] | None:
    """Earliest and latest day number of a day text or a vague date; None if it is neither."""
    exact = number(value)
    if exact is not None:
        return exact, exact
    if not isinstance(value, Mapping) or not set(value) <= {"year", "month"} or "year" not in value:
        return None
    year, month = value["year"], value.get("month")
    if type(year) is not int or not ("month" not in value or type(month) is int):
        return None
    return _span(year, month) if FIRST_YEAR <= year <= LAST_YEAR else None


def earliest(value: object) -> str | None:
    """The first day that a day text or vague date can mean; None if it is neither."""
    found = span(value)
    return text(found[0]) if found else None


def latest(value: object) -> str | None:
    """The last day that a day text or vague date can mean; None if it is neither."""
    found = span(value)
    return text(found[1]) if found else None


def add_days(day: str, days: int) -> str | None:
    """The day so many days later; None if the day is no day or the sum leaves 1900 to 2099."""
    start = number(day)
    return None if start is None else text(start + days)


def age(birth: object, on: str) -> int | None:
    """Completed years on a day; a vague birth counts from its earliest day. None if unknown or not yet born."""
    born, then = span(birth), number(on)
    if born is None or then is None or born[0] > then:
        return None
    birth_year, *birthday = parts(born[0])
    year, *today = parts(then)
    return year - birth_year - (1 if today < birthday else 0)


_FIRST = date(FIRST_YEAR, 1, 1).toordinal() - _EPOCH
_LAST = date(LAST_YEAR, 12, 31).toordinal() - _EPOCH
