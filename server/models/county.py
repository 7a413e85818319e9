"""What the county said of values of the rulebook: what the local authority confirms, and days that it sets. Times ms since
1970."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model


class CountyWord(Model):
    """One decision over some values; decisions are numbered from 1 in each county and never changed, a later one counts.

    `said`: confirmed or reopened. `places` maps each value's place to the fingerprint of what was confirmed, so that a
    later rulebook that says something else stands open again. `ground`: on whose word, by which paper.
    `said` of other days: changed or undone; `changed` is `{schedule, before, after, book, undoes?}`, days as a list of four
    for each step, `book` the fingerprint of the schedules that they were set beside, `undoes` the number taken back; where
    another variant is followed also `{variant_before, variant_after, as}`, `as` its parts as they read then.
    """

    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said: Mapped[str] = mapped_column(String(12))
    places: Mapped[dict[str, str]] = mapped_column(JSON)
    ground: Mapped[str] = mapped_column(String(200))
    changed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    author: Mapped[str] = mapped_column(String(36))
    at: Mapped[int] = mapped_column(BigInteger)
