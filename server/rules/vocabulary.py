"""The closed vocabulary of the rulebook's files: an unknown word, type or reference is an error, never ignored."""

from collections.abc import Callable, Mapping, Sequence

ROLES = ("director", "liaison", "technician", "station", "county")
FIELD_TYPES = ("code", "multi", "bool", "int", "text", "date", "ref")
SUBJECTS = ("person", "household", "any")
THENS = ("refer", "warn", "block")
URGENCIES = ("emergency", "soon", "routine")
OPS = (">=", "<=", ">", "<", "=")
PICKS = ("spell", "newest", "each")
AUTHORS = ("director", "liaison", "technician", "station", "import")
# What a status may begin with: sourced, to be confirmed by the local authority, designed, known but to verify, secondary.
STATUSES = ("S", "L", "D", "K", "C")
PLACEHOLDERS = ("anchor", "step", "window", "due", "qty", "month")


class RulebookError(ValueError):
    """A rulebook file says something outside the vocabulary; the text begins with where."""


Check = Callable[[object, str], None]


def fail(where: str, what: str) -> None:
    """Refuse the rulebook. Raises `RulebookError`."""
    raise RulebookError(f"{where}: {what}")


def text(value: object, where: str) -> None:
    """A text with something in it."""
    if not isinstance(value, str) or not value.strip():
        fail(where, "needs a text")


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


def cond(value: object, where: str) -> None:
    """One condition, of exactly one of its three forms."""
    forms: Sequence[Mapping[str, Check]] = (
        {"is": many(text)},
        {"not": many(text)},
        {"op": one_of(*OPS), "value": whole},
    )
    for form in forms:
        if isinstance(value, dict) and next(iter(form)) in value:
            shape({"field": code, **form})(value, where)
            return
    fail(where, "is no condition")


WORDS: dict[str, Check] = {"zh": text, "en": text}
words = shape(WORDS)
conds = either(cond, many(cond))
roles = many(one_of(*ROLES))
option = shape({"code": code, **WORDS}, {"unit": words})
field = shape(
    {"key": code, **WORDS, "type": one_of(*FIELD_TYPES), "status": status},
    {
        "unit": words,
        "options": many(option),
        "alone": many(code),
        "min": whole,
        "max": whole,
        "warn": many(whole, 2),
        "max_length": whole,
        "vague": flag,
        "not_after": one_of("today"),
        "after": one_of("today"),
        "required": flag,
        "when": conds,
        "roles": roles,
        "hint": words,
        "errors": table(code, words),
    },
)
rule = shape(
    {"id": code, "field": code, "when": conds, "then": one_of(*THENS), **WORDS, "status": status},
    {"roles": roles, "urgency": one_of(*URGENCIES)},
)
year_note = shape(
    {"id": code, "field": code, "sum": code, "items": many(code), "limit": whole, **WORDS, "status": status}
)
form = shape(
    {
        "id": code,
        "version": whole,
        **WORDS,
        "subject": one_of(*SUBJECTS),
        "writers": roles,
        "readers": table(one_of(*AUTHORS), roles),
        "consent": or_null(code),
        "fields": many(field),
        "rules": many(rule, 0),
        "status": status,
    },
    {"min_age": table(one_of(*ROLES), whole), "year_notes": many(year_note)},
)
_matcher: dict[str, Check] = {"form": code}
_matcher_may: dict[str, Check] = {"when": conds, "roles": roles}
matcher = shape(_matcher, _matcher_may)
anchor = shape({**_matcher, "date": many(code), "pick": one_of(*PICKS), "why": words}, _matcher_may)
_days: dict[str, Check] = {"due": whole, "opens": whole, "overdue": whole, "expire": whole, **WORDS}
step = shape(_days, {"per": shape({"field": code, "days": whole})})
repeat = shape({**_days, "every": whole, "n": whole})
decline = shape({"by": many(matcher), "rest_days": whole, "status": status})
schedule = shape(
    {
        "id": code,
        "version": whole,
        "kind": one_of("record"),
        "active": flag,
        **WORDS,
        "form": code,
        "consent": or_null(code),
        "anchors": many(anchor),
        "steps": many(step),
        "done_by": many(matcher),
        "stop": many(matcher, 0),
        "decline": decline,
        "status": status,
    },
    {"variant_of": code, "key": code, "match": code, "then": repeat},
)
note_schedule = shape(
    {
        "id": code,
        "version": whole,
        "kind": one_of("note"),
        "active": flag,
        **WORDS,
        "why": words,
        "expire": whole,
        "status": status,
    }
)
base = shape({"sex": many(code), "marital": many(code), "age": many(whole, 2), "residence": many(code), **WORDS})
indicator = shape(
    {
        "id": code,
        "version": whole,
        **WORDS,
        "base": base,
        "numerator": shape({"methods": many(code), **WORDS}),
        "mix": many(code),
        "digits": whole,
        "source": words,
        "status": status,
    }
)
label = shape({"code": code, **WORDS}, {"hint": words, "status": status})
labels = shape({"id": code, "version": whole, **WORDS, "words": many(label)})
consent_text = shape({"version": code, "zh": many(text, 5), "en": many(text, 5), "status": status})
consent_texts = shape({"id": one_of("consent_texts"), "version": whole, "texts": table(code, many(consent_text))})
import_words = shape({"id": one_of("import_words"), "version": whole, "words": table(code, table(text, code))})
