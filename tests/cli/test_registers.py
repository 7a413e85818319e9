"""`suifang import-register` and `suifang figure`."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Suifang
from tests.registers.sheets import FIRST, HEADER, id_of, register, woman


def test_an_import_tells_what_came_in_and_what_was_left_out(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2, 出生日期="2009-09-31"), woman(3, 姓名=None), woman(4)])
    said = suifang("import-register", path, "--json")
    assert said.status == 0
    assert (said.json["taken"], said.json["unchanged"]) == (2, 0)
    assert said.json["left_out"] == [
        {"row": FIRST + 1, "code": "bad_date"}, {"row": FIRST + 2, "code": "missing_name"},
    ]  # fmt: skip


def test_the_marked_copy_lies_beside_the_workbook(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2, 姓名=None)])
    marked = Path(suifang("import-register", path, "--json").json["marked"])
    assert (marked.parent, marked.name) == (tmp_path, "r-导入说明.xlsx")
    sheet = load_workbook(marked).active
    assert sheet is not None
    assert "没有姓名" in str(sheet.cell(FIRST + 1, len(HEADER) + 1).value)


def test_the_marked_copy_goes_where_it_was_asked_for(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1)])
    suifang("import-register", path, "--marked", tmp_path / "out.xlsx")
    assert (tmp_path / "out.xlsx").exists()
    assert suifang("import-register", path, "--json").json["marked"] is None


def test_a_second_import_says_that_nothing_changed(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2)])
    suifang("import-register", path)
    again = suifang("import-register", path, "--json").json
    assert (again["taken"], again["unchanged"], again["left_out"]) == (0, 2, [])


def test_columns_and_sheets_that_were_not_read_are_named(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1) | {"民族": "汉族"}], [*HEADER, "民族"])
    assert suifang("import-register", path, "--json").json["unknown_columns"] == ["民族"]
    assert "民族" in suifang("import-register", path).out


def test_an_assumed_township_is_said_and_a_named_one_is_not(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1)])
    assert "--township" in suifang("import-register", path).out
    again = suifang("import-register", path, "--json").json
    assert (again["township"], again["township_assumed"]) == ("990131101", False)


def test_a_refused_file_ends_with_its_code_and_status_1(suifang: Suifang, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_text("no workbook")
    said = suifang("import-register", path, "--json")
    assert (said.status, said.json["code"]) == (1, "not_xlsx")
    assert "not_xlsx" in said.err


def test_a_person_reads_the_report_in_chinese_and_english(suifang: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2, 身份证号="990131199005020018", 出生日期=None)])
    said = suifang("import-register", path)
    assert "收进 1 人" in said.out
    assert "taken 1" in said.out
    assert f"第 {FIRST + 1} 行 row: bad_id_checksum" in said.out


def test_a_figure_is_one_json_document(suifang: Suifang, tmp_path: Path) -> None:
    suifang("import-register", register(tmp_path / "r.xlsx", [woman(1), woman(2, 避孕方法="无")]))
    found = suifang("figure", "contraceptive_practice", "--on", "2026-11-01", "--json").json
    assert (found["numerator"], found["denominator"], found["percent"]) == (1, 2, "50.00")
    assert (found["mix"], found["on"], found["area"]) == ({"iud": 1, "none": 1}, "2026-11-01", "990131101")


def test_a_figure_lists_the_records_behind_a_count(suifang: Suifang, tmp_path: Path) -> None:
    suifang("import-register", register(tmp_path / "r.xlsx", [woman(1), woman(2, 避孕方法="无")]))
    asked = ("figure", "contraceptive_practice", "--on", "2026-11-01", "--list", "numerator", "--json")
    (row,) = suifang(*asked).json["records"]
    assert (row["method"], row["source"], row["occurred_on"]) == ("iud", "import", "2016-04-01")


def test_a_figure_that_leaves_the_station_hides_small_counts(suifang: Suifang, tmp_path: Path) -> None:
    people = [woman(number, 身份证号=id_of("1990-05-02", 2 * number), 出生日期="1990-05-02") for number in range(1, 9)]
    suifang("import-register", register(tmp_path / "r.xlsx", people))
    asked = ("figure", "contraceptive_practice", "--on", "2026-11-01", "--json", "--for", "county")
    found = suifang(*asked).json
    assert (found["numerator"], found["denominator"], found["mix"], found["k"]) == (None, 8, {"iud": None}, 5)
    assert suifang(*asked, "--area", "990131101201").json["code"] == "leaves_station"


def test_an_unknown_figure_or_area_is_refused_by_its_code(suifang: Suifang) -> None:
    assert suifang("figure", "births", "--json").json["code"] == "unknown_figure"
    assert suifang("figure", "contraceptive_practice", "--json").json["code"] == "area_needed"
    said = suifang("figure", "contraceptive_practice", "--area", "110105", "--json")
    assert (said.status, said.json["code"]) == (1, "unknown_area")


def test_a_day_that_is_none_is_a_wrong_command_line(suifang: Suifang) -> None:
    assert suifang("figure", "contraceptive_practice", "--on", "2026-02-30").status == 2
