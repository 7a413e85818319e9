"""Who read, exported, administered or pushed. Append-only by triggers (0002); numbered and chained afterwards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedJson


class Audit(Model):
    """`subject` is a pseudonymous id; `detail` is sealed and may be erased, `digest` of it stays. Time in ms.

    `n` and `h` are empty until the sealer of the chain (a township's or county's code) has come by.
    """

    __table_args__ = (Index("ix_audit_chain_n", "chain", "n"), Index("ix_audit_subject", "subject"))
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
    detail: Mapped[Any] = mapped_column(SealedJson("audit.detail"), nullable=True)


class AuditChain(Model):
    """The head of one chain: the newest number given out and its hash. Its row lock is the sealer's lock."""

    __tablename__ = "audit_chain"
    chain: Mapped[str] = mapped_column(String(12), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger, default=0)
    h: Mapped[bytes] = mapped_column(LargeBinary(32), default=bytes(32))
