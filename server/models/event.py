"""The log: what phones (and the desk, and imports) said, whole and for ever, and what could not be taken yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedBytes, SealedJson

_FLAGGED = text("flag IS NOT NULL")
_POINTS = text('"of" IS NOT NULL')  # most events point at none


class Event(Model):
    """One event. `body` is 16 bytes of salt ‖ its JSON, sealed; `digest` binds it without showing it. Times in ms.

    `t` is the phone's belief, `t_fixed` the same by the measured offset (None: never measured in this `clk`).
    `flag` says what is odd about an accepted event. An erased event keeps id, digest and place and loses its body.
    """

    __table_args__ = (
        UniqueConstraint("county", "store_id", "dseq"),
        Index("ix_event_person", "county", "person"),
        Index("ix_event_of", "county", "of", sqlite_where=_POINTS, postgresql_where=_POINTS),
        Index("ix_event_flag", "county", "received_at", sqlite_where=_FLAGGED, postgresql_where=_FLAGGED),
    )
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    schema: Mapped[str | None] = mapped_column(String(60))
    store_id: Mapped[str | None] = mapped_column(String(36))
    dseq: Mapped[int | None] = mapped_column(BigInteger)
    t: Mapped[int] = mapped_column(BigInteger)
    t_fixed: Mapped[int | None] = mapped_column(BigInteger)
    clk: Mapped[str | None] = mapped_column(String(36))
    received_at: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[str] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(16))
    area: Mapped[str | None] = mapped_column(String(12))
    person: Mapped[str | None] = mapped_column(String(36))
    household: Mapped[str | None] = mapped_column(String(36))
    of: Mapped[str | None] = mapped_column(String(36))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    body: Mapped[bytes | None] = mapped_column(SealedBytes("event.body"))
    flag: Mapped[str | None] = mapped_column(String(120))
    erased_at: Mapped[int | None] = mapped_column(BigInteger)


class Parked(Model):
    """An event kept whole for a human. `reason` is a stable code; `event_id` is not claimed by it.

    `digest` is a hash of what came, so that a repeat finds it. `decision`: None while it waits, taken or dismissed.
    """

    __table_args__ = (UniqueConstraint("county", "event_id", "digest"),)
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(80))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    store_id: Mapped[str | None] = mapped_column(String(36))
    dseq: Mapped[int | None] = mapped_column(BigInteger)
    actor: Mapped[str | None] = mapped_column(String(36))
    area: Mapped[str | None] = mapped_column(String(12))
    person: Mapped[str | None] = mapped_column(String(36), index=True)
    reason: Mapped[str] = mapped_column(String(60))
    content: Mapped[Any] = mapped_column(SealedJson("parked.content"))
    received_at: Mapped[int] = mapped_column(BigInteger)
    erase_at: Mapped[int | None] = mapped_column(BigInteger)
    decision: Mapped[str | None] = mapped_column(String(20))
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[int | None] = mapped_column(BigInteger)
