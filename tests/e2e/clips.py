"""What a phone's camera sees: a printed card on a table, filmed well and badly. Made with Pillow; 1280 × 720 MJPEG."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (1280, 720)
FRAMES = 8
TABLE = (96, 84, 70)


def film(card: Path, how: str, file: Path) -> Path:
    """A clip of the card's picture; `how` is a key of HOW."""
    with Image.open(card) as printed:
        scene = HOW[how](_on_table(printed.convert("RGB")))
    buffer, fresh = io.BytesIO(), file.with_suffix(".part")
    # Chromium takes a clip's levels for video levels (16 to 235) and would stretch a glare over half of the code.
    scene.point([16 + level * 219 // 255 for level in range(256)] * 3).save(buffer, "JPEG", quality=85)
    fresh.write_bytes(buffer.getvalue() * FRAMES)
    fresh.replace(file)  # a camera that still films the older clip keeps it
    return file


def _on_table(card: Image.Image, turn: float = 0) -> Image.Image:
    """The card in the middle of the picture, two thirds of its height."""
    scene = Image.new("RGB", SIZE, TABLE)
    width = round(card.width * 480 / card.height)
    small = card.resize((width, 480), Image.Resampling.LANCZOS).rotate(
        turn, expand=True, fillcolor=TABLE, resample=Image.Resampling.BICUBIC
    )
    scene.paste(small, ((SIZE[0] - small.width) // 2, (SIZE[1] - small.height) // 2))
    return scene


def _glossy(scene: Image.Image) -> Image.Image:
    """A lamp mirrored in the plastic: a bright, soft spot over a corner of the code."""
    spot = Image.new("L", SIZE, 0)
    ImageDraw.Draw(spot).ellipse((330, 120, 470, 220), fill=230)
    return Image.composite(Image.new("RGB", SIZE, "white"), scene, spot.filter(ImageFilter.GaussianBlur(14)))


HOW: dict[str, Callable[[Image.Image], Image.Image]] = {
    "straight": lambda scene: scene,
    "tilted": lambda scene: scene.rotate(17, fillcolor=TABLE, resample=Image.Resampling.BICUBIC),
    "dim": lambda scene: ImageEnhance.Contrast(ImageEnhance.Brightness(scene).enhance(0.3)).enhance(0.7),
    "blurred": lambda scene: scene.filter(ImageFilter.GaussianBlur(1.6)),
    "glossy": _glossy,
    "low resolution": lambda scene: scene.resize((640, 360)).resize(SIZE),
}
