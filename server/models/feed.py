"""Feeds (area × audience) with their dense counters, their rows, and the prepared snapshots."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import SealedBytes

AUDIENCES = ("common", "clinical", "stock", "own", "ref")


class Feed(Model):
    """`seq` is the newest number given out, `h` the hash chain's head there. The row's lock is the feed's lock.

    `area` is a village, township or county code, `worker:<id>` or `ref`.
    """

    __table_args__ = (
        UniqueConstraint("county", "area", "audience"),
        {"postgresql_with": {"fillfactor": 50}},
    )
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    area: Mapped[str] = mapped_column(String(48))
    audience: Mapped[str] = mapped_column(String(10))
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    h: Mapped[bytes] = mapped_column(LargeBinary(8), default=bytes(8))


class FeedRow(Model):
    """Place `seq` of a feed holds event `event_id`. A hidden row keeps its place and its event's digest, not its body."""

    __tablename__ = "feed_row"
    __table_args__ = {"sqlite_with_rowid": False}
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    feed_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(36), index=True)
    hidden: Mapped[bool] = mapped_column(default=False)


class Snapshot(Model):
    """A feed's compacted state at `seq` with chain head `h`; `chunks` is [{sha, bytes}] in order. Time in ms."""

    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    feed_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    h: Mapped[bytes] = mapped_column(LargeBinary(8))
    chunks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_at: Mapped[int] = mapped_column(BigInteger)


class SnapshotChunk(Model):
    """One gzip chunk of a snapshot, sealed."""

    __tablename__ = "snapshot_chunk"
    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    feed_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(SealedBytes("snapshot.chunk"))
