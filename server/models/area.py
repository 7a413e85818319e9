"""区划: province 2 digits, city 4, county 6, township 9, village 12."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model

LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}


class Area(Model):
    """One place. `position` is the register's own order; villages are never ranked."""

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)

    @property
    def level(self) -> str:
        return LEVELS[len(self.code)]


def county_of(code: str) -> str:
    """The six digits that every large table is keyed by."""
    return code[:6]


def township_of(code: str) -> str:
    return code[:9]
