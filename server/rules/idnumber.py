"""The resident identity number (GB 11643-1999): check digit, birth, sex."""

import re

from server.rules import dates

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def tidy(value: str) -> str:
    """The number as it is stored: a lower-case x becomes X."""
    return value.replace("x", "X")


def checksum_ok(value: str) -> bool:
    """Whether 18 places end in their check digit; says nothing about the birthday inside."""
    number = tidy(value)
    if not _SHAPE.fullmatch(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[17]


def birth(value: str) -> str | None:
    """The birthday inside a number, or None if it is no day from 1900 to 2099."""
    if not _SHAPE.fullmatch(tidy(value)):
        return None
    day = f"{value[6:10]}-{value[10:12]}-{value[12:14]}"
    return day if dates.is_day(day) else None


def sex(value: str) -> str | None:
    """`m` for an odd 17th place, `f` for an even one; None if it is no identity number."""
    if not _SHAPE.fullmatch(tidy(value)):
        return None
    return "m" if int(value[16]) % 2 else "f"


def fault(value: str) -> str | None:
    """Why a number cannot be right: `shape`, `birth` or `checksum`; None if it can."""
    if not _SHAPE.fullmatch(tidy(value)):
        return "shape"
    if birth(value) is None:
        return "birth"
    return None if checksum_ok(value) else "checksum"
