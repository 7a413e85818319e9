"""Pictures of what a test saw, kept where SUIFANG_PICTURES says; small, since they lie in the repository."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

COLOURS = 128


def keep(page: Page, name: str) -> None:
    """Take what stands on the glass as NAME.png, if pictures are wanted."""
    folder = os.environ.get("SUIFANG_PICTURES")
    if folder:
        save(page.screenshot(animations="disabled"), Path(folder) / f"{name}.png")


def save(shot: bytes, path: Path) -> None:
    """A PNG with a palette: a page of few colours needs no more, and takes a third of the bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
