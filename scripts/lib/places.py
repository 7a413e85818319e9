"""Where things lie, and how a step is told: shared by the scripts."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PWA = ROOT / "pwa"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
CACHE = ROOT / ".cache"


class CannotGoOn(Exception):
    """Something is missing that the user can do something about; its text says what."""


class Steps:
    """Numbered progress on standard error: `[2/6] Node …`."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def begin(self, words: str) -> None:
        self.done += 1
        print(f"[{self.done}/{self.total}] {words}", file=sys.stderr, flush=True)


def call(command: Sequence[str | Path], *, why: str, timeout: float | None = None, **options: object) -> str:
    """Run a program and answer what it printed; when it fails, raise CannotGoOn with `why` and its last lines."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout, check=False, **options
        )  # type: ignore[call-overload]
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotGoOn(f"{why}\n  {error}") from error
    if done.returncode:
        tail = "\n  ".join(done.stdout.strip().splitlines()[-25:])
        raise CannotGoOn(f"{why}\n  $ {' '.join(words)}\n  {tail}")
    return str(done.stdout)


def keep_bytecode() -> None:
    """Let Python keep what it compiles, whatever the shell says: else each start compiles SQLAlchemy anew, for seconds."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def digest_of(paths: Iterable[Path]) -> str:
    """One hash over names and contents of files, so that a step runs again exactly when they changed."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(ROOT).as_posix()} {content}\n".encode())
    return total.hexdigest()


def remembered(name: str) -> str:
    """What the step `name` left when it last finished; empty when it never did."""
    stamp = CACHE / f"{name}.stamp"
    return stamp.read_text() if stamp.exists() else ""


def remember(name: str, value: str) -> None:
    CACHE.mkdir(exist_ok=True)
    (CACHE / f"{name}.stamp").write_text(value)


def forget(name: str) -> None:
    (CACHE / f"{name}.stamp").unlink(missing_ok=True)


def read_json(path: Path) -> dict[str, str]:
    """A small JSON object from a file; empty when there is none or it is broken."""
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}
