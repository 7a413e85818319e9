"""综合避孕率: who is counted. The demo register's 1,206 is one definition, and no other one gives it by chance."""

from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from server.rules import book, idnumber, indicator

BOOK = book.load()
PRACTICE = BOOK.indicators["contraceptive_practice"]
REGISTER = Path(__file__).resolve().parent.parent / "data" / "register_baipo.xlsx"
ON = "2026-11-01"


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    """The register's people in the rulebook's words."""
    words = BOOK.import_words
    sheet = openpyxl.load_workbook(REGISTER, read_only=True).worksheets[0]
    _, head, *rows = sheet.iter_rows(values_only=True)
    read = [dict(zip(head, row, strict=False)) for row in rows if row[0]]
    return [{"sex": words["sex"][str(row["性别"])], "marital": words["marital"][str(row["婚姻状况"])],
             "residence": words["residence"][str(row["户籍状态"])], "birth": row["出生日期"].date().isoformat(),
             "method": words["method"].get(str(row["避孕方法"]))} for row in read]  # fmt: skip


def counted(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in people if indicator.outside_base(PRACTICE, one, ON) is None]


def test_the_register_gives_1206_women_of_whom_1096_use_a_method(people: list[dict[str, Any]]) -> None:
    women = counted(people)
    using = [one for one in women if one["method"] in PRACTICE["numerator"]["methods"]]
    assert (len(using), len(women), indicator.percent(len(using), len(women))) == (1096, 1206, "90.88")


def test_the_mix_is_that_of_the_register(people: list[dict[str, Any]]) -> None:
    mix = Counter(one["method"] for one in counted(people))
    assert mix == {"iud": 804, "ster_f": 243, "supplies": 47, "ster_m": 2, "none": 110}


def test_without_those_who_moved_out_the_base_would_be_another(people: list[dict[str, Any]]) -> None:
    residence = Counter(one["residence"] for one in counted(people))
    assert residence == {"resident": 1147, "moved_out": 59}


def test_every_woman_with_a_method_on_the_register_is_in_the_base(people: list[dict[str, Any]]) -> None:
    assert not [one for one in people if one["method"] and indicator.outside_base(PRACTICE, one, ON)]


WOMAN = {"sex": "f", "marital": "married", "residence": "resident", "birth": "1990-01-01"}


@pytest.mark.parametrize(("change", "why"), [
    ({}, None), ({"residence": "moved_out"}, None), ({"residence": "moved_in"}, "residence"),
    ({"sex": "m"}, "sex"), ({"sex": None}, "sex"),
    ({"marital": "widowed"}, "marital"), ({"marital": "divorced"}, "marital"), ({"marital": "unmarried"}, "marital"),
    ({"birth": "2011-11-01"}, None), ({"birth": "2011-11-02"}, "age"), ({"birth": "1976-11-02"}, None),
    ({"birth": "1976-11-01"}, "age"), ({"birth": {"year": 1977}}, None), ({"birth": {"year": 1976}}, "age"),
    ({"birth": None}, "age"), ({"birth": "2026-12-01"}, "age"),
])  # fmt: skip
def test_who_is_in_the_base(change: dict[str, Any], why: str | None) -> None:
    assert indicator.outside_base(PRACTICE, WOMAN | change, ON) == why


@pytest.mark.parametrize(("parts", "whole", "fits"), [
    ([54, 578, 1023, 186], 1844, False), ([12, 59, 29, 46], 147, False), ([2, 243, 804, 47], 1096, True),
])  # fmt: skip
def test_the_parts_of_a_printed_table_are_added_up(parts: list[int], whole: int, fits: bool) -> None:
    assert indicator.adds_up(parts, whole) is fits


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        indicator.percent(-1, 5)


def test_a_whole_percentage_has_no_point() -> None:
    assert indicator.percent("1096", "1206", 0) == "91"


def test_the_published_number_of_1880_passes_its_check_though_its_birthday_is_outside_our_days() -> None:
    assert idnumber.checksum_ok("440524188001010014")
