"""Shapes of the rulebook's figures, as its JSON files hold them."""

from server.rules.shapes import Words


class Base(Words):
    """Who is counted below the line of an indicator, at the base date."""

    sex: list[str]
    marital: list[str]
    age: list[int]
    residence: list[str]


class Counted(Words):
    """Who of the base is counted above the line, by her current method."""

    methods: list[str]


class Indicator(Words):
    """One figure: `percent` is rounded half up to `digits`."""

    id: str
    version: int
    base: Base
    numerator: Counted
    mix: list[str]
    digits: int
    source: Words
    status: str
