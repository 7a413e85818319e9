"""A form as plain text for a clinician to read on paper."""

from collections.abc import Iterable, Iterator, Mapping

from server.rules.book import Book
from server.rules.criteria import Criteria
from server.rules.shapes import Cond, Conds, Field, Form, Matcher, Rule, Schedule, Step, Words

TO_CONFIRM = "★ 待当地主管部门确认 to be confirmed by the local authority"
_NOT_DECLINED = {"field": "declined", "not": ["true"]}
_THENS = {"refer": "转诊 refer", "warn": "提醒 warn", "block": "不能这样记 refuse"}
_URGENCY = {"emergency": "马上 now", "soon": "尽快 soon", "routine": "不急 routine"}


def is_open(status: object) -> bool:
    """Whether a status says L: to be confirmed by the local authority."""
    return isinstance(status, str) and "L" in status.split()


def fields_of(book: Book) -> int:
    """How many questions there are, columns of lines among them."""
    return sum(1 + len(field.get("of", [])) for form in book.forms.values() for field in form["fields"])


def sheet(book: Book, form: Form) -> str:
    """The whole form: who writes and reads it, each question with its range and source, each rule, what falls due."""
    parts = [_head(form), *_numbered(form), *_rules(form), *_notes(form), *_due(book.schedules, form)]
    if book.criteria["form"] == form["id"]:
        parts += _criteria(book.criteria)
    return "\n".join(parts) + "\n"


def _head(form: Form) -> str:
    return "\n".join([
        f"{_both(form)}    {form['id']}/{form['version']}",
        "=" * 72,
        *who(form),
        "别人只知道有过一次服务 Others learn only that there was a service.",
        f"同意 Consent: {form['consent'] or '不需要 none'}    来源 Source: {form['status']}",
        "",
    ])  # fmt: skip


def who(form: Form) -> Iterator[str]:
    """Who writes a form and who reads what of whom, a line each."""
    readers = "; ".join(f"{author} → {', '.join(roles)}" for author, roles in form["readers"].items())
    ages = form.get("min_age", {}).items()
    yield f"谁记 Written by: {', '.join(form['writers'])}" + "".join(f"; {role} ≥ {age}" for role, age in ages)
    yield f"谁看 Read by (author → readers): {readers}"


def _numbered(form: Form) -> Iterator[str]:
    fields = {field["key"]: field for field in form["fields"]}
    for number, field in enumerate(form["fields"], start=1):
        yield f"{number:>3}. {_both(field)}{' *' if field.get('required') else ''}    [{field['key']}]"
        yield from (f"     {line}" for line in about(field, fields))


def about(field: Field, fields: Mapping[str, Field]) -> Iterator[str]:
    """A question's options, range, conditions, hint and source, a line each."""
    if "options" in field:
        yield "   ".join(f"□ {option['zh']} {option['en']}" for option in field["options"])
    yield from _limits(field)
    for column in field.get("of", []):
        yield f"– {_both(column)} {' '.join(_limits(column))}"
    asked = [cond for cond in _listed(field.get("when", [])) if cond != _NOT_DECLINED]
    if asked:
        yield f"问的时候 Asked when: {said(asked, fields)}"
    if "roles" in field:
        yield f"只问 Asked of: {', '.join(field['roles'])}"
    if "hint" in field:
        yield f"提示 Hint: {_both(field['hint'])}"
    yield f"来源 Source: {field['status']}" + (f"    {TO_CONFIRM}" if is_open(field["status"]) else "")


def _limits(field: Field) -> Iterator[str]:
    unit = f" {_both(field['unit'])}" if "unit" in field else ""
    if "min" in field or "max" in field:
        yield f"范围 Range {_number(field, field.get('min'))}–{_number(field, field.get('max'))}{unit}"
    if "warn" in field:
        yield f"平常 Usual {_number(field, field['warn'][0])}–{_number(field, field['warn'][1])}{unit}"
    for key, words in (("not_after", "不晚于当天 not after the day"), ("after", "晚于当天 after the day")):
        if key in field:
            yield words
    if "not_before" in field:
        yield f"不早于 not before [{field['not_before']}]"
    if "at_most" in field:
        yield f"不超过 at most [{field['at_most']}]"


