"""Read a form: which questions are asked, what is wrong or unusual in the answers, and who may see the record.

Every function takes answers as they came. `today` is the day the record is about (its `occurred_on`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from server.rules import dates
from server.rules.conditions import answers_of, code_units, holds, is_note, whole
from server.rules.shapes import AgeNote, Field, Finding, Form, NotUnder, Record, Rule, YearNote

_BAD_TEXT = re.compile("[\0\ud800-\udfff]")
REF = re.compile(r"[0-9A-Za-z_:-]{1,64}")


def check(form: Form, answers: object, today: str, role: str | None = None, birth: object = None) -> list[Finding]:
    """All remarks, in the form's order, then unknown keys, then the form's rules. Without a role nothing is hidden by role,
    and without her birth no day is too early in her life.

    Codes: required type option twice alone text date ref line unknown_field not_asked (shape, errors) · range too_long
    future past before over young (limits, errors) · unusual (warn) · block (error) · refer warn (warn; `rule` names the rule).
    """
    if not isinstance(answers, Mapping):
        return [Finding("", "type", "error")]
    found: list[Finding] = []
    good: dict[str, object] = {}
    for field in form["fields"]:
        value, asked = answers.get(field["key"]), _asked(field, good, role)
        code = _fault(field, value, asked=asked)
        if code is not None:
            found.append(Finding(field["key"], code, "error"))
        elif not unanswered(value):
            good[field["key"]] = value
            found.extend(_limits(field, value, good, today))
            if "not_under" in field and _too_young(field["not_under"], value, good, birth):
                found.append(Finding(field["key"], "young", "error"))
    known = {field["key"] for field in form["fields"]}
    strange = sorted((key for key in answers if key not in known), key=code_units)
    found.extend(Finding(key, "unknown_field", "error") for key in strange)
    found.extend(
        Finding(rule["field"], rule["then"], "error" if rule["then"] == "block" else "warn", rule["id"])
        for rule in _broken(form, good, role)
    )
    return found


def visible(form: Form, answers: object, role: str | None = None) -> list[str]:
    """The keys of the questions that are asked, given the answers so far. A badly shaped answer counts as none."""
    return [field["key"] for field, _ in _walk(form, answers, role)]


def referrals(form: Form, answers: object, role: str | None = None) -> list[Rule]:
    """The rules under which these answers call for the technician; each holds the words and the urgency."""
    good = {field["key"]: value for field, value in _walk(form, answers, role) if value is not None}
    return [rule for rule in _broken(form, good, role) if rule["then"] == "refer"]


def audience(form: Form, author_role: str) -> str:
    """`common` if a director or liaison may read what this role wrote, else `clinical`. The station writes as `import`."""
    readers = form["readers"].get("import" if author_role == "station" else author_role, [])
    return "common" if "director" in readers or "liaison" in readers else "clinical"


def may_write(form: Form, role: str, birth: object, today: str) -> bool:
    """Whether this role fills in this form about a person of this birth; an unknown birth keeps nobody out."""
    years, least = dates.age(birth, today), form.get("min_age", {}).get(role)
    return role in form["writers"] and (years is None or least is None or years >= least)


def age_notes(form: Form, role: str, birth: object, today: str) -> list[AgeNote]:
    """What this role is told about a person of this birth; an unknown birth tells nothing."""
    years = dates.age(birth, today)
    notes = form.get("age_notes", []) if years is not None else []
    return [note for note in notes if role in note["roles"] and years is not None and years < note["under"]]


def year_notes(form: Form, answers: object, records: Iterable[Record], today: str) -> list[tuple[YearNote, int]]:
    """Soft notes with the sum of today's calendar year, this hand-out included, where it passes the usual amount.

    `records` are the same person's; they never refuse anything.
    """
    given = answers if isinstance(answers, Mapping) else {}
    now = dates.number(today)
    if now is None:
        return []
    held = [answers_of(record) for record in records if _same_year(record, form["id"], now)]
    sums = [(note, sum(_piece(note, row) for row in [*held, given])) for note in form.get("year_notes", [])]
    return [(note, total) for note, total in sums if _piece(note, given) > 0 and total > note["limit"]]


def _same_year(record: Record, form: str, now: int) -> bool:
    day = dates.number(record.get("occurred_on"))
    counted = record.get("form") == form and record.get("status") == "live" and not is_note(record)
    return counted and day is not None and day <= now and dates.parts(day)[0] == dates.parts(now)[0]


def _piece(note: YearNote, answers: Mapping[str, object]) -> int:
    item, amount = answers.get(note["field"]), answers.get(note["sum"])
    counted = isinstance(item, str) and item in note["items"] and answers.get("declined") is not True
    return amount if counted and type(amount) is int and whole(amount) and amount > 0 else 0


def unanswered(value: object) -> bool:
    """null, an empty text and an empty list are no answer; false and 0 are answers."""
    return value is None or (isinstance(value, (str, list)) and len(value) == 0)


def _walk(form: Form, answers: object, role: str | None) -> Iterator[tuple[Field, object]]:
    """The questions asked, each with its well-shaped answer or None."""
    given = answers if isinstance(answers, Mapping) else {}
    good: dict[str, object] = {}
    for field in form["fields"]:
        if not _asked(field, good, role):
            continue
        value = given.get(field["key"])
        if not unanswered(value) and misshapen(field, value) is None:
            good[field["key"]] = value
        yield field, good.get(field["key"])


def _asked(field: Field, good: Mapping[str, object], role: str | None) -> bool:
    return holds(field.get("when"), good) and (role is None or role in field.get("roles", [role]))


def _broken(form: Form, good: Mapping[str, object], role: str | None) -> list[Rule]:
    return [
        rule
        for rule in form["rules"]
        if (role is None or role in rule.get("roles", [role])) and holds(rule["when"], good)
    ]


def _fault(field: Field, value: object, *, asked: bool) -> str | None:
    if unanswered(value):
        return "required" if asked and field.get("required") else None
    return misshapen(field, value) if asked else "not_asked"


def misshapen(field: Field, value: object) -> str | None:
    """Why an answer cannot be one to this field, whatever the day: a code of `check`, or None."""
    kind = field["type"]
    if kind == "bool":
        return None if isinstance(value, bool) else "type"
    if kind == "int":
        return None if whole(value) else "type"
    if kind == "date":
        return _bad_day(field, value)
    if kind == "multi":
        return _bad_multi(field, value)
    if kind == "lines":
        return _bad_lines(field, value)
    if not isinstance(value, str):
        return "type"
    if kind == "code":
        return None if _is_code(field, value) else "option"
    if kind == "ref":
        return None if REF.fullmatch(value) else "ref"
    return "text" if _BAD_TEXT.search(value) else None


def _is_code(field: Field, value: str) -> bool:
    for option in field.get("options", []):  # noqa: SIM110  a generator here costs a third of a push
        if option["code"] == value:
            return True
    return False


def _bad_day(field: Field, value: object) -> str | None:
    if field.get("vague") and isinstance(value, Mapping):
        return None if dates.span(value) else "date"
    if not isinstance(value, str):
        return "type"
    return None if dates.is_day(value) else "date"


def _bad_multi(field: Field, value: object) -> str | None:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return "type"
    if not all(_is_code(field, word) for word in value):
        return "option"
    if len(set(value)) != len(value):
        return "twice"
    return "alone" if len(value) > 1 and any(word in field.get("alone", []) for word in value) else None


def _bad_lines(field: Field, value: object) -> str | None:
    """Each line is an object of known columns, the required ones answered, all of them well shaped."""
    columns = field.get("of", [])
    known = {column["key"] for column in columns}
    if not isinstance(value, list) or not all(isinstance(line, Mapping) and known >= line.keys() for line in value):
        return "line"
    faults = (_fault(column, line.get(column["key"]), asked=True) for line in value for column in columns)
    return "line" if any(fault is not None for fault in faults) else None


def _limits(field: Field, value: object, good: Mapping[str, object], today: str) -> list[Finding]:
    codes = dict.fromkeys(_passed(field, value, good, today))
    return [Finding(field["key"], code, "warn" if code == "unusual" else "error") for code in codes]


def _too_young(least: NotUnder, value: object, good: Mapping[str, object], birth: object) -> bool:
    """Whether she was under that age even on the last day it can mean, and even if born on the first day that can mean."""
    last = dates.latest(value)
    if last is None or dates.span(birth) is None or not holds(least.get("when"), good):
        return False
    years = dates.age(birth, last)
    return years is None or years < least["age"]


def _passed(field: Field, value: object, good: Mapping[str, object], today: str) -> Iterator[str]:
    if type(value) is int:
        yield from _number_passed(field, value, good)
    elif field["type"] == "text" and isinstance(value, str) and len(value) > field.get("max_length", len(value)):
        yield "too_long"
    elif field["type"] == "date":
        yield from _day_passed(field, value, good, today)
    elif field["type"] == "lines" and isinstance(value, list):
        if len(value) > field.get("max_length", len(value)):
            yield "too_long"
        for line, column in ((line, column) for line in value for column in field.get("of", [])):
            yield from _passed(column, line.get(column["key"]), {}, today)


def _number_passed(field: Field, value: int, good: Mapping[str, object]) -> Iterator[str]:
    if value < field.get("min", value) or value > field.get("max", value):
        yield "range"
    elif "warn" in field and not field["warn"][0] <= value <= field["warn"][1]:
        yield "unusual"
    most = good.get(field["at_most"]) if "at_most" in field else None
    if type(most) is int and value > most:
        yield "over"


def _day_passed(field: Field, value: object, good: Mapping[str, object], today: str) -> Iterator[str]:
    now, span = dates.number(today), dates.span(value)
    if now is None or span is None:
        return
    if "not_after" in field and span[0] > now:
        yield "future"
    if "after" in field and span[1] <= now:
        yield "past"
    first = dates.span(good.get(field["not_before"])) if "not_before" in field else None
    if first is not None and span[1] < first[0]:
        yield "before"
