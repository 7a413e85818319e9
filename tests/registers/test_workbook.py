"""Reading a register: what is taken as it stands, what is left out and why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from server.registers import workbook
from server.registers.workbook import Register
from server.rules import book
from tests.registers.sheets import FIRST, HEADER, edit, id_of, register, woman

TODAY = "2026-11-22"
BAIPO = Path(workbook.__file__).parent.parent / "demo" / "register_baipo.xlsx"


def read(path: Path) -> Register:
    return workbook.read(path, TODAY, book.load().import_words)


def read_one(tmp_path: Path, **cells: object) -> Register:
    """A register of one woman, some of whose cells are different."""
    return read(register(tmp_path / "r.xlsx", [woman(**cells)]))


def test_the_copy_for_tests_is_the_one_that_ships() -> None:
    assert (Path(__file__).parents[1] / "data" / "register_baipo.xlsx").read_bytes() == BAIPO.read_bytes()


def codes(found: Register) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in found.left_out]


@pytest.fixture(scope="module")
def baipo() -> Register:
    """The township's workbook, read once."""
    return read(BAIPO)


def test_the_townships_workbook_is_taken_whole(baipo: Register) -> None:
    found = baipo
    assert (len(found.lines), len({line.household for line in found.lines}), len(found.villages)) == (6924, 1206, 16)
    assert (found.left_out, found.doubts, found.header.unknown) == ([], [], ())
    assert (found.dated, found.town, found.villages[0], found.villages[-1]) == (
        "2026-11-01",
        "柏坡镇",
        "东坡村",
        "通家口村",
    )


def test_the_townships_children_and_moved_out_add_up(baipo: Register) -> None:
    people = [line.person for line in baipo.lines]
    children = [person["children"] for person in people if person["children"] is not None]
    assert [children.count(0), children.count(1), children.count(2), sum(count >= 3 for count in children)] == [
        75, 451, 610, 70,
    ]  # fmt: skip
    away = [person["residence_place"] for person in people if person["residence"] == "moved_out"]
    assert (len(away), away.count("province"), away.count("outside")) == (472, 404, 68)


def test_a_row_says_all_that_its_cells_say(tmp_path: Path) -> None:
    line = read_one(tmp_path, 备注="周末在家").lines[0]
    assert (line.row, line.village, line.number, line.group, line.grid) == (FIRST, "东坡村", "011001", "1组", "1区")
    assert (line.method, line.started_on) == ("iud", "2016-04-01")
    assert line.person == {
        "name": "马秀英", "sex": "f", "birth": "1990-05-02", "id_number": id_of("1990-05-02", 2), "phone": "19900000001",
        "relation": "spouse", "marital": "married", "residence": "resident", "residence_place": None, "children": 1,
        "note": "周末在家",
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        datetime(1990, 5, 2), "1990年5月2日", "1990.5.2", "1990-5-2", "1990/5/2", "19900502", 19900502, "1990-05-02 00:00:00",
        "１９９０年５月２日", " 1990-05-02　", 32995, "32995", "1990 年 5 月 2 日", 32995.0,
        "1990年5月2号", "1990.05.02.", "1990-05-02T00:00:00",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(tmp_path: Path, written: object) -> None:
    found = read_one(tmp_path, 出生日期=written)
    assert (found.lines[0].person["birth"], found.doubts) == ("1990-05-02", [])


def test_a_month_alone_stays_vague_when_no_id_number_tells_the_day(tmp_path: Path) -> None:
    found = read_one(tmp_path, 出生日期="1990年5月", 身份证号=None)
    assert found.lines[0].person["birth"] == {"year": 1990, "month": 5}


def test_a_missing_birthday_and_sex_are_read_from_the_id_number(tmp_path: Path) -> None:
    person = read_one(tmp_path, 出生日期=None, 性别=None).lines[0].person
    assert (person["birth"], person["sex"]) == ("1990-05-02", "f")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"身份证号": "990131199005020018"}, "bad_id_checksum"),
        ({"身份证号": "99013119900502"}, "bad_id_shape"),
        ({"身份证号": "990131200909310016"}, "bad_id_birth"),
        ({"出生日期": "2009-09-31"}, "bad_date"),
        ({"出生日期": "2009年9月31日"}, "bad_date"),
        ({"出生日期": "1899-05-02"}, "bad_date"),
        ({"出生日期": "2999-05-02"}, "bad_date"),
        ({"出生日期": "去年"}, "bad_date"),
        ({"避孕开始日期": "2009-09-31"}, "bad_date"),
        ({"姓名": None}, "missing_name"),
        ({"姓名": " 　"}, "missing_name"),
        ({"村": None}, "unknown_village"),
        ({"村": "不详"}, "unknown_village"),
        ({"户编号": " "}, "missing_household"),
    ],
)
def test_a_row_that_cannot_be_taken_is_left_out_with_its_reason(
    tmp_path: Path, cell: dict[str, object], code: str
) -> None:
    found = read(register(tmp_path / "r.xlsx", [woman(1), woman(2) | cell, woman(3)]))
    assert codes(found) == [(FIRST + 1, code)]
    assert [line.row for line in found.lines] == [FIRST, FIRST + 2]


