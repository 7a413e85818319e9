"""What the desk itself keeps: leaves with a stand-in, pairs of people that were judged, workbooks that are being imported."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model
from server.models.sealed import Sealed, SealedJson


class Leave(Model):
    """Somebody stands in for a worker from day `first` to `last` (YYYY-MM-DD). `given`: [[role, area]] she got for it.

    `begun_at` and `ended_at` in ms: when the areas were given and taken back.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("worker.id"), index=True)
    stand_in: Mapped[str] = mapped_column(ForeignKey("worker.id"))
    first: Mapped[str] = mapped_column(String(10))
    last: Mapped[str] = mapped_column(String(10))
    given: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    begun_at: Mapped[int | None] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    made_by: Mapped[str | None] = mapped_column(String(36))


class Pair(Model):
    """Two persons who looked like one, `one` < `other` by id. `decision`: merged or distinct. Taking it back removes the row."""

    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    one: Mapped[str] = mapped_column(String(36), primary_key=True)
    other: Mapped[str] = mapped_column(String(36), primary_key=True)
    area: Mapped[str] = mapped_column(String(12))
    decision: Mapped[str] = mapped_column(String(8))
    decided_by: Mapped[str] = mapped_column(String(36))
    decided_at: Mapped[int] = mapped_column(BigInteger)


class Upload(Model):
    """A workbook on its way in. `state`: coming, reading, ready, writing, done, refused, dropped.

    `code` says why it was refused; `done` of `total` is how far the reading (bytes, then rows) or the writing (persons)
    is; `found` is what the preview or the import says. The file itself lies sealed in the data folder. Times in ms.
    """

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    township: Mapped[str] = mapped_column(String(9), index=True)
    made_by: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(Sealed("upload.name"))
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    code: Mapped[str | None] = mapped_column(String(40))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[int] = mapped_column(BigInteger)
    found: Mapped[Any] = mapped_column(SealedJson("upload.found"), nullable=True)
