"""A copy of the workbook in which each row that was not taken says why: a new last column 导入说明, and colour."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from server.registers.lines import Doubt, LeftOut
from server.registers.workbook import Register

HEADING = "导入说明"
LEFT_OUT, DOUBTED = "FFFFC7CE", "FFFFEB9C"
WIDTH = 60
MOST_ROWS = 40_000  # a workbook is held in memory whole to be marked


def write(source: Path, target: Path, register: Register, words: Mapping[str, str]) -> None:
    """Write the marked copy of `source` to `target`; the source stays as it is. `words`: {code: sentence}.

    Raises OSError when the target cannot be written.
    """
    from openpyxl import load_workbook  # only when something is to be marked

    with source.open("rb") as file:
        book = load_workbook(file, keep_links=False)
    sheet = book[register.sheet]
    column = _free_column(sheet, register.header.row)
    _mark(sheet, column, register, words)
    book.save(target)


def _free_column(sheet: Any, header: int) -> int:
    """The column after the last; one that an earlier marked copy made is emptied and used again."""
    from openpyxl.utils import get_column_letter

    column = next((int(cell.column) for cell in sheet[header] if cell.value == HEADING), int(sheet.max_column) + 1)
    for row in range(header + 1, int(sheet.max_row) + 1):
        if (row, column) in sheet._cells:
            del sheet._cells[row, column]
    sheet.cell(header, column, HEADING)
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    return column


def _mark(sheet: Any, column: int, register: Register, words: Mapping[str, str]) -> None:
    """Say it in the column, and colour the cell it is about."""
    from openpyxl.styles import PatternFill

    fills = {LeftOut: PatternFill("solid", fgColor=LEFT_OUT), Doubt: PatternFill("solid", fgColor=DOUBTED)}
    remarks: list[LeftOut | Doubt] = [*register.doubts, *register.left_out]
    for one in remarks:
        sheet.cell(one.row, column, words.get(one.code, one.code)).fill = fills[type(one)]
        if one.field in register.header.places:
            sheet.cell(one.row, register.header.places[one.field] + 1).fill = fills[type(one)]
