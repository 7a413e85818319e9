"""Figures: who is counted, and rounding half up in whole numbers. A definition comes from the rulebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.rules import dates
from server.rules.shapes import Indicator


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what it is made of; `mix` counts every woman of the base, `unknown` those without any record."""

    numerator: int
    denominator: int
    percent: str | None
    mix: dict[str, int]
    unknown: int


def percent(part: int | str, whole: int | str, digits: int = 2) -> str | None:
    """`part` of `whole` in percent, e.g. "90.88"; None when the whole is 0. Raises ValueError below 0."""
    return rate(part, whole, 100, digits)


def rate(part: int | str, whole: int | str, scale: int, digits: int = 2) -> str | None:
    """`part` of `whole` times `scale` as decimal text, rounded half up; None when the whole is 0. Raises ValueError below 0."""
    above, below = int(part), int(whole)
    if above < 0 or below < 0:
        raise ValueError("counts cannot be below 0")
    if below == 0:
        return None
    quotient, rest = divmod(above * scale * 10**digits, below)
    rounded = quotient + (1 if 2 * rest >= below else 0)
    if digits == 0:
        return str(rounded)
    return f"{rounded // 10**digits}.{rounded % 10**digits:0{digits}d}"


def adds_up(parts: Iterable[int], whole: int) -> bool:
    """Whether the parts of a printed table give its total."""
    return sum(parts) == whole


def outside_base(definition: Indicator, person: Mapping[str, object], on: str) -> str | None:
    """None if the person is counted below the line on that day, else the first thing that keeps her out."""
    base = definition["base"]
    if person.get("sex") not in base["sex"]:
        return "sex"
    if person.get("marital") not in base["marital"]:
        return "marital"
    if person.get("residence") not in base["residence"]:
        return "residence"
    years = dates.age(person.get("birth"), on)
    return None if years is not None and base["age"][0] <= years <= base["age"][1] else "age"


def figure(definition: Indicator, rows: Iterable[tuple[Mapping[str, object], str | None]], on: str) -> Figure:
    """The figure over (person, current method) pairs; a woman without a method, known or not, is in the base only."""
    mix = dict.fromkeys(definition["mix"], 0)
    below = unknown = 0
    for person, method in rows:
        if outside_base(definition, person, on) is not None:
            continue
        below += 1
        unknown += method is None
        mix[method or "none"] = mix.get(method or "none", 0) + 1
    above = sum(count for method, count in mix.items() if method in definition["numerator"]["methods"])
    return Figure(above, below, percent(above, below, definition["digits"]), mix, unknown)
