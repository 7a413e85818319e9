"""Two values for one field: both kept, a human decides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedJson


class Conflict(Model):
    """`kept` stands, `offered` waits. `subject_type`: person or household. `decision`: kept, offered or None. Times in ms."""

    __table_args__ = (Index("ix_conflict_subject", "county", "subject"),)
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(36))
    area: Mapped[str] = mapped_column(String(12))
    field: Mapped[str] = mapped_column(String(40))
    kept: Mapped[Any] = mapped_column(SealedJson("conflict.kept"), nullable=True)
    offered: Mapped[Any] = mapped_column(SealedJson("conflict.offered"), nullable=True)
    kept_event: Mapped[str | None] = mapped_column(String(36))
    offered_event: Mapped[str] = mapped_column(String(36))
    raised_at: Mapped[int] = mapped_column(BigInteger)
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[int | None] = mapped_column(BigInteger)
