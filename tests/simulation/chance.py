"""One seed decides everything: the server's clock is told, and what it draws at random comes from a seeded source."""

from __future__ import annotations

import random
import secrets
from datetime import datetime, tzinfo
from types import SimpleNamespace
from typing import Any

from server import clock

START = 1_793_000_000_000  # 2026-10-26


class Chance:
    """The time and the randomness of one simulated server."""

    def __init__(self) -> None:
        self.now = START
        self.source = random.Random(0)

    def install(self) -> None:
        """Put them in the place of the real ones, for this process."""
        told = self

        class Told(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return datetime.fromtimestamp(told.now / 1000, tz)

        clock.time = SimpleNamespace(time_ns=lambda: told.now * 1_000_000)  # type: ignore[assignment]
        clock.datetime = Told  # type: ignore[misc]
        secrets.token_bytes = lambda n=32: told.source.randbytes(n or 32)  # type: ignore[assignment]
        secrets.randbits = lambda n: told.source.getrandbits(n)

    def begin(self, seed: int, now: int = START) -> None:
        """A new life from this seed."""
        self.now = now
        self.source = random.Random(seed)
