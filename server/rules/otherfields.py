"""A form with what a county set of its questions: another usual range, options that it does not offer. A usual range with a
source (status S) is only narrowed. What is hidden stays an answer: an older record that holds it is shown and good.
"""

from collections.abc import Mapping, Sequence

from server.rules.conditions import whole
from server.rules.shapes import Field, Form, Option, Words
from server.rules.stock_shapes import StockRules

Set = Mapping[
    str, list[int] | list[str]
]  # {warn?: [low, high], hidden?: [codes]} of a question; {} is the rulebook's own
Fields = Mapping[
    str, Sequence[tuple[int, Set]]
]  # {"form.question": [[number of the decision, what it set], ...]}, by number


def as_of(form: Form, changes: Fields, days: object) -> Form:
    """The form as it stood under a decision of the county; the rulebook's own under none."""
    if type(days) is not int or not whole(days):
        return form
    fields = [_as_of(field, changes.get(f"{form['id']}.{field['key']}", ()), days) for field in form["fields"]]
    return {**form, "fields": fields}


def _as_of(field: Field, changes: Sequence[tuple[int, Set]], days: int) -> Field:
    found: Set = {}
    for number, one in changes:
        if number <= days:
            found = one
    return with_set(field, found)


def with_set(field: Field, one: Set) -> Field:
    """The question as a phone then asks it; the hint tells the usual range."""
    other: Field = {**field}
    warn, hidden = one.get("warn"), one.get("hidden", ())
    if warn:
        low, high = (int(day) for day in warn)
        other["warn"], other["hint"] = [low, high], _usual(field, low, high)
    if hidden and "options" in field:
        other["options"] = [_hid(option) if option["code"] in hidden else option for option in field["options"]]
    return other


def _hid(option: Option) -> Option:
    return {**option, "hidden": True}


def _usual(field: Field, low: int, high: int) -> Words:
    digits = field.get("digits", 0)
    one, two = _number(low, digits), _number(high, digits)
    return Words(zh=f"一般在 {one}—{two}。", en=f"Usually {one}–{two}.")


def _number(value: int, digits: int) -> str:
    sign, size = "-" if value < 0 else "", abs(value)
    return f"{sign}{size // 10**digits}.{size % 10**digits:0{digits}d}" if digits else f"{sign}{size}"


def in_range(field: Field, low: int, high: int) -> bool:
    """Whether it is a range within what the question takes at all."""
    return field["type"] == "int" and field.get("min", low) <= low <= high <= field.get("max", high)


def loosens(field: Field, low: int, high: int) -> bool:
    """Whether a usual range with a source would become wider."""
    sourced = any(word.startswith("S") for word in field["status"].split())
    return sourced and "warn" in field and (low < field["warn"][0] or high > field["warn"][1])


def hideable(form: Form, field: Field, stock: StockRules) -> frozenset[str]:
    """The options that a county need not offer: of lists of status L, but what is counted in stock (there what lies in the bag
    decides) and what calls for the technician."""
    given = {(one["form"], one.get("item")) for one in stock["hand_outs"]}
    if "L" not in field["status"].split() or (form["id"], field["key"]) in given:
        return frozenset()
    codes = {option["code"] for option in field.get("options", [])}
    for rule in form["rules"]:
        for cond in rule["when"] if isinstance(rule["when"], list) else [rule["when"]]:
            if rule["then"] == "refer" and cond["field"] == field["key"]:
                codes -= set(cond.get("is", codes))
    return frozenset(codes)
