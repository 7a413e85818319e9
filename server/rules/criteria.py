"""Shapes of the medical eligibility criteria, as `us_mec.json` holds them."""

from typing import NotRequired

from server.rules.shapes import Words


class Criterion(Words):
    """One condition of the medical eligibility criteria: its categories, and the question that asks about it, if one does."""

    id: str
    chc: str
    pop: str
    question: NotRequired[str]


class Criteria(Words):
    """Categories 1 no restriction, 2 benefits outweigh risks, 3 risks usually outweigh, 4 not to be used."""

    id: str
    version: int
    form: str
    rows: list[Criterion]
    status: str