def _number(field: Field, value: int | None) -> str:
    digits = field.get("digits", 0)
    if value is None:
        return "…"
    return str(value) if not digits else f"{value // 10**digits}.{value % 10**digits:0{digits}d}"


def _rules(form: Form) -> Iterator[str]:
    fields = {field["key"]: field for field in form["fields"]}
    yield from ["", "规则 Rules", "-" * 72]
    for rule in form["rules"]:
        yield f"  {said(rule['when'], fields)}"
        yield f"    → {then(rule)}: {_both(rule)}"
        yield f"      来源 Source: {rule['status']}" + (f"    {TO_CONFIRM}" if is_open(rule["status"]) else "")


def then(rule: Rule) -> str:
    """What a rule does and how soon."""
    urgency = f" ({_URGENCY[rule['urgency']]})" if "urgency" in rule else ""
    return _THENS[rule["then"]] + urgency + (f" [{', '.join(rule['roles'])}]" if "roles" in rule else "")


def _notes(form: Form) -> Iterator[str]:
    for note in form.get("year_notes", []):
        yield f"  一年超过 More than {note['limit']} a year: {_both(note)}    {note['status']}"
    for told in form.get("age_notes", []):
        yield f"  不满 Under {told['under']} ({', '.join(told['roles'])}): {_both(told)}    {told['status']}"


def _due(schedules: Iterable[Schedule], form: Form) -> Iterator[str]:
    """The schedules that start from this form, each step in days from its start."""
    mine = [one for one in schedules if one["kind"] == "record" and _starts_here(one["anchors"], form)]
    yield from ["", "之后 What falls due (days: opens / due / late from / gone from)", "-" * 72] if mine else []
    for one in mine:
        off = "" if one["active"] else "    没启用 not in use"
        yield f"  {_both(one)} [{one['id']}]    {one['status']}{off}"
        steps = [*one["steps"], *([one["then"]] if "then" in one else [])]
        yield from (f"    {days(step)}" for step in steps)


def days(step: Step) -> str:
    """The four days of a step, counted from its start, and its words."""
    return f"{step['opens']} / {step['due']} / {step['overdue']} / {step['expire']}    {_both(step)}"


def _starts_here(anchors: Iterable[Matcher], form: Form) -> bool:
    return any(anchor["form"] == form["id"] for anchor in anchors)


def _criteria(criteria: Criteria) -> Iterator[str]:
    yield from ["", f"{_both(criteria)}    {criteria['status']}", "-" * 72]
    for row in criteria["rows"]:
        asked = f"[{row['question']}]" if "question" in row else "不问 not asked"
        yield f"  CHC {row['chc']:<4} POP {row['pop']:<10} {_both(row)}    {asked}"


def said(when: Conds, fields: Mapping[str, Field]) -> str:
    """Conditions in words, all of which must hold."""
    return " 并且 and ".join(_cond(cond, fields) for cond in _listed(when))


def _listed(when: Conds) -> list[Cond]:
    return when if isinstance(when, list) else [when]


def _cond(cond: Cond, fields: Mapping[str, Field]) -> str:
    field = fields[cond["field"]]
    if "op" in cond:
        return f"[{field['key']}] {cond['op']} {_number(field, cond['value'])}"
    named = {option["code"]: option["zh"] for option in field.get("options", [])} | {"true": "是", "false": "否"}
    listed = cond["is"] if "is" in cond else cond["not"]
    words = "、".join(named.get(word, word) for word in listed)
    return f"[{field['key']}] {'是' if 'is' in cond else '不是'} {words}"


def _both(words: Words | Field | Form | Rule) -> str:
    return f"{words['zh']}  {words['en']}"
