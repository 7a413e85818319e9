"""Files that are broken or meant to harm are refused with a stable code."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from server.registers import archive, workbook
from server.registers.archive import WorkbookRefused
from tests.registers.sheets import HEADER, register, rewritten, sheet_xml, woman


def refused(path: Path) -> str:
    with pytest.raises(WorkbookRefused) as caught:
        workbook.read(path, "2026-11-22", {})
    return caught.value.code


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive_file:
        for name, content in parts.items():
            archive_file.writestr(name, content)
    return path


def small(tmp_path: Path) -> Path:
    return register(tmp_path / "r.xlsx", [woman(1)])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "file_not_found"


@pytest.mark.parametrize("content", [b"", "村,姓名\n东坡村,马秀英".encode(), b"<html>", b"%PDF-1.7"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    assert refused(path) == "not_xlsx"


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "r.xlsx", {"word/document.xml": b"<w/>"})) == "not_xlsx"


def test_an_old_xls_or_locked_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(archive.OLE + bytes(600))
    assert refused(path) == "old_or_locked_workbook"


def test_half_a_workbook_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refused(path) == "broken_workbook"


def test_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path) as opened:
        place = opened.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    assert refused(path) == "broken_workbook"


def test_xml_that_ends_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = rewritten(small(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) * 2 // 3])
    assert refused(path) == "broken_workbook"


def test_a_workbook_without_its_sheet_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist() if "sheet1" not in name}
    assert refused(zipped(path, parts)) in {"broken_workbook", "no_header"}


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/media/image1.png", bytes(archive.MAX_INFLATED + 1))
    assert path.stat().st_size < archive.MIB
    assert refused(path) == "too_large"


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    lie, size = b"A" * (9 * archive.MIB), (9 * archive.MIB).to_bytes(4, "little")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/theme/theme9.xml", lie)
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))
    assert refused(path) == "broken_workbook"


def test_ten_million_empty_rows_are_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    head, tail = parts["xl/worksheets/sheet1.xml"].split(b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, content)
        with new.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(head)
            for _ in range(10):
                stream.write(b"<row/>" * 1_000_000)
            stream.write(b"</sheetData>" + tail)
    assert refused(path) in {"too_large", "too_many_rows"}


def test_more_rows_than_a_county_has_are_refused(tmp_path: Path) -> None:
    path = sheet_xml(small(tmp_path), '<row r="1"/>' * (archive.MAX_ROWS + 1))
    assert refused(path) == "too_many_rows"


def test_a_cell_far_below_the_register_is_refused(tmp_path: Path) -> None:
    last = '<row r="900000"><c r="A900000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    path = rewritten(small(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", last))
    assert refused(path) == "too_many_rows"


def test_a_false_dimension_changes_nothing(tmp_path: Path) -> None:
    def lie(xml: str) -> str:
        assert "<dimension" in xml
        return xml.replace('ref="A1:Q3"', 'ref="A1:XFD1048576"')

    path = rewritten(small(tmp_path), "xl/worksheets/sheet1.xml", lie)
    assert len(workbook.read(path, "2026-11-22", {}).lines) == 1


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;">]>'
    path = rewritten(small(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: bomb + xml)
    assert refused(path) == "unsafe_xml"


def test_an_entity_bomb_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    bomb = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE b [<!ENTITY a "aaaa">]>' + sheet
    parts["xl/worksheets/sheet1.xml"] = bomb.encode("utf-16")
    assert refused(zipped(path, parts)) == "broken_workbook"


def test_one_row_of_a_million_cells_is_refused(tmp_path: Path) -> None:
    path = sheet_xml(small(tmp_path), '<row r="1">' + "<c/>" * 1_200_000 + "</row>")
    assert refused(path) == "too_many_columns"


def test_more_columns_than_a_register_has_are_refused(tmp_path: Path) -> None:
    header = [*HEADER, *(f"列{number}" for number in range(workbook.MAX_COLUMNS))]
    assert refused(register(tmp_path / "r.xlsx", [woman(1)], header)) == "too_many_columns"


def test_more_sheets_than_a_register_has_are_refused(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path, "a") as opened:
        for number in range(2, archive.MAX_SHEETS + 2):
            opened.writestr(f"xl/worksheets/sheet{number}.xml", "<worksheet/>")
    assert refused(path) == "too_many_sheets"


def test_a_workbook_without_a_header_is_refused(tmp_path: Path) -> None:
    assert refused(register(tmp_path / "r.xlsx", [], ["甲", "乙", "丙"])) == "no_header"


def test_a_workbook_without_the_column_of_names_is_refused(tmp_path: Path) -> None:
    header = [name for name in HEADER if name != "姓名"]
    assert refused(register(tmp_path / "r.xlsx", [woman(1)], header)) == "columns_missing"


def test_a_fifo_or_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "file_not_found"


def test_random_damage_never_ends_in_anything_but_a_refusal_or_a_register(tmp_path: Path) -> None:
    sound = small(tmp_path).read_bytes()
    for place in range(0, len(sound), max(1, len(sound) // 150)):
        damaged = bytearray(sound)
        damaged[place] ^= 0x55
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(bytes(damaged))
        try:
            workbook.read(path, "2026-11-22", {})
        except WorkbookRefused as refusal:
            assert refusal.code


def test_a_part_that_grows_past_its_limit_while_it_is_inflated_is_refused() -> None:
    tally = archive.Tally.of("xl/styles.xml")
    with pytest.raises(WorkbookRefused) as caught:
        for _ in range(10):
            tally.add(bytes(archive.MIB))
    assert caught.value.code == "too_large"
