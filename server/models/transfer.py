"""A service record that goes with a woman who moves, and the other Suifang servers that are known."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import Sealed, SealedJson


class Transfer(Model):
    """One side of a transfer: `out` at the station that sends, `in` at the one that receives; the id is the same.

    `state`: waiting (its file was not fetched yet), sent, acknowledged, declined, revoked. `content` is exactly what she
    saw and goes when it is declined or revoked. `peer` names the other server, null on this one. Days are YYYY-MM-DD,
    times ms. `due_on` counts as the stations' service quality and for nothing else.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    side: Mapped[str] = mapped_column(String(3), primary_key=True)
    county: Mapped[str] = mapped_column(String(6))
    township: Mapped[str] = mapped_column(String(9), index=True)
    other: Mapped[str] = mapped_column(String(9))
    other_name: Mapped[str] = mapped_column(String(80))
    peer: Mapped[str | None] = mapped_column(String(32))
    person: Mapped[str | None] = mapped_column(String(36), index=True)
    items: Mapped[list[str]] = mapped_column(JSON)
    urgent: Mapped[bool]
    content: Mapped[Any] = mapped_column(SealedJson("transfer.content"), nullable=True)
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[int] = mapped_column(BigInteger)
    sent_at: Mapped[int | None] = mapped_column(BigInteger)
    due_on: Mapped[str] = mapped_column(String(10))
    expires_on: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[int | None] = mapped_column(BigInteger)
    answered_by: Mapped[str | None] = mapped_column(String(36))
    reason: Mapped[str | None] = mapped_column(Sealed("transfer.reason"))


class Peer(Model):
    """Another Suifang server, known by its two public keys; somebody compared their mark on the telephone.

    `id`: the first 16 bytes of SHA-256 over both keys, in hex. `townships`: [{code, name}] that it serves.
    """

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    townships: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    sign: Mapped[dict[str, str]] = mapped_column(JSON)
    seal: Mapped[dict[str, str]] = mapped_column(JSON)
    added_at: Mapped[int] = mapped_column(BigInteger)
    added_by: Mapped[str] = mapped_column(String(36))
