"""What the holder of a card does from her own phone: a code that opens her page, what she asks for, a rating that names nobody.

Days are YYYY-MM-DD, months YYYY-MM, times ms since 1970.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import Sealed


class HolderCode(Model):
    """A code that was shown to a person face to face, and the visit it opened. Of code and visit only keyed hashes."""

    __tablename__ = "holder_code"
    code: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    county: Mapped[str] = mapped_column(String(6))
    person: Mapped[str] = mapped_column(String(36), index=True)
    made_by: Mapped[str] = mapped_column(String(36))
    until: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[int | None] = mapped_column(BigInteger)
    visit: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    visit_until: Mapped[int | None] = mapped_column(BigInteger)


class HolderRequest(Model):
    """Something asked from the public page, for the township's desk. `person`: who asked with a code; null for anybody else.

    `kind`: call_back, card_lost, complaint, or with a code read, carry, correct, delete. A telephone that anybody may
    have typed is nobody's: the desk calls, and says nothing about anyone.
    """

    __tablename__ = "holder_request"
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    township: Mapped[str] = mapped_column(String(9), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    person: Mapped[str | None] = mapped_column(String(36), index=True)
    phone: Mapped[str | None] = mapped_column(Sealed("holder_request.phone"))
    words: Mapped[str | None] = mapped_column(Sealed("holder_request.words"))
    number: Mapped[str | None] = mapped_column(Sealed("holder_request.number"))
    asked_at: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[str] = mapped_column(String(10))
    decision: Mapped[str | None] = mapped_column(String(8))
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[int | None] = mapped_column(BigInteger)


class Rating(Model):
    """How often an answer was given for a village in a month. There is no row for an answer, only this count."""

    area: Mapped[str] = mapped_column(String(12), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    answer: Mapped[str] = mapped_column(String(6), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class StationFace(Model):
    """Where a township's service station is and how to reach it: what stands on its door, open to everybody."""

    __tablename__ = "station_face"
    township: Mapped[str] = mapped_column(String(9), primary_key=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(String(80), default="")
    changed_at: Mapped[int] = mapped_column(BigInteger)
    changed_by: Mapped[str] = mapped_column(String(36))
