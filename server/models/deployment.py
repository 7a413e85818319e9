"""The one row that says which life of the deployment this database belongs to."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from server.extensions import Model


class Deployment(Model):
    """`epoch` must be the one in the file beside the database; a backup's copy carries another. Time in ms."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(String(16))
    since: Mapped[int] = mapped_column(BigInteger)
