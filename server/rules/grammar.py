"""The closed grammar of the rulebook's files: each kind's keys, and what each may hold."""

from collections.abc import Mapping, Sequence

from server.rules.vocabulary import (
    Check,
    code,
    either,
    fail,
    flag,
    many,
    one_of,
    or_null,
    shape,
    status,
    table,
    template,
    text,
    whole,
)

ROLES = ("director", "liaison", "technician", "station", "county")
FIELD_TYPES = ("code", "multi", "bool", "int", "text", "date", "ref", "lines")
SUBJECTS = ("person", "household", "any", "place")
THENS = ("refer", "warn", "block")
URGENCIES = ("emergency", "soon", "routine")
OPS = (">=", "<=", ">", "<", "=")
PICKS = ("spell", "newest", "each")
AUTHORS = ("director", "liaison", "technician", "station", "import")


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


def sentence(*places: str) -> dict[str, Check]:
    """Both languages of a text with places to fill."""
    return {"zh": template(*places), "en": template(*places)}


conds = either(cond, many(cond))
roles = many(one_of(*ROLES))
option = shape({"code": code, **WORDS}, {"unit": words})
_column: dict[str, Check] = {
    "unit": words,
    "options": many(option),
    "alone": many(code),
    "min": whole,
    "max": whole,
    "warn": many(whole, 2),
    "digits": whole,
    "max_length": whole,
    "vague": flag,
    "not_after": one_of("today"),
    "after": one_of("today"),
    "required": flag,
    "hint": words,
    "errors": table(code, words),
}
_named: dict[str, Check] = {"key": code, **WORDS, "type": one_of(*FIELD_TYPES), "status": status}
column = shape(_named, _column)
not_under = shape({"age": whole, "status": status}, {"when": conds})
field = shape(
    _named,
    {
        **_column,
        "not_before": code,
        "not_under": not_under,
        "at_most": code,
        "of": many(column),
        "when": conds,
        "roles": roles,
    },
)
rule = shape(
    {"id": code, "field": code, "when": conds, "then": one_of(*THENS), **WORDS, "status": status},
    {"roles": roles, "urgency": one_of(*URGENCIES), "goes_on": flag},
)
year_note = shape(
    {"id": code, "field": code, "sum": code, "items": many(code), "limit": whole, **sentence("sum"), "status": status}
)
age_note = shape({"id": code, "under": whole, "roles": roles, **WORDS, "status": status})
_matcher: dict[str, Check] = {"form": code}
_matcher_may: dict[str, Check] = {"when": conds, "roles": roles}
matcher = shape(_matcher, _matcher_may)
episode = shape({
    **WORDS, "begins": many(matcher), "ends": many(matcher), "since": code, "days": whole, "ended": many(code),
    "status": status,
})  # fmt: skip
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
    {
        "min_age": table(one_of(*ROLES), whole),
        "year_notes": many(year_note),
        "age_notes": many(age_note),
        "episode": episode,
    },
)
anchor = shape(
    {
        **_matcher,
        "date": many(code),
        "pick": one_of(*PICKS),
        "why": shape(sentence("anchor", "step", "window", "due", "qty")),
    },
    _matcher_may,
)
_days: dict[str, Check] = {"due": whole, "opens": whole, "overdue": whole, "expire": whole}
step = shape({**_days, **WORDS}, {"per": shape({"field": code, "days": whole})})
repeat = shape({**_days, **sentence("n"), "every": whole, "n": whole})
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
    {"variant_of": code, "key": code, "match": code, "then": repeat, "private": flag},
)
note_schedule = shape(
    {
        "id": code,
        "version": whole,
        "kind": one_of("note"),
        "active": flag,
        **WORDS,
        "why": shape(sentence("month")),
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
_effect: dict[str, Check] = {"movement": code, "place": code, "state": one_of("usable", "set_aside"), "sign": whole}
stock = shape(
    {
        "id": one_of("stock"),
        "version": whole,
        **WORDS,
        "expiry": shape({"warn_days": whole, "urgent_days": whole, **WORDS, "status": status}),
        "count": shape({"every_days": whole, **WORDS, "status": status}),
        "use": shape({"days": whole, **WORDS, "status": status}),
        "order": shape({"months": whole, **WORDS, "status": status}),
        "effects": many(shape({**_effect, "status": status})),
        "hand_outs": many(shape({"form": code, "qty": code, "status": status}, {"item": code, "fixed": code})),
        "cyp": many(shape({"item": code, "numerator": whole, "denominator": whole, "status": status})),
        "status": status,
    }
)
counted = {"form": code, **WORDS}
share = shape(WORDS, {"when": conds, "sum": code})
rate = shape(
    {"id": code, **WORDS, "of": shape(counted, {"when": conds, "people": flag, "sum": code}), "status": status},
    {"part": share, "then": shape({"when": conds, "match": code, **WORDS}, {"days": whole})},
)
rates = shape(
    {
        "id": one_of("rates"),
        "version": whole,
        **WORDS,
        "days": whole,
        "digits": whole,
        "rates": many(rate),
        "status": status,
    }
)
category = one_of("1", "2", "3", "4", "3/4", "3-4", "1-2", "2/4", "2(I)/3(C)")
criteria = shape(
    {
        "id": code,
        "version": whole,
        **WORDS,
        "form": code,
        "rows": many(shape({"id": code, **WORDS, "chc": category, "pop": category}, {"question": code})),
        "status": status,
    }
)
label = shape({"code": code, **WORDS}, {"hint": words, "status": status})
labels = shape({"id": code, "version": whole, **WORDS, "words": many(label)})
consent_text = shape({"version": code, "zh": many(text, 5), "en": many(text, 5), "status": status})
consent_texts = shape({"id": one_of("consent_texts"), "version": whole, "texts": table(code, many(consent_text))})
import_words = shape({"id": one_of("import_words"), "version": whole, "words": table(code, table(text, code))})
