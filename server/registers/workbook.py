"""Read a township's register: find sheet and header, then read row by row. Pure and streaming; memory does not grow
with the rows' XML, only with the people in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from server.registers import archive, words
from server.registers.cells import BadDate, day_of, earliest, text_of
from server.registers.columns import Header, Row, find_header
from server.registers.lines import Doubt, LeftOut, Line, Passed, Reader

MAX_COLUMNS = 200
TITLE_ROWS = 20
EVERY = 500
TITLE_DAY = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}")
TITLE_TOWN = re.compile(r"([\u3400-\u9fff]{1,12}?(?:镇|乡|街道|苏木))")
FEW, MANY = 3, 20

Progress = Callable[[int], None]
Imported = Mapping[str, Mapping[str, str]]


@dataclass
class Register:
    """What a workbook says. `dated` is the day in its title, `town` the township's name there; `unknown` names columns
    that were left out, `other_sheets` sheets that were not read, `passed_over` counts blank and subtotal rows."""

    sheet: str
    header: Header
    dated: str | None
    town: str | None
    other_sheets: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    passed_over: int = 0

    @property
    def villages(self) -> list[str]:
        """Names in the register's own order."""
        return list(dict.fromkeys(line.village for line in self.lines))


def read(
    path: Path, today: str, imported: Imported, villages: Sequence[str] = (), progress: Progress = lambda _: None
) -> Register:
    """The register in an .xlsx file. `imported`: the rulebook's words for coded columns. `villages`: names known to be
    villages however few rows carry them.

    Raises archive.WorkbookRefused and then nothing was read; rows that cannot be taken stand in `left_out`.
    """
    merged = archive.check(path)
    with _opened(path) as book:
        register, sheet = _choose(book)
        latest = max(today, register.dated or today)
        reader = Reader(register.header.places, words.meanings(imported), latest)
        filled = _filled(_rows(sheet, register.header.width), merged.get(sheet._worksheet_path, set()))
        _take(register, reader, filled, progress)
    _leave_out_slips(register, set(villages))
    _leave_out_doubles(register)
    register.left_out.sort(key=lambda one: one.row)
    return register


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """openpyxl's book, read-only."""
    from openpyxl import load_workbook  # 0.2 s that the other verbs need not pay

    with path.open("rb") as file:
        with _stumbling():
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        yield book


@contextmanager
def _stumbling() -> Iterator[None]:
    """Whatever openpyxl stumbles over inside a file means that the file is broken."""
    try:
        yield
    except (*archive.DAMAGE, LookupError, TypeError, AttributeError, SyntaxError, ArithmeticError) as error:
        message = "表格读不出来，请用 Excel 打开后另存一份 The workbook cannot be read: save it anew"
        raise archive.refuse("broken_workbook", message) from error


def _choose(book: Any) -> tuple[Register, Any]:
    """The sheet whose header names the most columns, and what its title says."""
    found = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the file's own word on its size may lie
        top = list(islice(_rows(sheet), TITLE_ROWS))
        if header := find_header(top):
            found.append((not header.missing, len(header.places), header, top, sheet))
    if not found:
        raise archive.refuse("no_header", "没有找到表头（村、户编号、姓名…） No header row was found")
    _, _, header, top, sheet = max(found, key=lambda one: one[:2])
    if header.missing:
        names = "、".join(column.zh for column in words.columns() if column.field in header.missing)
        raise archive.refuse("columns_missing", f"缺少列：{names} Columns are missing")
    others = tuple(other.title for other in book.worksheets if other is not sheet)
    title = " ".join(text_of(cell) for row in top[: header.row - 1] for cell in row if cell is not None)
    return Register(sheet.title, header, _day_in(title), _town_in(title), others), sheet


def _rows(sheet: Any, width: int = MAX_COLUMNS + 1) -> Iterator[Row]:
    """All rows from Excel's row 1, missing ones as blanks; hidden rows are rows."""
    rows: Iterator[tuple[int, Row]] = enumerate(sheet.iter_rows(values_only=True, max_col=width), start=1)
    while True:
        with _stumbling():
            number, row = next(rows, (0, ()))
        if not number:
            return
        if number > archive.MAX_ROWS:
            raise archive.too_many_rows()
        if len(row) > MAX_COLUMNS and row[-1] is not None:
            raise archive.refuse("too_many_columns", f"表格超过 {MAX_COLUMNS} 列 Too many columns")
        yield row


def _filled(rows: Iterator[Row], merged: set[tuple[str, int, int]]) -> Iterator[Row]:
    """Rows in which a cell that was merged downwards (a village, a household) speaks for all its rows; blank rows stay."""
    from openpyxl.utils import column_index_from_string

    below: dict[int, list[tuple[int, int]]] = {}
    for letters, top, bottom in merged:
        below.setdefault(top, []).append((column_index_from_string(letters) - 1, bottom))
    held: dict[int, tuple[object, int]] = {}
    for number, row in enumerate(rows, start=1):
        held = {place: (value, last) for place, (value, last) in held.items() if last >= number}
        if held and any(cell is not None for cell in row):
            row = [held[n][0] if cell is None and n in held else cell for n, cell in enumerate(row)]
        held |= {place: (row[place], last) for place, last in below.get(number, []) if place < len(row)}
        yield row


def _take(register: Register, reader: Reader, rows: Iterator[Row], progress: Progress) -> None:
    """Read every row below the header into the register."""
    for number, cells in enumerate(rows, start=1):
        if number <= register.header.row:
            continue
        found = Passed.OVER if not any(cell is not None for cell in cells) else reader.read(number, cells)
        if isinstance(found, Line):
            register.lines.append(found)
            register.doubts.extend(found.doubts)
        elif isinstance(found, LeftOut):
            register.left_out.append(found)
        else:
            register.passed_over += 1
        if number % EVERY == 0:
            progress(len(register.lines))
    progress(len(register.lines))


def _leave_out_slips(register: Register, known: set[str]) -> None:
    """A name that one or two households carry among villages of many is a slip of the pen, not a village."""
    doors = Counter(village for village, _ in {line.household for line in register.lines})
    large = [count for count in doors.values() if count >= FEW]
    if not large or median(large) < MANY:
        return
    slips = {village for village, count in doors.items() if count < FEW and village not in known}
    register.left_out += [
        LeftOut(line.row, "unknown_village", "village") for line in register.lines if line.village in slips
    ]
    register.lines = [line for line in register.lines if line.village not in slips]


def _leave_out_doubles(register: Register) -> None:
    """The same ID number a second time, or the same name and birth in one household, is left out; the first stays."""
    seen: set[object] = set()
    kept: list[Line] = []
    for line in register.lines:
        key, code = key_of(line)
        if key in seen:
            register.left_out.append(LeftOut(line.row, code, "id_number" if code == "duplicate_id" else "name"))
        else:
            seen.add(key)
            kept.append(line)
    register.lines = kept


def key_of(line: Line) -> tuple[object, str]:
    """What makes two rows one person, and the code to say so."""
    if line.person.get("id_number"):
        return line.person["id_number"], "duplicate_id"
    return (line.household, line.person["name"], str(line.person.get("birth"))), "duplicate_person"


def _day_in(title: str) -> str | None:
    found = TITLE_DAY.search(title)
    try:
        day = day_of(found[0]) if found else None
    except BadDate:
        return None
    return earliest(day) if day else None


def _town_in(title: str) -> str | None:
    found = TITLE_TOWN.search(title)
    return found[1] if found else None
