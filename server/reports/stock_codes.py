"""The code on a document of stock, for its receiver's phone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from server.rules.document import text_of

BORDER = 4  # modules of quiet zone, as ISO/IEC 18004 asks
MASK = 2  # any of the eight can be read; trying them all takes eight times as long


def code_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """{side: modules with the quiet zone, path: the dark ones as an SVG path, one unit a module}."""
    return _drawn(text_of(document))


@lru_cache(maxsize=256)
def _drawn(text: str) -> dict[str, Any]:
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=BORDER, mask_pattern=MASK)
    drawn.add_data(text)
    drawn.make()
    rows = drawn.get_matrix()
    return {"side": len(rows), "path": "".join(_row(y, row) for y, row in enumerate(rows))}


def _row(y: int, row: list[bool]) -> str:
    """Neighbours drawn as one."""
    found, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        found += f"M{x} {y}h{width}v1h-{width}z" if dark else ""
        x += width
    return found
