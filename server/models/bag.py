"""What a worker carries, as the desk last wrote it down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model


class Bag(Model):
    """`lines` is [{item, lot, expiry ("YYYY-MM-DD"), qty}] in the desk's order. Time in ms."""

    worker_id: Mapped[str] = mapped_column(String(36), ForeignKey("worker.id"), primary_key=True)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    changed_at: Mapped[int] = mapped_column(BigInteger)
