"""The command line as an operator has it: in this process for speed, and as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import main

SUIFANG = Path(sys.executable).with_name("suifang")


@dataclass(frozen=True)
class Said:
    """How a verb ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)


Suifang = Callable[..., Said]


@pytest.fixture
def suifang(blank_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Suifang:
    """`suifang("figure", "x")` on an empty deployment of this test alone; words may be paths."""
    monkeypatch.setenv("DATABASE_URL", blank_database_url)

    def run(*words: object) -> Said:
        done = CliRunner().invoke(main, [*map(str, words), "--data", str(tmp_path / "data")], catch_exceptions=False)
        return Said(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def program(tmp_path: Path) -> Suifang:
    """The same as a program of its own, with SQLite in a data folder that is not there yet."""

    def run(*words: object) -> Said:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SUIFANG_DATA")}
        command = [str(SUIFANG), *map(str, words)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, cwd=tmp_path, check=False)
        return Said(done.returncode, done.stdout, done.stderr)

    return run
