"""Phones (keys and a state), the one-time codes that register them, and stores (worker × phone)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model

STATES = ("active", "suspended", "lost", "retired")


class Phone(Model):
    """A registered phone. `last_seen` moves at most every 15 minutes; no position is ever kept. Times in ms."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    county: Mapped[str] = mapped_column(String(6), index=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("worker.id"), index=True)
    public_key: Mapped[dict[str, Any]] = mapped_column(JSON)
    label: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(12), default="active")
    created_at: Mapped[int] = mapped_column(BigInteger)
    last_seen: Mapped[int | None] = mapped_column(BigInteger)
    wiped_at: Mapped[int | None] = mapped_column(BigInteger)


class PhoneCode(Model):
    """A one-time registration code; only its keyed hash is kept. Times in ms."""

    __tablename__ = "phone_code"
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("worker.id"), index=True)
    made_by: Mapped[str | None] = mapped_column(String(36))
    expires_at: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[int | None] = mapped_column(BigInteger)
    phone_id: Mapped[str | None] = mapped_column(String(36))


class Store(Model):
    """Worker × phone: owns the dense counter `dseq` and the clock ids.

    `have`: highest dseq up to which nothing is missing; `top`: highest seen; `backed_up`: highest dseq known to lie in
    a checked backup; `offsets`: {clk: server − phone in ms}.
    """

    __table_args__ = (UniqueConstraint("county", "phone_id", "worker_id", "id"),)
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    phone_id: Mapped[str] = mapped_column(String(36), index=True)
    worker_id: Mapped[str] = mapped_column(String(36), index=True)
    have: Mapped[int] = mapped_column(BigInteger, default=0)
    top: Mapped[int] = mapped_column(BigInteger, default=0)
    backed_up: Mapped[int] = mapped_column(BigInteger, default=0)
    offsets: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    created_at: Mapped[int] = mapped_column(BigInteger)
    last_push_at: Mapped[int | None] = mapped_column(BigInteger)
    last_pull_at: Mapped[int | None] = mapped_column(BigInteger)
    unsent: Mapped[int | None] = mapped_column()