def test_the_same_id_number_a_second_time_is_left_out(tmp_path: Path) -> None:
    twice = woman(2, 身份证号=woman(1)["身份证号"], 出生日期=None)
    found = read(register(tmp_path / "r.xlsx", [woman(1), twice]))
    assert codes(found) == [(FIRST + 1, "duplicate_id")]


def test_an_id_number_whose_first_row_was_left_out_is_taken_from_the_second(tmp_path: Path) -> None:
    found = read(register(tmp_path / "r.xlsx", [woman(1, 姓名=None), woman(1)]))
    assert codes(found) == [(FIRST, "missing_name")]
    assert [line.row for line in found.lines] == [FIRST + 1]


def test_a_village_name_on_one_household_among_large_villages_is_a_slip(tmp_path: Path) -> None:
    people = [woman(number) for number in range(1, 28)] + [woman(28, 村="东破村")]
    found = read(register(tmp_path / "r.xlsx", people))
    assert codes(found) == [(FIRST + 27, "unknown_village")]


def test_a_lower_case_x_full_width_digits_and_blanks_do_not_matter(tmp_path: Path) -> None:
    number = next(one for one in (id_of("1990-05-02", n) for n in range(2, 999, 2)) if one.endswith("X"))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number[:17]) + "x　"
    found = read_one(tmp_path, 身份证号=wide, 手机号="１９９ 0000-0001 ", 姓名=" 马　秀英 ", 村="东坡村 ")
    assert found.lines[0].person["id_number"] == number
    assert (found.lines[0].person["phone"], found.lines[0].person["name"]) == ("19900000001", "马秀英")
    assert found.lines[0].village == "东坡村"


def test_an_id_number_that_excel_rounded_to_fifteen_places_is_left_out(tmp_path: Path) -> None:
    found = read_one(tmp_path, 身份证号=990131199005020000)
    assert codes(found) == [(FIRST, "bad_id_checksum")]


def test_an_id_number_of_fifteen_digits_is_read_in_its_form_of_today(tmp_path: Path) -> None:
    number = id_of("1990-05-02", 4)
    old = number[:6] + number[8:17]
    assert read_one(tmp_path, 身份证号=old).lines[0].person["id_number"] == number


def test_rare_characters_stay_as_they_are(tmp_path: Path) -> None:
    people = [woman(1, 姓名="𠮷䶮"), woman(2, 姓名="\uf9dc\ufa11"), woman(3, 姓名="买买提·艾力")]
    found = read(register(tmp_path / "r.xlsx", people))
    assert [line.person["name"] for line in found.lines] == ["𠮷䶮", "\uf9dc\ufa11", "买买提·艾力"]


def test_hidden_rows_are_taken(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2)])

    def hide(sheet: object) -> None:
        sheet.row_dimensions[FIRST + 1].hidden = True  # type: ignore[attr-defined]

    assert [line.row for line in read(edit(path, hide)).lines] == [FIRST, FIRST + 1]


def test_blank_and_subtotal_rows_headers_repeated_and_the_foot_are_passed_over(tmp_path: Path) -> None:
    blank: dict[str, object] = {}
    rows = [
        woman(1), blank, {"村": "东坡村小计", "现有子女数": 3}, {"村": "合计", "姓名": "共2人", "身份证号": 2},
        {name: name for name in HEADER},
        {"村": "填表人：周建国", "户编号": "审核人："}, {"姓名": "　 "}, woman(2), {"姓名": "合 计", "现有子女数": 9},
    ]  # fmt: skip
    found = read(register(tmp_path / "r.xlsx", rows))
    assert ([line.row for line in found.lines], found.left_out) == ([FIRST, FIRST + 7], [])
    assert found.passed_over == 7


