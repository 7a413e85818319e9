"""A card's QR: the address in the smallest code that holds it, and its face as a picture for a card printer."""

from __future__ import annotations

from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

from server.cards.sheets import Printed

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-card.ttf"
BORDER = 4  # modules of quiet zone, as ISO/IEC 18004 asks
WORDS = ("服务卡", "Service card", "凭卡到服务站，自愿使用", "Yours to use, or not")
DPI = 300
WIDTH, HEIGHT = round(85.6 / 25.4 * DPI), round(53.98 / 25.4 * DPI)  # ID-1, ISO/IEC 7810


def modules(address: str) -> list[list[bool]]:
    """The QR's modules with its quiet zone, error level M. All but the # is alphanumeric."""
    head, mark, code = address.partition("#")
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    drawn.add_data(QRData(head, MODE_ALPHA_NUM))
    drawn.add_data(QRData(mark, MODE_8BIT_BYTE))
    drawn.add_data(QRData(code, MODE_ALPHA_NUM))
    drawn.make()
    return [[bool(dark) for dark in row] for row in drawn.get_matrix()]


def spaced(number: str) -> str:
    """The printed number in threes, as it is read out."""
    return " ".join(number[at : at + 3] for at in range(0, len(number), 3))


def face(card: Printed) -> Image.Image:
    """One card as a 300 dpi picture of ID-1 size, black on white."""
    picture = Image.new("1", (WIDTH, HEIGHT), 1)
    code = _code(card.address, HEIGHT)
    picture.paste(code, (0, (HEIGHT - code.height) // 2))
    pen, left, top = ImageDraw.Draw(picture), code.width + 10, 120
    for words, size in zip(WORDS, (72, 40, 30, 30), strict=True):
        pen.text((left, top), words, font=ImageFont.truetype(str(FONT), size), fill=0)
        top += size + 24
    pen.text((left, HEIGHT - 130), spaced(card.number), font=ImageFont.truetype(str(FONT), 56), fill=0)
    return picture


def _code(address: str, room: int) -> Image.Image:
    """The QR with whole dots a module, as large as fits."""
    rows = modules(address)
    dots = room // len(rows)
    small = Image.new("1", (len(rows), len(rows)))
    small.putdata([0 if dark else 1 for row in rows for dark in row])
    return small.resize((len(rows) * dots, len(rows) * dots), Image.Resampling.NEAREST)
