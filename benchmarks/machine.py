"""What the figures were measured on, in general words: nothing that names a machine or a place."""

from __future__ import annotations

import os
import platform
import sqlite3
from typing import Any


def describe() -> dict[str, Any]:
    """Cores, memory in GiB, versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(), "memory_gib": round(memory), "system": platform.system(),
        "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
    }  # fmt: skip
