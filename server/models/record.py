"""Service records as they stand now (after amendments and voids), and the consents that open them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model

# A visit to a household is found by it, a talk in the village by its area, all others by their person.
_SOMEBODY, _NOBODY = text("person IS NOT NULL"), text("person IS NULL")
_PLACE = text("person IS NULL AND household IS NULL")


class Record(Model):
    """服务记录: the fold of an event of kind record with what amended or voided it. Its id is the event's.

    `coded` holds the answers without free text (texts stay sealed in the events). `shown` says whether it is in its
    audience's feeds; without her consent it is not. `source`: phone, desk, import, or transfer: what came with
    a woman who moved, whose author is the transfer. `days`: the number of the county's decision on days of schedules that
    its writer had; None for the rulebook's own.
    """

    __table_args__ = (
        Index("ix_record_person", "county", "person", sqlite_where=_SOMEBODY, postgresql_where=_SOMEBODY),
        Index("ix_record_household", "county", "household", sqlite_where=_NOBODY, postgresql_where=_NOBODY),
        Index("ix_record_form", "county", "form", "occurred_on"),
        Index("ix_record_area", "county", "area", sqlite_where=_PLACE, postgresql_where=_PLACE),
    )
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    form: Mapped[str] = mapped_column(String(40))
    form_version: Mapped[int] = mapped_column()
    person: Mapped[str | None] = mapped_column(String(36))
    household: Mapped[str | None] = mapped_column(String(36))
    area: Mapped[str] = mapped_column(String(12))
    occurred_on: Mapped[str] = mapped_column(String(10))
    author: Mapped[str] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(8), default="live")
    shown: Mapped[bool] = mapped_column(default=False)
    blocked: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str | None] = mapped_column(String(40))
    coded: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    days: Mapped[int | None] = mapped_column()


class Consent(Model):
    """Where a person stands on one purpose, by the newest consent record in server order. Days YYYY-MM-DD, times ms."""

    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    person: Mapped[str] = mapped_column(String(36), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40), primary_key=True)
    decision: Mapped[str] = mapped_column(String(10))
    record: Mapped[str] = mapped_column(String(36))
    occurred_on: Mapped[str] = mapped_column(String(10))
    expires_on: Mapped[str | None] = mapped_column(String(10))
    erase_at: Mapped[int | None] = mapped_column(BigInteger)
