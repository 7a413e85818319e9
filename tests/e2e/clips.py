"""What a phone's camera sees: a printed card on a table, filmed well and badly. Made with Pillow; 1280 × 720 MJPEG."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (1280, 720)
FRAMES = 8
TABLE = (96, 84, 70)


def film(card: Path, how: str, file: Path, strength: float = 1) -> Path:
    """A clip of the card's picture; `how` is a key of HOW, `strength` how badly."""
    fresh = file.with_suffix(".part")
    fresh.write_bytes(scene(card, how, strength) * FRAMES)
    fresh.replace(file)  # a camera that still films the older clip keeps it
    return file


def scene(card: Path, how: str, strength: float = 1) -> bytes:
    """One frame of that clip, as JPEG."""
    with Image.open(card) as printed:
        seen = HOW[how](_on_table(printed.convert("RGB")), strength)
    buffer = io.BytesIO()
    # Chromium takes a clip's levels for video levels (16 to 235) and would stretch a glare over half of the code.
    seen.point([16 + level * 219 // 255 for level in range(256)] * 3).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def code_saying(text: str, file: Path) -> Path:
    """A picture as large as a card's with somebody else's code on it."""
    paper = Image.new("RGB", (1011, 638), "white")
    if text:
        paper.paste(qrcode.make(text).get_image().convert("RGB").resize((600, 600), Image.Resampling.NEAREST), (20, 19))
    paper.save(file)
    return file


def _on_table(card: Image.Image) -> Image.Image:
    """The card in the middle of the picture, two thirds of its height."""
    seen = Image.new("RGB", SIZE, TABLE)
    small = card.resize((round(card.width * 480 / card.height), 480), Image.Resampling.LANCZOS)
    seen.paste(small, ((SIZE[0] - small.width) // 2, (SIZE[1] - small.height) // 2))
    return seen


def _tilted(seen: Image.Image, strength: float) -> Image.Image:
    """Farther away the more it is turned, so that all of it stays in the picture."""
    turned = seen.rotate(17 * strength, fillcolor=TABLE, resample=Image.Resampling.BICUBIC, expand=strength > 1)
    if strength > 1:
        turned.thumbnail(SIZE)
    scene = Image.new("RGB", SIZE, TABLE)
    scene.paste(turned, ((SIZE[0] - turned.width) // 2, (SIZE[1] - turned.height) // 2))
    return scene


def _dim(seen: Image.Image, strength: float) -> Image.Image:
    return ImageEnhance.Contrast(ImageEnhance.Brightness(seen).enhance(0.3 / strength)).enhance(0.7)


def _blurred(seen: Image.Image, strength: float) -> Image.Image:
    return seen.filter(ImageFilter.GaussianBlur(1.6 * strength))


def _glossy(seen: Image.Image, strength: float) -> Image.Image:
    """A lamp mirrored in the plastic: a bright, soft spot over a corner of the code."""
    spot = Image.new("L", SIZE, 0)
    ImageDraw.Draw(spot).ellipse((330, 120, 330 + 140 * strength, 120 + 100 * strength), fill=230)
    return Image.composite(Image.new("RGB", SIZE, "white"), seen, spot.filter(ImageFilter.GaussianBlur(14)))


def _coarse(seen: Image.Image, strength: float) -> Image.Image:
    return seen.resize((round(640 / strength), round(360 / strength))).resize(SIZE)


HOW: dict[str, Callable[[Image.Image, float], Image.Image]] = {
    "straight": lambda seen, _: seen,
    "tilted": _tilted,
    "dim": _dim,
    "blurred": _blurred,
    "glossy": _glossy,
    "low resolution": _coarse,
}
