"""Lighthouse on the sign-in page, with the browser that the tests use. Fetched by npx for the run, never a part of the app."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from benchmarks.server import Deployment
from tests.e2e.conftest import NAMES

# The newest that runs on Node 20; Apache-2.0.
PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic"


def find_chromium() -> str:
    """The path of a Chromium; raises RuntimeError with what to do."""
    found = os.environ.get("SUIFANG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError("no Chromium: scripts/test installs one, or set SUIFANG_CHROMIUM to its path")
    return found


def measure(chromium: str, folder: Path) -> dict[str, float]:
    """Points of 100 by category for a phone as Lighthouse imagines it; empty where npx cannot fetch it."""
    (folder / "data").mkdir(parents=True)
    deployment = Deployment(folder / "data")
    deployment.start()
    report = folder / "report.json"
    command = [
        "npx", "--yes", PACKAGE, f"http://localhost:{deployment.ports[0]}/app/", "--quiet", "--output=json",
        f"--output-path={report}", f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=False, timeout=300, env=os.environ | {"CHROME_PATH": chromium})
    except (OSError, subprocess.TimeoutExpired):
        return {}
    finally:
        deployment.stop()
    if not report.exists():
        return {}
    found = json.loads(report.read_text())["categories"]
    return {name: round(found[name]["score"] * 100) for name in CATEGORIES if found[name]["score"] is not None}
