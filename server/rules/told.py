"""A value of the rulebook in one tongue and without codes, as a county's desk reads it; `printed` says both, for paper."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from server.rules.shapes import Words

Tongue = Literal["zh", "en"]
Value = Mapping[str, Any]

_NOT_DECLINED = {"field": "declined", "not": ["true"]}
_COMPARED = {
    ">=": ("不低于", "at least"), "<=": ("不高于", "at most"), ">": ("高于", "above"), "<": ("低于", "below"),
    "=": ("等于", "equal to"),
}  # fmt: skip
_THENS = {"refer": ("转诊", "refer"), "warn": ("提醒", "remind"), "block": ("不能这样记", "cannot be recorded so")}
_URGENCY = {"emergency": ("马上", "now"), "soon": ("尽快", "soon"), "routine": ("不急", "no hurry")}


@dataclass(frozen=True, slots=True)
class Voice:
    """A tongue, and what roles are called. `file` in the calls below is the form that a value belongs to."""

    tongue: Tongue
    roles: Mapping[str, Words]

    def pick(self, zh: str, en: str) -> str:
        """One of two sayings of the same."""
        return zh if self.tongue == "zh" else en

    def name(self, words: Value) -> str:
        """What something is called."""
        return str(words[self.tongue])

    def listed(self, words: list[str]) -> str:
        """Several things one after the other."""
        return self.pick("；", "; ").join(words)


def lines(voice: Voice, file: Value, own: Value) -> tuple[str, ...]:
    """The value in words, a line each; its numbers where nothing better is known."""
    for key, said in _SAID.items():
        if key in own:
            return tuple(said(voice, file, own))
    numbers = [str(one) for key, one in own.items() if key == "number" or (type(one) is int and key != "version")]
    return (" / ".join(numbers),) if numbers else ()


def _field(voice: Voice, file: Value, own: Value) -> Iterator[str]:
    if "options" in own:
        yield voice.pick("选项：", "Options: ") + voice.listed([voice.name(one) for one in own["options"]])
    yield from _limits(voice, own)
    fields = _fields(file)
    asked = [cond for cond in _all(own.get("when", [])) if cond != _NOT_DECLINED]
    if asked:
        yield voice.pick("问的时候：", "Asked when: ") + _conds(voice, asked, fields)
    if "hint" in own:
        yield voice.pick("提示：", "Hint: ") + voice.name(own["hint"])


def _limits(voice: Voice, own: Value) -> Iterator[str]:
    unit = f" {voice.name(own['unit'])}" if "unit" in own else ""
    if "min" in own or "max" in own:
        yield voice.pick("能填：", "Taken: ") + f"{_number(own, own.get('min'))}—{_number(own, own.get('max'))}{unit}"
    if "warn" in own:
        low, high = own["warn"]
        yield voice.pick("平常：", "Usual: ") + f"{_number(own, low)}—{_number(own, high)}{unit}"
    if "not_after" in own:
        yield voice.pick("不晚于当天", "Not after the day")
    if "after" in own:
        yield voice.pick("晚于当天", "After the day")


def _number(own: Value, value: int | None) -> str:
    digits = own.get("digits", 0)
    if value is None:
        return "…"
    return str(value) if not digits else f"{value // 10**digits}.{value % 10**digits:0{digits}d}"


def _rule(voice: Voice, file: Value, own: Value) -> Iterator[str]:
    yield voice.pick("遇到：", "When: ") + _conds(voice, _all(own["when"]), _fields(file))
    urgency = voice.pick(*_URGENCY[own["urgency"]]) if "urgency" in own else ""
    what = voice.pick(*_THENS[own["then"]])
    yield voice.pick("就：", "Then: ") + what + (voice.pick(f"（{urgency}）", f" ({urgency})") if urgency else "")


def _conds(voice: Voice, conds: list[Value], fields: Mapping[str, Value]) -> str:
    return voice.pick("，并且", ", and ").join(_cond(voice, cond, fields[cond["field"]]) for cond in conds)


def _cond(voice: Voice, cond: Value, field: Value) -> str:
    name = voice.pick(f"“{field['zh']}”", f"“{field['en']}” ")
    if "op" in cond:
        return f"{name}{voice.pick(*_COMPARED[cond['op']])} {_number(field, cond['value'])}"
    words = {one["code"]: voice.name(one) for one in field.get("options", [])}
    words |= {"true": voice.pick("是", "yes"), "false": voice.pick("否", "no")}
    codes = cond["is"] if "is" in cond else cond["not"]
    among = voice.listed([words.get(code, code) for code in codes])
    return name + (voice.pick("是：", "is ") if "is" in cond else voice.pick("不是：", "is not ")) + among


def _head(voice: Voice, _: Value, own: Value) -> Iterator[str]:
    yield voice.pick("谁记：", "Written by: ") + _roles(voice, own["writers"])
    for author, readers in own["readers"].items():
        who = _roles(voice, [author])
        yield voice.pick(f"{who}记的，谁看：", f"What a {who} wrote is read by: ") + _roles(voice, readers)


def _roles(voice: Voice, codes: list[str]) -> str:
    return voice.listed([voice.name(voice.roles[code]) if code in voice.roles else code for code in codes])


def _steps(voice: Voice, _: Value, own: Value) -> Iterator[str]:
    if not own["active"]:
        yield voice.pick("没启用", "Not in use")
    for step in [*own["steps"], *([own["then"]] if "then" in own else [])]:
        opens, due, late, gone = (_day(voice, step[key]) for key in ("opens", "due", "overdue", "expire"))
        yield voice.name(step).replace("{n}", str(step.get("n", ""))) + voice.pick(
            f"：{opens}起提，{due}该做，{late}算晚，{gone}起不提",
            f": shown from {opens}, due {due}, late {late}, gone {gone}",
        )


def _day(voice: Voice, n: int) -> str:
    if n < 0:
        return voice.pick(f"提前 {-n} 天", f"{-n} days before")
    return voice.pick(f"第 {n} 天", f"day {n}") if n else voice.pick("当天", "the day itself")


def _parts(*keys: str) -> Callable[[Voice, Value, Value], Iterator[str]]:
    def said(voice: Voice, _: Value, own: Value) -> Iterator[str]:
        yield from (voice.name(own[part]) for part in keys if part in own)

    return said


def _fields(file: Value) -> dict[str, Value]:
    return {field["key"]: field for field in file["fields"]}


def _all(when: Any) -> list[Value]:
    return when if isinstance(when, list) else [when]


_SAID: dict[str, Callable[[Voice, Value, Value], Iterator[str]]] = {
    "type": _field,
    "writers": _head,
    "steps": _steps,
    "base": _parts("numerator", "base"),
    "of": _parts("part", "then", "of"),
    "then": _rule,
}
