"""Households and persons as they stand: the fold of all patches. `rev` maps a field to the id of the event that set it."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import Sealed

Rev = dict[str, str]
_MERGED = text("merged_into IS NOT NULL")  # few are


class Household(Model):
    """户: a door plate (`group`, `number`) in a village."""

    __table_args__ = (Index("ix_household_area", "county", "area", "number"),)
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area: Mapped[str] = mapped_column(String(12))
    group: Mapped[str | None] = mapped_column(String(20))
    grid: Mapped[str | None] = mapped_column(String(20))
    number: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Sealed("household.note"))
    rev: Mapped[Rev] = mapped_column(JSON, default=dict)
    erased_at: Mapped[int | None] = mapped_column(BigInteger)


class Person(Model):
    """人. `birth` is YYYY-MM-DD, YYYY-MM or YYYY; `id_index` is a keyed hash for finding the same ID number twice."""

    __table_args__ = (
        Index("ix_person_household", "county", "household_id"),
        Index("ix_person_area", "county", "area"),
        Index("ix_person_id_index", "county", "id_index"),
        Index("ix_person_merged", "county", "merged_into", sqlite_where=_MERGED, postgresql_where=_MERGED),
    )
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household_id: Mapped[str] = mapped_column(String(36))
    area: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(Sealed("person.name"))
    name_key: Mapped[str] = mapped_column(Sealed("person.name_key"), default="")
    sex: Mapped[str | None] = mapped_column(String(1))
    birth: Mapped[str | None] = mapped_column(String(10))
    id_number: Mapped[str | None] = mapped_column(Sealed("person.id_number"))
    id_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    phone: Mapped[str | None] = mapped_column(Sealed("person.phone"))
    relation: Mapped[str | None] = mapped_column(String(20))
    marital: Mapped[str | None] = mapped_column(String(20))
    residence: Mapped[str | None] = mapped_column(String(12))
    residence_place: Mapped[str | None] = mapped_column(String(40))
    children: Mapped[int | None] = mapped_column()
    note: Mapped[str | None] = mapped_column(Sealed("person.note"))
    rev: Mapped[Rev] = mapped_column(JSON, default=dict)
    merged_into: Mapped[str | None] = mapped_column(String(36))
    erased_at: Mapped[int | None] = mapped_column(BigInteger)
