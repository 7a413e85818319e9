"""Whether the rulebook's files fit each other: every word that one file says about another is known there."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from server.rules.criteria import Criteria
from server.rules.indicator_shapes import Indicator
from server.rules.rates import Rates
from server.rules.shapes import Cond, Conds, Field, Form, Matcher, Schedule
from server.rules.stock_shapes import StockRules
from server.rules.vocabulary import fail

_OWN_OF_VARIANT = {"id", "version", "active", "zh", "en", "steps", "then", "status"}
# The field of a person, or of a form, that a table of import words speaks of.
_IMPORTED_FIELDS = {"method": ("contraceptive_followup", "method")}


def check(
    forms: Mapping[str, Form],
    schedules: Iterable[Schedule],
    indicators: Mapping[str, Indicator],
    labels: Mapping[str, Any],
    texts: Mapping[str, Any],
    imported: Mapping[str, Mapping[str, str]],
) -> None:
    """Raises `RulebookError` naming the first place that does not fit."""
    purposes = _codes(forms, "consent", "purpose")
    _same(set(texts), purposes, "labels/consent_texts: purposes")
    for form in forms.values():
        _check_form(form)
        _check_episode(form, forms)
        _known([form["consent"]] if form["consent"] else [], purposes, f"forms/{form['id']}: consent")
    for schedule in schedules:
        _check_schedule(schedule, forms, purposes)
    _one_variant(schedules)
    for indicator in indicators.values():
        _check_indicator(indicator, _codes(forms, "contraceptive_followup", "method"), labels)
    for name, words in imported.items():
        known = _codes(forms, *_IMPORTED_FIELDS[name]) if name in _IMPORTED_FIELDS else _label_codes(labels, name)
        _known(words.values(), known, f"labels/import_words.{name}")


def check_versions(older: Iterable[Form], newest: Mapping[str, Form]) -> None:
    """A later version keeps every question of an earlier one, of the same kind and with its words, so that all is readable."""
    for form in older:
        where, later = f"released/{form['id']}.{form['version']}", newest.get(form["id"])
        if later is None or later["version"] <= form["version"]:
            fail(where, "has no newer version in forms")
            return
        fields = {field["key"]: field for field in later["fields"]}
        for field in form["fields"]:
            kept = fields.get(field["key"])
            if (
                kept is None
                or kept["type"] != field["type"]
                or not (_words_of(field) or set()) <= (_words_of(kept) or set())
            ):
                fail(where, f"{field['key']!r} is not in the newest version")


def check_stock(rules: StockRules, forms: Mapping[str, Form]) -> None:
    """The ledger's words are those of the forms that it reads."""
    effects, given = rules["effects"], rules["hand_outs"]
    _known((one["movement"] for one in effects), _codes(forms, "stock", "movement"), "stock: effects")
    _known((one["place"] for one in effects), {field["key"] for field in forms["stock"]["fields"]}, "stock: places")
    _known((one["form"] for one in given), forms, "stock: hand_outs")
    for one in given:
        keys = {field["key"] for field in forms[one["form"]]["fields"]}
        _known([one["qty"], *([one["item"]] if "item" in one else [])], keys, f"stock: {one['form']}")
    _known((one["item"] for one in rules["cyp"]), _codes(forms, "contraceptive_supply", "item"), "stock: cyp")
    if not 0 < rules["expiry"]["urgent_days"] <= rules["expiry"]["warn_days"] or not rules["count"]["every_days"] > 0:
        fail("stock: expiry", "days out of order")


def check_rates(rates: Rates, forms: Mapping[str, Form]) -> None:
    """Every figure asks its form about questions and answers that it has."""
    if len({rate["id"] for rate in rates["rates"]}) != len(rates["rates"]):
        fail("rates", "an id stands twice")
    for rate in rates["rates"]:
        of, where = rate["of"], f"rates.{rate['id']}"
        _known([of["form"]], forms, where)
        fields = {field["key"]: _words_of(field) for field in forms[of["form"]]["fields"]}
        part, then = rate.get("part"), rate.get("then")
        for when in (of.get("when"), part and part.get("when"), then and then["when"]):
            _check_conds(when or None, fields, where)
        asked = [of.get("sum"), part and part.get("sum"), then and then["match"]]
        _known([key for key in asked if key], fields, where)
        if part and then:
            fail(where, "has two parts")


