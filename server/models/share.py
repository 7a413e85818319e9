"""The server's half of what opens a store on a phone."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedBytes


class Share(Model):
    """32 random bytes of one store. `leased_at`: when its phone was last told that it may keep them (ms)."""

    __table_args__ = (ForeignKeyConstraint(["county", "store_id"], ["store.county", "store.id"]),)
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    store_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    secret: Mapped[bytes] = mapped_column(SealedBytes("share.secret"))
    leased_at: Mapped[int] = mapped_column(BigInteger)
