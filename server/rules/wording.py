"""Why something is due, in words: 11月3日上的，满 28 天，12月1—7日可去镇里看."""

from collections.abc import Mapping

from server.rules import dates
from server.rules.shapes import Words

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def fill(template: Words, values: Mapping[str, Words]) -> Words:
    """Put each value in its `{place}`; a place without a value stays as it is."""
    zh, en = template["zh"], template["en"]
    for key, value in values.items():
        zh, en = zh.replace(f"{{{key}}}", value["zh"]), en.replace(f"{{{key}}}", value["en"])
    return {"zh": zh, "en": en}


def day(value: int, today: int) -> Words:
    """A day number as 12月1日 / 1 Dec, with its year where that is not today's; today itself is 今天 / today."""
    if value == today:
        return {"zh": "今天", "en": "today"}
    now = dates.parts(today)[0]
    return {"zh": _date_zh(value, now), "en": _date_en(value, now)}


def said(value: object, today: int) -> Words:
    """A day text or vague date as she said it: 3月5日, 2012年3月, 2012年."""
    if not isinstance(value, Mapping):
        return day(dates.number(value) or 0, today)
    year, month = value["year"], value.get("month")
    if month is None:
        return {"zh": f"{year}年", "en": f"{year}"}
    return {"zh": f"{year}年{month}月", "en": f"{_MONTHS[month - 1]} {year}"}


def window(first: int, last: int, today: int) -> Words:
    """Two days as 12月1—7日 / 1–7 Dec, no more said than needed."""
    if first == last:
        return day(first, today)
    (year, month, start), (end_year, end_month, end) = dates.parts(first), dates.parts(last)
    now = dates.parts(today)[0]
    if (year, month) == (end_year, end_month):
        tail = "" if year == now else f" {year}"
        head = "" if year == now else f"{year}年"
        return {"zh": f"{head}{month}月{start}—{end}日", "en": f"{start}–{end} {_MONTHS[month - 1]}{tail}"}
    return {
        "zh": f"{_date_zh(first, now)}—{_date_zh(last, year if year == end_year else now)}",
        "en": f"{_date_en(first, end_year if year == end_year else now)} – {_date_en(last, now)}",
    }


def _date_zh(value: int, known_year: int) -> str:
    year, month, number = dates.parts(value)
    return f"{month}月{number}日" if year == known_year else f"{year}年{month}月{number}日"


def _date_en(value: int, known_year: int) -> str:
    year, month, number = dates.parts(value)
    return f"{number} {_MONTHS[month - 1]}" + ("" if year == known_year else f" {year}")


def month(value: int) -> Words:
    """The month of a day number: 2026年12月 / Dec 2026."""
    year, number, _ = dates.parts(value)
    return {"zh": f"{year}年{number}月", "en": f"{_MONTHS[number - 1]} {year}"}


def plain(value: object) -> Words:
    """A number or word that reads the same in both languages."""
    return {"zh": f"{value}", "en": f"{value}"}
