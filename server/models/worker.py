"""Workers, what they are granted, their sessions, and the tries at a password."""

from __future__ import annotations

from flask_login import UserMixin
from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.extensions import Model
from server.models.sealed import Sealed

ROLES = ("director", "liaison", "technician", "station", "county")


class Worker(UserMixin, Model):  # type: ignore[misc]  # flask-login ships no types
    """Who records. `disabled_at` in ms; a disabled worker's records stay hers."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    county: Mapped[str] = mapped_column(String(6), index=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Sealed("worker.name"))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[int] = mapped_column(BigInteger)
    disabled_at: Mapped[int | None] = mapped_column(BigInteger)
    grants: Mapped[list[Grant]] = relationship(back_populates="worker", order_by="Grant.id", lazy="selectin")

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class Grant(Model):
    """One role in one area, from a moment until another (ms). A village for a director, a township for the rest."""

    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("worker.id"), index=True)
    area: Mapped[str] = mapped_column(String(12), index=True)
    role: Mapped[str] = mapped_column(String(16))
    granted_at: Mapped[int] = mapped_column(BigInteger)
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)
    worker: Mapped[Worker] = relationship(back_populates="grants")


class SignIn(Model):
    """A server-side session. Only the hash of its token is kept. Times in ms.

    `awake_until`: a phone's session sleeps from then on, until its phone's key wakes it; None: it belongs to no phone.
    """

    __tablename__ = "sign_in"
    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("worker.id"), index=True)
    phone_id: Mapped[str | None] = mapped_column(String(36), index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    awake_until: Mapped[int | None] = mapped_column(BigInteger)
    worker: Mapped[Worker] = relationship(lazy="joined")


class Attempt(Model):
    """A wrong password or code, counted per account and per address (both as keyed hashes). Time in ms."""

    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(16))
    at: Mapped[int] = mapped_column(BigInteger)
