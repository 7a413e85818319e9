"""Alembic's entry: runs on the engine that is named, else the app's, in its context. A released migration is never edited."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import LargeBinary

from server import models  # noqa: F401  # fills the metadata
from server.extensions import db
from server.models.sealed import SealedBytes


def render_sealed(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Sealed columns are plain bytes to the database."""
    if kind == "type" and isinstance(item, SealedBytes):
        return f"sa.{LargeBinary.__name__}()"
    return False


def run() -> None:
    """All steps in one transaction, so that a failed migration leaves nothing behind."""
    with context.config.attributes.get("engine", db.engine).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_sealed,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