def check_criteria(criteria: Criteria, forms: Mapping[str, Form]) -> None:
    """Each condition of category 3 or 4 has a question whose yes calls for the technician."""
    form = forms[criteria["form"]]
    stopped = {rule["field"] for rule in form["rules"] if rule["then"] == "refer"}
    for row in criteria["rows"]:
        where = f"{criteria['id']}.{row['id']}"
        if "question" not in row and row["chc"][0] in "34":
            fail(where, "is of category 3 or 4 and no question asks about it")
        _known([row["question"]] if "question" in row else [], stopped, where)


def _codes(forms: Mapping[str, Form], form: str, key: str) -> set[str]:
    for field in forms[form]["fields"] if form in forms else []:
        if field["key"] == key:
            return {option["code"] for option in field.get("options", [])}
    return set()


def _label_codes(labels: Mapping[str, Any], name: str) -> set[str]:
    return {word["code"] for word in labels[name]["words"]} if name in labels else set()


def _known(words: Iterable[str], known: Collection[str], where: str) -> None:
    strange = sorted(set(words) - set(known))
    if strange:
        fail(where, f"unknown words {strange}")


def _same(words: set[str], known: set[str], where: str) -> None:
    if words != known:
        fail(where, f"differ in {sorted(words ^ known)}")


def _check_indicator(indicator: Indicator, methods: set[str], labels: Mapping[str, Any]) -> None:
    where = f"indicators/{indicator['id']}"
    _known(indicator["numerator"]["methods"], methods, f"{where}.numerator")
    _same(set(indicator["mix"]), methods, f"{where}.mix")
    for name, words in (("sex", indicator["base"]["sex"]), ("marital", indicator["base"]["marital"]),
                        ("residence", indicator["base"]["residence"])):  # fmt: skip
        _known(words, _label_codes(labels, name), f"{where}.base.{name}")


def _check_form(form: Form) -> None:
    """Conditions look at earlier fields and at words those fields can hold, so that no form can go round in a circle."""
    where, earlier = f"forms/{form['id']}", dict[str, set[str] | None]()
    for field in form["fields"]:
        at = f"{where}.{field['key']}"
        if field["key"] in earlier:
            fail(at, "stands there twice")
        _check_field(field, {one["key"]: one["type"] for one in form["fields"] if one["key"] in earlier}, at)
        _check_conds(field.get("when"), earlier, at)
        _check_conds(field["not_under"].get("when") if "not_under" in field else None, earlier, at)
        earlier[field["key"]] = _words_of(field)
    for rule in form["rules"]:
        _check_conds(rule["when"], earlier, f"{where}.{rule['id']}")
        if rule["field"] not in earlier or (rule["then"] == "refer") != ("urgency" in rule):
            fail(f"{where}.{rule['id']}", "names no field, or its urgency does not fit")
    _check_notes(form, where)


def _check_episode(form: Form, forms: Mapping[str, Form]) -> None:
    """An episode is told by days of the forms that begin and end it."""
    rule, where = form.get("episode"), f"forms/{form['id']}.episode"
    if rule is None:
        return
    told = [*rule["begins"], *rule["ends"]]
    _known((one["form"] for one in told), forms, where)
    for one in told:
        _check_conds(one.get("when"), {field["key"]: _words_of(field) for field in forms[one["form"]]["fields"]}, where)
    days = {field["key"] for one in told for field in forms[one["form"]]["fields"] if field["type"] == "date"}
    _known([rule["since"], *rule["ended"]], days, where)


def _check_field(field: Field, earlier: Mapping[str, str], at: str) -> None:
    """A field has what its kind needs and nothing else, and compares itself with earlier fields of its own kind only."""
    if ("options" in field) != (field["type"] in ("code", "multi")):
        fail(at, "options belong to code and multi, and to nothing else")
    if ("of" in field) != (field["type"] == "lines") or ("digits" in field and field["type"] != "int"):
        fail(at, "columns belong to lines, digits to int")
    if "not_before" in field and (field["type"], earlier.get(field["not_before"])) != ("date", "date"):
        fail(at, "is before no earlier date")
    if "not_under" in field and field["type"] != "date":
        fail(at, "only a date tells an age")
    if "at_most" in field and (field["type"], earlier.get(field["at_most"])) != ("int", "int"):
        fail(at, "is at most no earlier number")
    for column in field.get("of", []):
        if column["type"] == "lines":
            fail(at, "has lines within lines")
        _check_field(column, {}, f"{at}.{column['key']}")


