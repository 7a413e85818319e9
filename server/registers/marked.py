"""A copy of the workbook in which every row that was not taken says why, in a new last column 导入说明 and in colour."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from server.registers.lines import Doubt, LeftOut
from server.registers.workbook import Register

HEADING = "导入说明"
LEFT_OUT, DOUBTED = "FFFFC7CE", "FFFFEB9C"
WHY = {
    "missing_name": "未导入：缺姓名 Not taken: no name",
    "unknown_village": "未导入：没有这个村 Not taken: in no known village",
    "missing_household": "未导入：缺户编号 Not taken: no household number",
    "bad_date": "未导入：日期不存在或在今后 Not taken: no such day, or it is still to come",
    "bad_id_shape": "未导入：身份证号位数不对 Not taken: not the shape of an ID number",
    "bad_id_birth": "未导入：身份证号里的出生日期不存在 Not taken: no such birthday in the ID number",
    "bad_id_checksum": "未导入：身份证号校验位不对 Not taken: wrong check digit in the ID number",
    "duplicate_id": "未导入：身份证号重复，以前一行为准 Not taken: the ID number stands in an earlier row",
    "duplicate_person": "未导入：同户同名同生日重复 Not taken: the same person stands in an earlier row",
    "unknown_word": "已导入，此栏未识别 Taken without this value: the word is not known",
    "id_birth_mismatch": "已导入，出生日期与身份证号不一致 Taken: birthday and ID number differ",
    "id_sex_mismatch": "已导入，性别与身份证号不一致 Taken: sex and ID number differ",
}


def why(one: LeftOut | Doubt) -> str:
    """The sentence for a person, with the column it is about."""
    return WHY.get(one.code, one.code)


def write(source: Path, target: Path, register: Register) -> None:
    """Write the marked copy of `source` to `target`; the source stays as it is. Raises OSError."""
    from openpyxl import load_workbook  # only when something is to be marked

    with source.open("rb") as file:
        book = load_workbook(file, keep_links=False)
    sheet = book[register.sheet]
    column, places = _free_column(sheet, register), register.header.places
    sheet.cell(register.header.row, column, HEADING)
    _mark(sheet, column, register.doubts, places, DOUBTED)
    _mark(sheet, column, register.left_out, places, LEFT_OUT)
    sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 60
    book.save(target)


def _free_column(sheet: Any, register: Register) -> int:
    """The column after the last; the one that an earlier marked copy made is used again."""
    for cell in sheet[register.header.row]:
        if cell.value == HEADING:
            return int(cell.column)
    return int(sheet.max_column) + 1


def _mark(sheet: Any, column: int, marks: Sequence[LeftOut | Doubt], places: dict[str, int], colour: str) -> None:
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", fgColor=colour)
    for one in marks:
        sheet.cell(one.row, column, why(one)).fill = fill
        if one.field in places:
            sheet.cell(one.row, places[one.field] + 1).fill = fill
