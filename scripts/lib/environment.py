"""The Python environment `.venv`, made from the committed lock files: every package by its hash."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from places import BIN, ROOT, VENV, CannotGoOn, call, read_json

RUN = "requirements.lock"
DEV = "requirements-dev.lock"
NODE = "requirements-node.lock"
STAMP = VENV / "suifang.json"
# A shebang has room for 127 bytes and no blank; this form, which venv uses itself, has no such limit.
COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from server.cli import main

sys.exit(main())
"""


def ready(lock: str) -> bool:
    """Whether `.venv` already holds what `lock` names."""
    return (BIN / "python").exists() and read_json(STAMP).get(lock) == _hash(lock)


def install(lock: str) -> None:
    """Make `.venv` if there is none and install `lock` into it; raises CannotGoOn with what to do."""
    if not (BIN / "python").exists():
        _make()
    if not _with_uv(lock):
        _with_pip(lock)
    _install_ourselves()
    held = read_json(STAMP) | {lock: _hash(lock)}
    if lock == DEV:  # it holds everything of the other
        held[RUN] = _hash(RUN)
    STAMP.write_text(json.dumps(held))


def _make() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    why = "Python could not make an environment. On Debian or Ubuntu: apt-get install python3-venv"
    call([sys.executable, "-m", "venv", VENV], why=why)


def _with_uv(lock: str) -> bool:
    """Install with uv, found or fetched; False when there is none or it could not."""
    try:
        uv = shutil.which("uv") or _fetched_uv()
        hashed = ["--require-hashes", "--compile-bytecode", "-r", ROOT / lock]
        command = [uv, "pip", "install", "--python", BIN / "python", *hashed]
        call(command, why="uv", timeout=300, env=os.environ | _index_of_pip() | {"UV_NO_PROGRESS": "1"})
    except CannotGoOn:
        return False
    return True


def _fetched_uv() -> str:
    if not (BIN / "uv").exists():
        _pip("requirements-uv.lock", timeout=60)
    return str(BIN / "uv")


def _index_of_pip() -> dict[str, str]:
    """uv does not read pip's settings; where pip was told a mirror, tell uv the same."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    command = [BIN / "python", "-m", "pip", "config", "get", "global.index-url"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    mirror = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}


def _with_pip(lock: str) -> None:
    _pip(lock, timeout=900)


def _pip(lock: str, timeout: float) -> None:
    why = f"The packages of {lock} could not be installed. Is there a network, and does pip reach its index?"
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    command = [BIN / "python", "-m", "pip", "install", *quiet, "--require-hashes", "-r", ROOT / lock]
    call(command, why=why, timeout=timeout)


def _install_ourselves() -> None:
    """Put this folder on the environment's path, say its version, make the `suifang` command; no build, no network."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = call([BIN / "python", "-c", question], why="The environment is broken; remove .venv and start again.")
    packages = Path(asked.strip())
    (packages / "suifang.pth").write_text(f"{ROOT}\n")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    for old in packages.glob("suifang-*.dist-info"):
        shutil.rmtree(old)
    facts = packages / f"suifang-{version}.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: suifang\nVersion: {version}\n")
    (facts / "INSTALLER").write_text("scripts/run\n")
    command = BIN / "suifang"
    command.write_text(COMMAND.format(python=BIN / "python"))
    command.chmod(0o755)
    call([BIN / "python", "-m", "compileall", "-q", ROOT / "server"], why="Python could not read the server's sources.")


def _hash(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()
