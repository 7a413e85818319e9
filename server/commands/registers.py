"""`suifang import-register` and `suifang figure`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask

from server import clock
from server.commands.door import Door, verb
from server.extensions import db
from server.registers import load, marked
from server.registers.load import Asked, Imported
from server.reports import ask
from server.rules.book import Book

SHOWN = 20


def book_of(app: Flask) -> Book:
    """The app's rulebook."""
    found = app.extensions["suifang_book"]
    assert isinstance(found, Book)
    return found


@click.command("import-register")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--township", metavar="CODE", help="镇代码，9 位  The township, nine digits; needed for a real place.")
@click.option("--village", "villages", multiple=True, metavar="NAME", help="确实是村的村名  A name that is a village.")
@click.option(
    "--marked", "target", type=click.Path(path_type=Path), metavar="OUT.xlsx", help="标注副本  The marked copy."
)
@verb
def import_register(
    door: Door, file: Path, township: str | None, villages: tuple[str, ...], target: Path | None
) -> None:
    """导入全员登记册。Import a township's register from an Excel workbook (.xlsx).

    Columns are found by their meaning, wherever they stand: 手机号, 联系电话 and 电话 are one. Unknown columns are named
    and left out. Needed are 村, 户编号 and 姓名. Dates may be Excel dates or text (2001年3月5日, 2001.3.5, 20010305).

    A row that cannot be taken is left out and listed with its Excel row number and a code; the rest goes in:
    missing_name, unknown_village, missing_household, bad_date, bad_id_shape, bad_id_birth, bad_id_checksum,
    duplicate_id, duplicate_person. A copy of the workbook says so in each row (column 导入说明); it is written beside
    the file, or to --marked. Importing the same workbook again changes nothing; cells that changed become changes.

    A new name carried by one or two households only, among villages of many, is taken for a slip of the pen;
    --village NAME says that it is a village.

    In an empty deployment a register without --township stands under the code of an invented township, and the answer
    says so; one whose title names another town than the invented one is refused (township_needed).

    Imported methods stay at the station and reach no phone until the woman consents.

    A file that is broken, locked or too large is refused whole and nothing changes: file_not_found, not_xlsx,
    old_or_locked_workbook, broken_workbook, too_large, too_many_rows, too_many_columns, too_many_sheets, unsafe_xml,
    no_header, columns_missing; and township_needed, wrong_township.
    """
    with door.app() as app:
        asked = Asked(file, clock.today().isoformat(), clock.now_ms(), township, villages)
        done = load.import_register(book_of(app), asked, lambda *step: door.tick(_progress(*step)))
        door.tick("")
        copy = _marked_copy(door, app, done, file, target)
        door.answer(_document(done, copy), _report(done, copy, _labels(app)))


def _progress(step: str, count: int, total: int) -> str:
    return f"已读 {count} 人 read" if step == "read" else f"已写 {count} / {total} 人 written"


def _labels(app: Flask) -> dict[str, str]:
    words = book_of(app).labels["left_out"]["words"]
    return {word["code"]: f"{word['zh']}  {word['en']}" for word in words}


def _marked_copy(door: Door, app: Flask, done: Imported, file: Path, target: Path | None) -> Path | None:
    """Write the marked copy where it was asked for, else beside the file, else into the data folder."""
    if target is None and not done.left_out and not done.doubts:
        return None
    name = f"{file.stem}-导入说明.xlsx"
    beside = file.parent if os.access(file.parent, os.W_OK) else door.settings.data
    place = target or beside / name
    if len(done.register.lines) + len(done.left_out) > marked.MOST_ROWS:
        door.tell("表格太大，不做标注副本 The workbook is too large for a marked copy")
        return None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        marked.write(file, place, done.register, _labels(app))
    except OSError as trouble:
        door.tell(f"标注副本写不了 The marked copy cannot be written: {trouble}")
        return None
    return place


def _document(done: Imported, copy: Path | None) -> dict[str, Any]:
    heard = done.register
    return {
        "taken": done.taken,
        "unchanged": done.unchanged,
        "left_out": [{"row": one.row, "code": one.code} for one in heard.left_out],
        "doubts": [{"row": one.row, "code": one.code, "field": one.field} for one in heard.doubts],
        "unknown_columns": list(heard.header.unknown),
        "other_sheets": list(heard.other_sheets),
        "passed_over": heard.passed_over,
        "households": len({line.household for line in heard.lines}),
        "villages": len(heard.villages),
        "villages_added": done.villages_added,
        "conflicts": done.conflicts,
        "not_written": done.not_written,
        "township": done.township,
        "township_assumed": done.assumed,
        "dated": heard.dated,
        "sheet": heard.sheet,
        "marked": str(copy) if copy else None,
    }


def _report(done: Imported, copy: Path | None, labels: dict[str, str]) -> str:
    heard = done.register
    lines = [f"收进 {done.taken} 人，未变 {done.unchanged} 人，没收进来 {len(heard.left_out)} 行"
             f"  taken {done.taken}, unchanged {done.unchanged}, rows left out {len(heard.left_out)}"]  # fmt: skip
    if done.assumed:
        lines.append(
            f"没有指明镇：记在示例代码 {done.township} 下。真实的镇请换一个空的数据文件夹，用 --township 重新导入"
            "  No township was named: it stands under an invented code. For a real one start anew with --township"
        )
    lines += [f"  第 {one.row} 行 row: {one.code}  {labels[one.code]}" for one in heard.left_out[:SHOWN]]
    if len(heard.left_out) > SHOWN:
        lines.append(f"  …… 共 {len(heard.left_out)} 行 rows in all")
    if heard.header.unknown:
        lines.append(f"没用到的列 Columns left out: {'、'.join(heard.header.unknown)}")
    if heard.other_sheets:
        lines.append(f"没读的工作表 Sheets not read: {'、'.join(heard.other_sheets)}")
    if done.conflicts or done.not_written:
        lines.append(f"待站里处理 For the desk's inbox: {done.conflicts} + {done.not_written}")
    if copy:
        lines.append(f"已标注的副本 Marked copy: {copy}")
    return "\n".join(lines)


@click.command()
@click.argument("name")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="基准日  The day (default: today).")
@click.option("--area", metavar="CODE", help="区划代码  County, township or village (default: the only township).")
@click.option("--for", "reader", type=click.Choice(["station", "county", "above_county"]), default="station",
              help="给谁看  Who will read it: what leaves the station hides small counts.")  # fmt: skip
@click.option("--list", "part", metavar="PART", help="列出记录  List the records behind a count.")
@verb
def figure(door: Door, name: str, on: datetime | None, area: str | None, reader: str, part: str | None) -> None:
    """查一个指标。Ask for a figure, e.g. contraceptive_practice (综合避孕率), on a day.

    The answer holds both counts, the percentage rounded half up, the base population and the method mix. A figure is
    a query over records: it is never stored, and --list opens it to the very records behind a count (numerator,
    denominator, none, or a method's code).

    --for county or above_county gives the figure as it may leave the station: counts below k are hidden (null), and
    whatever would give them away.

    Codes of refusal: unknown_figure, unknown_area, area_needed, unknown_part, leaves_station.
    """
    with door.app() as app:
        day = on.date().isoformat() if on else clock.today().isoformat()
        asked = ask.Question(name, day, area, reader, part)
        found = ask.ask(db.session(), book_of(app), asked)
        door.answer(found, ask.in_words(found, book_of(app)))
