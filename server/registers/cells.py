"""What stands in one cell, as people type it: blanks of every width, dates in five spellings, numbers that are text.

Pure. A cell comes from openpyxl as None, str, int, float, bool, date, datetime or time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

Cell = object
BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
UNSEEN = re.compile(r"[\u0000-\u001f\u007f\u200b-\u200f\u2060\ufeff\u00ad]")
AROUND_MARKS = re.compile(r"\s*([年月日./-])\s*")
FULL_DATE = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})[日号]?\.?(?:[\sT]*[\d:.]+)?")
MONTH_DATE = re.compile(r"(\d{4})\D+(\d{1,2})月?")
YEAR_DATE = re.compile(r"(\d{4})年?")
FIRST_YEAR = 1900
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of Excel's 1900 system for every day after February 1900
SERIALS = range(367, 80_000)  # from 1901 on; smaller numbers are years or mistakes

Vague = dict[str, int]
Day = str | Vague


@dataclass(frozen=True)
class BadDate(ValueError):
    """A cell that should be a date and is not one that exists."""

    text: str


def text_of(cell: Cell) -> str:
    """The cell as text: full-width forms made half-width, blanks at the ends gone; whole floats lose their `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return UNSEEN.sub("", unicodedata.normalize("NFKC", str(cell))).strip()


def squeezed(cell: Cell) -> str:
    """Like `text_of`, with no blank left inside either: codes, ID numbers, telephones, headers."""
    return BLANKS.sub("", text_of(cell))


def name_of(cell: Cell) -> str:
    """A name as it is written. Rare characters stay as they are (NFKC would replace some), blanks used as padding go."""
    raw = "" if cell is None else BLANKS.sub(" ", UNSEEN.sub("", str(cell))).strip()
    return raw if raw.isascii() else raw.replace(" ", "")


def digits_of(cell: Cell) -> str:
    """The first telephone number in the cell: its digits and a leading +; dashes and blanks go."""
    return re.sub(r"[^\d+]", "", re.split(r"[/、,;]", text_of(cell), maxsplit=1)[0])


def day_of(cell: Cell) -> Day | None:
    """A day as YYYY-MM-DD, a vague one as {year, month?}, None for a blank; raises BadDate.

    Read: real Excel dates, serial numbers, 2001年3月5日, 2001.3.5, 2001-3-5, 2001/3/5, 20010305, 200103, 2001年3月, 2001.
    """
    if isinstance(cell, datetime):
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day)
    text = text_of(cell)
    if not text:
        return None
    if text.isdecimal():
        return _from_number(text)
    return _from_words(AROUND_MARKS.sub(r"\1", text))


def _from_number(text: str) -> Day:
    if len(text) == 8:
        return _checked(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 6:
        return _vague(int(text[:4]), int(text[4:]))
    if len(text) == 4 and FIRST_YEAR <= int(text) <= 2999:
        return _vague(int(text))
    if int(text) in SERIALS:
        return (SERIAL_ZERO + timedelta(days=int(text))).isoformat()
    raise BadDate(text)


def _from_words(text: str) -> Day:
    if found := FULL_DATE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return _checked(year, month, day)
    if found := MONTH_DATE.fullmatch(text):
        return _vague(int(found[1]), int(found[2]))
    if found := YEAR_DATE.fullmatch(text):
        return _vague(int(found[1]))
    raise BadDate(text)


def _checked(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise BadDate(f"{year}-{month}-{day}") from error
    if year < FIRST_YEAR:
        raise BadDate(found.isoformat())
    return found.isoformat()


def _vague(year: int, month: int | None = None) -> Vague:
    if year < FIRST_YEAR or (month is not None and not 1 <= month <= 12):
        raise BadDate(f"{year}-{month}")
    return {"year": year} if month is None else {"year": year, "month": month}


def earliest(day: Day) -> str:
    """The first day that a date, vague or not, may mean."""
    if isinstance(day, str):
        return day
    return f"{day['year']:04}-{day.get('month', 1):02}-01"
