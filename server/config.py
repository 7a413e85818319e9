"""Settings of one deployment: a frozen dataclass, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1 << 20


@dataclass(frozen=True)
class Settings:
    """Where things lie and how much is let in. Sizes are bytes."""

    data: Path = field(default_factory=lambda: Path("data"))
    database_url: str = ""
    page: Path = ROOT / "pwa" / "dist"
    rulebook: Path = ROOT / "server" / "rulebook"
    extra_forms: Path | None = None
    public_host: str = ""
    max_inflated: int = 2 * MIB
    max_body: int = 1 * MIB
    session_days: int = 30
    lease_days: int = 30

    @property
    def url(self) -> str:
        """The SQLAlchemy address of the database; SQLite in the data folder unless DATABASE_URL names another."""
        if not self.database_url:
            return f"sqlite:///{self.data.resolve() / 'suifang.db'}"
        for old in ("postgres://", "postgresql://"):
            if self.database_url.startswith(old):
                return "postgresql+psycopg://" + self.database_url.removeprefix(old)
        return self.database_url

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ, data: Path | None = None) -> Settings:
        """SUIFANG_DATA, DATABASE_URL, SUIFANG_PAGE (a built page), SUIFANG_PUBLIC_HOST, SUIFANG_EXTRA_FORMS, SUIFANG_LEASE_DAYS;
        an explicit folder wins.
        """
        extra = env.get("SUIFANG_EXTRA_FORMS")
        return cls(
            data=data or Path(env.get("SUIFANG_DATA", "data")),
            database_url=env.get("DATABASE_URL", ""),
            page=Path(env.get("SUIFANG_PAGE") or ROOT / "pwa" / "dist"),
            public_host=env.get("SUIFANG_PUBLIC_HOST", ""),
            extra_forms=Path(extra) if extra else None,
            lease_days=int(env.get("SUIFANG_LEASE_DAYS", "30")),
        )
