"""Workbooks for tests: a small register with everything in its usual place, and ways to make it odd."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from server.rules import idnumber

HEADER = (
    "村", "组", "责任区", "户编号", "与户主关系", "姓名", "性别", "出生日期", "身份证号", "手机号",
    "婚姻状况", "户籍状态", "现居住地", "现有子女数", "避孕方法", "避孕开始日期", "备注",
)  # fmt: skip
TITLE = "柏坡镇全员登记册（2026年11月1日）"
FIRST = 3  # Excel's number of the first person's row, below title and header


def id_of(birth: str, sequence: int = 2, place: str = "990131") -> str:
    """A valid ID number: `birth` YYYY-MM-DD; an even sequence is a woman's."""
    first17 = f"{place}{birth.replace('-', '')}{sequence:03}"
    return next(first17 + last for last in "0123456789X" if idnumber.checksum_ok(first17 + last))


def woman(number: int = 1, **cells: object) -> dict[str, object]:
    """A married woman of household `number` who has an IUD; `cells` by header replace hers."""
    born = f"1990-05-{number % 28 + 1:02}"
    usual = dict.fromkeys(HEADER)
    usual |= {
        "村": "东坡村", "组": "1组", "责任区": "1区", "户编号": f"011{number:03}", "与户主关系": "配偶", "姓名": "马秀英",
        "性别": "女", "出生日期": born, "身份证号": id_of(born, 2 * number), "手机号": f"199{number:08}", "婚姻状况": "已婚",
        "户籍状态": "常住", "现有子女数": 1, "避孕方法": "上环", "避孕开始日期": "2016-04-01",
    }  # fmt: skip
    return usual | cells


def register(
    path: Path, people: Sequence[dict[str, object]], header: Sequence[str] = HEADER, title: str | None = TITLE
) -> Path:
    """Write a workbook with these people in these columns; no title row when `title` is None."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if title is not None:
        sheet.append([title])
    sheet.append(list(header))
    for person in people:
        sheet.append([person.get(name) for name in header])
    book.save(path)
    return path


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with the XML of one part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def sheet_xml(path: Path, rows: str) -> Path:
    """The workbook with these `<row>` elements in place of its own."""

    def change(xml: str) -> str:
        return re.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>", xml, flags=re.S)

    return rewritten(path, "xl/worksheets/sheet1.xml", change)


def edit(path: Path, change: Callable[[Any], None]) -> Path:
    """Open a workbook with openpyxl, let `change` work on its sheet, save it."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    change(book.active)
    book.save(path)
    return path
