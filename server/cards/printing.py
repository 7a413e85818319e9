"""Sheets as a PDF: A4, ten cards of ID-1 size, cut marks, the font embedded; black on white, nothing to tell what for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from server.cards.drawing import FONT, WORDS, modules, spaced
from server.cards.sheets import Printed, Sheet

NAME = "NotoSansSC-card"
WIDTH, HEIGHT = 85.6 * mm, 53.98 * mm  # ID-1, ISO/IEC 7810
COLUMNS, ROWS = 2, 5
LEFT, BOTTOM = (A4[0] - COLUMNS * WIDTH) / 2, (A4[1] - ROWS * HEIGHT) / 2
MARK = 4 * mm
QR = 46 * mm


def write(file: Path | BinaryIO, sheets: Iterable[Sheet]) -> int:
    """Draw the sheets as they come; answers how many pages there are."""
    pdfmetrics.registerFont(TTFont(NAME, str(FONT)))
    canvas, pages = Canvas(str(file) if isinstance(file, Path) else file, pagesize=A4, pageCompression=1), 0
    canvas.setTitle(WORDS[1])
    for sheet in sheets:
        _page(canvas, sheet)
        canvas.showPage()
        pages += 1
    canvas.save()
    return pages


def _page(canvas: Canvas, sheet: Sheet) -> None:
    for at, card in enumerate(sheet.cards):
        column, row = at % COLUMNS, at // COLUMNS
        _card(canvas, card, LEFT + column * WIDTH, BOTTOM + (ROWS - 1 - row) * HEIGHT)
    _cut_marks(canvas)
    canvas.setFont(NAME, 8)
    canvas.drawCentredString(A4[0] / 2, BOTTOM - 2.2 * MARK, f"No. {sheet.number:06}")


def _card(canvas: Canvas, card: Printed, left: float, bottom: float) -> None:
    _qr(canvas, card.address, left + 2 * mm, bottom + (HEIGHT - QR) / 2)
    x, top = left + QR + 4 * mm, bottom + HEIGHT
    for words, size, down in zip(WORDS, (16, 9, 7, 7), (14, 20, 30, 34), strict=True):
        canvas.setFont(NAME, size)
        canvas.drawString(x, top - down * mm, words)
    canvas.setFont(NAME, 12)
    canvas.drawString(x, bottom + 7 * mm, spaced(card.number))


def _qr(canvas: Canvas, address: str, left: float, bottom: float) -> None:
    """Dark modules as one filled path, neighbours in a row drawn as one."""
    rows = modules(address)
    side = QR / len(rows)
    path = canvas.beginPath()
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                path.rect(left + x * side, bottom + QR - (y + 1) * side, width * side, side)
            x += width
    canvas.drawPath(path, stroke=0, fill=1)


def _cut_marks(canvas: Canvas) -> None:
    canvas.setLineWidth(0.25)
    right, top = LEFT + COLUMNS * WIDTH, BOTTOM + ROWS * HEIGHT
    for column in range(COLUMNS + 1):
        x = LEFT + column * WIDTH
        canvas.line(x, top + MARK / 4, x, top + MARK)
        canvas.line(x, BOTTOM - MARK, x, BOTTOM - MARK / 4)
    for row in range(ROWS + 1):
        y = BOTTOM + row * HEIGHT
        canvas.line(LEFT - MARK, y, LEFT - MARK / 4, y)
        canvas.line(right + MARK / 4, y, right + MARK, y)
