"""scripts/pictures: play the demo in the real app and take every picture of docs/pictures anew."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import browser
import environment
import page
from places import BIN, ROOT, CannotGoOn, Steps, keep_bytecode

FOLDER = ROOT / "docs" / "pictures"


def main() -> int:
    keep_bytecode()
    parser = argparse.ArgumentParser(prog="scripts/pictures", description="Takes the pictures of the guide anew.")
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="DIR", help="where to (default: docs/pictures)")
    wanted = parser.parse_args()
    try:
        env = _prepare()
    except CannotGoOn as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    command = [str(BIN / "python"), "-m", "tests.e2e.pictures", str(wanted.to.resolve())]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _prepare() -> dict[str, str]:
    """Everything the browser tests need; answers the environment to take pictures in."""
    steps = Steps(4)
    steps.begin("Python packages")
    if not environment.ready(environment.DEV):
        environment.install(environment.DEV)
    steps.begin("Node and the packages of the page")
    node = page.find_node()
    page.install_packages(node)
    steps.begin("Page")
    if not page.built():
        page.build(node)
    steps.begin("Browser and Chinese font")
    return os.environ | page.with_node(node) | {"SUIFANG_CHROMIUM": browser.prepare(), "PYTHONDONTWRITEBYTECODE": "1"}


if __name__ == "__main__":
    sys.exit(main())
