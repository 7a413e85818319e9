"""Service cards: the keys that sign them, the sheets that were printed, and what is in force no more.

There is no table of cards: a card is told by its signature, and whose it is by a record that links it. These tables are
the deployment's, for all its counties; they stay small.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedBytes

KEY_STATES = ("active", "retired", "revoked")
REVOKED_KINDS = ("card", "sheet")


class CardKey(Model):
    """A P-256 key that signs cards. Days are counted from 1970. `distrust_from`: cards issued on or after it are not
    believed though the key verifies them (revoked keys); a retired key signs no more but its cards stay good."""

    __tablename__ = "card_key"
    kid: Mapped[str] = mapped_column(String(8), primary_key=True)
    public: Mapped[dict[str, str]] = mapped_column(JSON)
    private: Mapped[bytes] = mapped_column(SealedBytes("card_key.private"))
    state: Mapped[str] = mapped_column(String(8), default="active")
    not_before: Mapped[int]
    not_after: Mapped[int]
    distrust_from: Mapped[int | None]
    created_at: Mapped[int] = mapped_column(BigInteger)


class CardSheet(Model):
    """One A4 of ten cards that was printed. `prefix`: the first four bytes of its cards' ids; `number`: as printed.

    `township`: whose desk printed it; null for the command line's.
    """

    __tablename__ = "card_sheet"
    prefix: Mapped[bytes] = mapped_column(LargeBinary(4), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    kid: Mapped[str] = mapped_column(String(8))
    issued: Mapped[int]
    expires: Mapped[int]
    printed_at: Mapped[int] = mapped_column(BigInteger)
    township: Mapped[str | None] = mapped_column(String(9))


class CardRevocation(Model):
    """A card (the first eight bytes of its id) or a sheet (its four) that is in force no more. `list_number`: the
    signed list that told it first."""

    __tablename__ = "card_revocation"
    value: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(5))
    list_number: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[int] = mapped_column(BigInteger)


class CardList(Model):
    """One row: the number of the newest signed list; it only grows."""

    __tablename__ = "card_list"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)


class CardSighting(Model):
    """A card was shown or given, in a township, at a time (ms). `holder`: `linking.guest_of` of its id.

    `event`: the record it led to; of a scan that led to none a name made of the other columns, its time is of ten minutes.

    It is kept for `sighting_days` and only so that one card in two townships within an hour can be raised; no finer place.
    """

    __tablename__ = "card_sighting"
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    event: Mapped[str] = mapped_column(String(36), primary_key=True)
    holder: Mapped[str] = mapped_column(String(36), index=True)
    township: Mapped[str] = mapped_column(String(9))
    at: Mapped[int] = mapped_column(BigInteger)


class CardCount(Model):
    """How many cards were held out in a township on a day, whatever it led to. `day`: YYYY-MM-DD."""

    __tablename__ = "card_count"
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    township: Mapped[str] = mapped_column(String(9), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    n: Mapped[int]
