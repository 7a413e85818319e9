"""The marked copy: every row that was not taken says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from server.registers import marked, workbook
from server.rules import book
from tests.registers.sheets import FIRST, register, woman

SENTENCES = {"bad_date": "没有这一天", "unknown_word": "没认出来"}


def marked_sheet(source: Path, target: Path) -> Any:
    found = workbook.read(source, "2026-11-22", book.load().import_words)
    marked.write(source, target, found, SENTENCES)
    return load_workbook(target).active


def test_a_row_left_out_says_why_and_its_cell_is_coloured(tmp_path: Path) -> None:
    source = register(tmp_path / "r.xlsx", [woman(1), woman(2, 出生日期="2009-09-31"), woman(3, 避孕方法="祖传秘方")])
    sheet = marked_sheet(source, tmp_path / "out.xlsx")
    remarks = [sheet.cell(row, 18).value for row in range(FIRST - 1, FIRST + 3)]
    assert remarks == ["导入说明", None, "没有这一天", "没认出来"]
    assert sheet.cell(FIRST + 1, 8).fill.fgColor.rgb == marked.LEFT_OUT
    assert sheet.cell(FIRST + 2, 15).fill.fgColor.rgb == marked.DOUBTED


def test_the_workbook_itself_stays_as_it_is(tmp_path: Path) -> None:
    source = register(tmp_path / "r.xlsx", [woman(1, 姓名=None)])
    before = source.read_bytes()
    marked_sheet(source, tmp_path / "out.xlsx")
    assert source.read_bytes() == before


def test_a_marked_copy_that_was_put_right_is_read_and_its_remarks_are_cleared(tmp_path: Path) -> None:
    source = register(tmp_path / "r.xlsx", [woman(1, 出生日期="2009-09-31"), woman(2)])
    sheet = marked_sheet(source, tmp_path / "out.xlsx")
    sheet.cell(FIRST, 8, "1990-05-02")
    sheet.parent.save(tmp_path / "right.xlsx")
    again = marked_sheet(tmp_path / "right.xlsx", tmp_path / "out2.xlsx")
    assert [again.cell(row, 18).value for row in (FIRST, FIRST + 1)] == [None, None]
    found = workbook.read(tmp_path / "right.xlsx", "2026-11-22", {})
    assert (len(found.lines), found.header.unknown) == (2, ())
