"""A Chromium and a Chinese font for the browser tests: what is installed, else from the system's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from places import BIN, CannotGoOn, call

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FONT = "fonts-wqy-microhei"


def prepare() -> str:
    """The path of a Chromium; installs it and a Chinese font where they are missing, or raises CannotGoOn."""
    missing = [*([] if find() else ["chromium"]), *([] if has_chinese_font() else [FONT])]
    if missing and not _by_apt(missing) and not find():
        _by_playwright()
    browser = find()
    if browser is None:
        raise CannotGoOn(
            "No Chromium for the browser tests. Install Chromium or Chrome, or set SUIFANG_CHROMIUM to its path."
        )
    return browser


def find() -> str | None:
    """The path of an installed Chromium or Chrome; SUIFANG_CHROMIUM wins."""
    named = os.environ.get("SUIFANG_CHROMIUM")
    found = [named, *(shutil.which(name) for name in NAMES), *PLACES, _playwrights_own()]
    return next((path for path in found if path and Path(path).exists()), None)


def has_chinese_font() -> bool:
    """Whether the page's Chinese shows; where fonts cannot be listed (macOS), it does."""
    lister = shutil.which("fc-list")
    if lister is None:
        return os.uname().sysname == "Darwin"
    asked = subprocess.run([lister, ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(asked.stdout.strip())


def _by_apt(packages: list[str]) -> bool:
    """Install Debian packages as root or with a sudo that asks nothing; False where that is not possible."""
    if shutil.which("apt-get") is None:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    options = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "timeout": 600, "why": "apt-get"}
    try:
        call([*root, "apt-get", "update", "-qq"], **options)
        call([*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], **options)
    except CannotGoOn:
        return False
    return True


def _by_playwright() -> None:
    call([BIN / "playwright", "install", "chromium"], why="Playwright could not fetch a Chromium.", timeout=600)


def _playwrights_own() -> str | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return next((str(path) for path in sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), None)