def _check_notes(form: Form, where: str) -> None:
    """A note's sum is a number of the form, its items are options of its field."""
    fields = {field["key"]: field for field in form["fields"]}
    for note in form.get("year_notes", []):
        _known([note["field"], note["sum"]], fields, f"{where}.{note['id']}")
        _known(note["items"], _words_of(fields[note["field"]]) or (), f"{where}.{note['id']}: items")


def _words_of(field: Field) -> set[str] | None:
    if field["type"] == "bool":
        return {"true", "false"}
    return {option["code"] for option in field.get("options", [])} if "options" in field else None


def _check_conds(when: Conds | None, known: Mapping[str, set[str] | None], where: str) -> None:
    conds: list[Cond] = [] if when is None else when if isinstance(when, list) else [when]
    for cond in conds:
        if cond["field"] not in known:
            fail(where, f"asks about {cond['field']!r}, which is no earlier field")
        words = known[cond["field"]]
        asked = set(cond.get("is", cond.get("not", [])))
        if words is not None and not asked <= words:
            fail(where, f"{sorted(asked - words)} are no words of {cond['field']!r}")


def _check_schedule(schedule: Schedule, forms: Mapping[str, Form], purposes: set[str]) -> None:
    if schedule["kind"] == "note":
        return
    where = f"schedules/{schedule['id']}"
    _known([schedule["consent"]] if schedule["consent"] else [], purposes, f"{where}: consent")
    _known([schedule["form"]] if schedule["form"] else [], forms, f"{where}: form")
    asked: list[Matcher] = [*schedule["anchors"], *schedule["done_by"], *schedule["stop"], *schedule["decline"]["by"]]
    for matcher in asked:
        if matcher["form"] == "note":
            continue
        _known([matcher["form"]], forms, where)
        fields = forms[matcher["form"]]["fields"]
        _check_conds(matcher.get("when"), {field["key"]: _words_of(field) for field in fields}, where)
    for anchor in schedule["anchors"]:
        keys = {field["key"]: field["type"] for field in forms[anchor["form"]]["fields"]}
        _known(anchor["date"], {"occurred_on", *(key for key in keys if keys[key] == "date")}, f"{where}: date")
        _known([schedule[name] for name in ("key", "match") if name in schedule], keys, where)
    check_steps(schedule, where)


def check_steps(schedule: Schedule, where: str) -> None:
    """Each step's days are in order, and it is gone before the next one opens: so at most one stands at a time."""
    gone = None
    for step in [*schedule["steps"], *([schedule["then"]] if "then" in schedule else [])]:
        days = [step["opens"], step["due"], step["overdue"], step["expire"]]
        if days != sorted(days) or step["overdue"] == step["expire"] or (gone is not None and step["opens"] < gone):
            fail(where, f"days out of order: {days}")
        gone = step["expire"]
    if "then" in schedule and schedule["then"]["every"] < schedule["then"]["expire"] - schedule["then"]["opens"]:
        fail(where, "repeats before it is gone")


def _one_variant(schedules: Iterable[Schedule]) -> None:
    """One of each group is in use, and all start and end alike, so that a county can follow any of them."""
    groups: dict[str, list[Schedule]] = {}
    for schedule in schedules:
        if "variant_of" in schedule:
            groups.setdefault(schedule["variant_of"], []).append(schedule)
    for name, group in groups.items():
        if sum(one["active"] for one in group) != 1:
            fail(f"schedules: {name}", "not one active variant")
        for one in group[1:]:
            if _shared(one) != _shared(group[0]):
                fail(f"schedules/{one['id']}", f"starts or ends otherwise than {group[0]['id']}")


def _shared(schedule: Schedule) -> Mapping[str, Any]:
    """What the variants of a group have in common."""
    kept = {key: value for key, value in schedule.items() if key not in _OWN_OF_VARIANT}
    return kept | {"anchors": [{**anchor, "why": None} for anchor in schedule["anchors"]]}
