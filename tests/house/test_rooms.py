"""What keeps the house in order and no linter checks."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [*sorted(ROOT.glob("requirements*.lock")), ROOT / "pwa" / "package-lock.json"]


@pytest.mark.parametrize("module", sorted((ROOT / "server" / "rules").glob("*.py")), ids=lambda path: path.stem)
def test_rules_import_the_standard_library_alone(module: Path) -> None:
    assert {name for name in imported(module) if name not in sys.stdlib_module_names} <= {"server.rules"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_names_no_registry(lock: Path) -> None:
    text = lock.read_text()
    urls = re.findall(r'"resolved"|--(?:extra-)?index-url|@ https?://|^https?://', text, re.MULTILINE)
    assert urls == []


def imported(module: Path) -> set[str]:
    """Top-level names of the modules a file imports; ours with their room, e.g. {"json", "server.rules"}."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            found |= {room(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("server.rules" if node.level else room(f"{node.module}.{node.names[0].name}"))
    return found


def room(name: str) -> str:
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "server" else parts[0]
