"""Who read, exported, administered or pushed. Append-only; numbered and chained afterwards, one chain a township."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedJson


class Audit(Model):
    """`subject` is a pseudonymous id; `detail` is sealed and may be erased, `digest` of it stays. Time in ms."""

    __table_args__ = (Index("ix_audit_chain_n", "chain", "n"),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    chain: Mapped[str] = mapped_column(String(12))
    n: Mapped[int | None] = mapped_column(BigInteger)
    h: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    at: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[str | None] = mapped_column(String(36))
    phone: Mapped[str | None] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    detail: Mapped[Any] = mapped_column(SealedJson("audit.detail"))
