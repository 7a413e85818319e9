"""What the grammar of the rulebook is built from: checks of one value each. An unknown word is an error, never ignored."""

from collections.abc import Callable, Mapping

# What a status may begin with: sourced, to be confirmed by the local authority, designed, known but to verify, secondary.
STATUSES = ("S", "L", "D", "K", "C")


class RulebookError(ValueError):
    """A rulebook file says something outside the vocabulary; the text begins with where."""


Check = Callable[[object, str], None]


def fail(where: str, what: str) -> None:
    """Refuse the rulebook. Raises `RulebookError`."""
    raise RulebookError(f"{where}: {what}")


def template(*places: str) -> Check:
    """A text with something in it, whose `{place}`s are among these."""

    def checked(value: object, where: str) -> None:
        if not isinstance(value, str) or not value.strip():
            fail(where, "needs a text")
            return
        rest = value
        for place in places:
            rest = rest.replace(f"{{{place}}}", "")
        if "{" in rest or "}" in rest:
            fail(where, f"unknown place in {value!r}")

    return checked


text = template()


def code(value: object, where: str) -> None:
    """A code word: lower-case ASCII letters, digits and underscores, a letter first."""
    good = isinstance(value, str) and value.isascii() and value.replace("_", "a").isalnum() and value == value.lower()
    if not good or not str(value)[0].isalpha():
        fail(where, f"is no code word: {value!r}")


def whole(value: object, where: str) -> None:
    """A whole number."""
    if type(value) is not int:
        fail(where, f"is no whole number: {value!r}")


def flag(value: object, where: str) -> None:
    """true or false."""
    if not isinstance(value, bool):
        fail(where, "is neither true nor false")


def status(value: object, where: str) -> None:
    """Where a value comes from: one of `STATUSES` with its source in brackets, more of them or an article after it."""
    first = value.split(" ")[0] if isinstance(value, str) else ""
    if first[:1] not in STATUSES or first[1:2] not in ("", "["):
        fail(where, f"needs a status: {value!r}")


def one_of(*choices: str) -> Check:
    """One of some words."""
    return lambda value, where: None if value in choices else fail(where, f"unknown word {value!r}")


def many(check: Check, least: int = 1) -> Check:
    """A list of at least so many, without repetition."""

    def checked(value: object, where: str) -> None:
        if not isinstance(value, list) or len(value) < least:
            fail(where, f"needs a list of at least {least}")
            return
        for at, inner in enumerate(value):
            check(inner, f"{where}[{at}]")
            if inner in value[:at]:
                fail(f"{where}[{at}]", "stands there twice")

    return checked


def table(keys: Check, values: Check) -> Check:
    """An object whose keys are free within `keys`."""

    def checked(value: object, where: str) -> None:
        if not isinstance(value, dict) or not value:
            fail(where, "needs an object")
            return
        for key, inner in value.items():
            keys(key, f"{where} key")
            values(inner, f"{where}.{key}")

    return checked


def shape(needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with exactly these keys, the optional ones or not."""
    known = {**needed, **(optional or {})}

    def checked(value: object, where: str) -> None:
        if not isinstance(value, dict):
            fail(where, "needs an object")
            return
        for key in needed:
            if key not in value:
                fail(where, f"lacks {key!r}")
        for key, inner in value.items():
            if key not in known:
                fail(where, f"unknown word {key!r}")
            known[key](inner, f"{where}.{key}")

    return checked


def or_null(check: Check) -> Check:
    """null, or what the check takes."""
    return lambda value, where: None if value is None else check(value, where)


def either(first: Check, second: Check) -> Check:
    """A list goes to the second check, all else to the first."""
    return lambda value, where: second(value, where) if isinstance(value, list) else first(value, where)
