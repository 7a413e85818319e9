"""Figures: who is counted, and rounding half up in whole numbers. A definition comes from the rulebook."""

from collections.abc import Iterable, Mapping

from server.rules import dates
from server.rules.indicator_shapes import Indicator


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
