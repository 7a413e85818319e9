"""Flagged events that a human has looked at; the events themselves never change."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model


class Seen(Model):
    """Event `event` was looked at by `worker_id` at `at` (ms). Undoing it removes the row."""

    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    event: Mapped[str] = mapped_column(String(36), primary_key=True)
    worker_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[int] = mapped_column(BigInteger)
