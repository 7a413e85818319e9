"""Bring a database to today's tables, and say quickly whether it has them: Alembic costs a second to load, so a server
that starts on current tables never loads it.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from server.extensions import db

FOLDER = Path(__file__).parent / "migrations"
REVISION = re.compile(r"^revision(?:: str)? = ['\"](\w+)['\"]", re.M)


def newest() -> str:
    """The number of the newest migration; they are numbered 0001, 0002, …"""
    return max(match[1] for path in (FOLDER / "versions").glob("*.py") if (match := REVISION.search(path.read_text())))


def at_head(engine: Engine | None = None) -> bool:
    """Whether a database, that of the app at work unless another is named, has today's tables."""
    with (engine or db.engine).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest()


def to_head(engine: Engine | None = None, revision: str = "head") -> bool:
    """Migrate when that is needed, as far as `revision`; answers whether it was."""
    if at_head(engine):
        return False
    from alembic import command  # loaded only when there is something to migrate
    from alembic.config import Config

    config = Config(attributes={"configure_logger": False, "engine": engine or db.engine})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, revision)
    return True