def test_moved_and_renamed_columns_are_found_and_unknown_ones_named(tmp_path: Path) -> None:
    names = {
        "手机号": "联系 电话*", "身份证号": "公民身份号码", "出生日期": "出生年月日（公历）", "户编号": "户 号",
        "避孕方法": "避孕节育措施", "村": "行政村", "与户主关系": "与户主\n关系",
    }  # fmt: skip
    header = ["序号", "民族", *reversed([names.get(name, name) for name in HEADER])]
    person = {names.get(name, name): value for name, value in woman(1).items()} | {"序号": 1, "民族": "汉族"}
    found = read(register(tmp_path / "r.xlsx", [person], header))
    usual = read(register(tmp_path / "u.xlsx", [woman(1)]))
    assert (found.lines, found.header.unknown) == (usual.lines, ("民族",))


@pytest.mark.parametrize("heading", ["联系电话", "电话", "手机号码", "手机", "联系方式"])
def test_a_telephone_column_by_any_usual_name_is_understood(tmp_path: Path, heading: str) -> None:
    header = [heading if name == "手机号" else name for name in HEADER]
    found = read(register(tmp_path / "r.xlsx", [woman(1) | {heading: "19900000001"}], header))
    assert (found.lines[0].person["phone"], found.header.unknown) == ("19900000001", ())


def test_a_village_and_a_household_merged_over_their_rows_speak_for_all_of_them(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [woman(1), woman(2, 村=None, 户编号=None), {}, woman(3, 村=None)]
    path = register(tmp_path / "r.xlsx", rows)

    def merge(sheet: object) -> None:
        sheet.merge_cells(f"A{FIRST}:A{FIRST + 3}")  # type: ignore[attr-defined]
        sheet.merge_cells(f"D{FIRST}:D{FIRST + 1}")  # type: ignore[attr-defined]

    found = read(edit(path, merge))
    assert [line.household for line in found.lines] == [
        ("东坡村", "11001"), ("东坡村", "11001"), ("东坡村", "11003"),
    ]  # fmt: skip
    assert (found.left_out, found.passed_over) == ([], 1)


def test_a_cell_that_excel_could_not_compute_is_no_name(tmp_path: Path) -> None:
    assert codes(read_one(tmp_path, 姓名="#REF!")) == [(FIRST, "missing_name")]


def test_of_two_telephone_columns_the_better_name_counts_and_the_other_is_named(tmp_path: Path) -> None:
    found = read(register(tmp_path / "r.xlsx", [woman(1, 电话="010-1234567")], ["电话", *HEADER]))
    assert (found.lines[0].person["phone"], found.header.unknown) == ("19900000001", ("电话",))


def test_a_register_without_a_title_row_is_read(tmp_path: Path) -> None:
    found = read(register(tmp_path / "r.xlsx", [woman(1)], title=None))
    assert ([line.row for line in found.lines], found.dated) == ([2], None)


def test_a_birth_up_to_the_registers_own_day_is_no_date_ahead(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1, 出生日期="2026-10-30", 身份证号=None)])
    assert workbook.read(path, "2026-03-01", {}).left_out == []


def test_an_id_number_that_tells_another_birthday_is_taken_and_doubted(tmp_path: Path) -> None:
    found = read_one(tmp_path, 出生日期="1990-06-02")
    assert found.lines[0].person["birth"] == "1990-06-02"
    assert [(one.row, one.code) for one in found.doubts] == [(FIRST, "id_birth_mismatch")]


def test_a_word_nobody_knows_is_left_open_and_doubted(tmp_path: Path) -> None:
    found = read_one(tmp_path, 避孕方法="祖传秘方")
    assert found.lines[0].method is None
    assert [(one.row, one.code, one.field) for one in found.doubts] == [(FIRST, "unknown_word", "method")]


def test_a_number_cell_that_lost_its_leading_zero_is_the_same_household(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2, 户编号=11001)])
    assert len({line.household for line in read(path).lines}) == 1


def test_the_sheet_that_is_a_register_is_chosen_and_the_others_named(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1)])

    def add_cover(sheet: object) -> None:
        cover = sheet.parent.create_sheet("封面", 0)  # type: ignore[attr-defined]
        cover.append(["柏坡镇", "登记册"])

    found = read(edit(path, add_cover))
    assert (found.sheet, found.other_sheets, len(found.lines)) == ("Sheet", ("封面",), 1)
