"""Sunlight takes half of any contrast: text stands 7:1 against its ground and edges 3:1, by day, by night, in practice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "pwa" / "src" / "styles" / "tokens.css").read_text()
LOOKS = {
    "day": (":root",),
    "night": (":root", '[data-theme="dark"]'),
    "practice by day": (":root", "[data-drill]"),
    "practice by night": (":root", '[data-theme="dark"]', "[data-drill]", '[data-drill][data-theme="dark"]'),
}
GROUNDS = ("page", "paper", "sunk")
TEXT = [
    *((text, ground) for text in ("ink", "soft") for ground in GROUNDS),
    *((text, ground) for text in ("act", "ok", "late", "stop", "drill") for ground in ("paper", f"{text}-wash")),
    *(("ink", f"{tone}-wash") for tone in ("act", "ok", "late", "stop", "drill")),
    ("act-ink", "act"),
    ("plate-ink", "plate"),
]
EDGES = [(edge, ground) for edge in ("edge", "ring", "act") for ground in ("page", "paper")]


def worn(look: str) -> dict[str, str]:
    """The colours of a look, by token: a later block of it overrules an earlier one."""
    colours: dict[str, str] = {}
    for block in LOOKS[look]:
        found = re.search(rf"^{re.escape(block)} \{{(.*?)\}}", TOKENS, re.MULTILINE | re.DOTALL)
        assert found, block
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", found[1]))
    return colours


def light(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_weak(look: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    """Pairs of tokens that stand closer than `least` to one."""
    colours = worn(look)
    told = []
    for one, other in pairs:
        low, high = sorted((light(colours[one]), light(colours[other])))
        if (high + 0.05) / (low + 0.05) < least:
            told.append(f"{one} on {other}: {(high + 0.05) / (low + 0.05):.2f}")
    return told


@pytest.mark.parametrize("look", LOOKS)
def test_text_stands_seven_to_one_against_its_ground(look: str) -> None:
    assert too_weak(look, TEXT, 7) == []


@pytest.mark.parametrize("look", LOOKS)
def test_edges_stand_three_to_one_against_their_ground(look: str) -> None:
    assert too_weak(look, EDGES, 3) == []
