"""Importing a register: what is written, what a second time changes, who may see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from server.errors import BadInput
from server.extensions import db
from server.models import Area, Audit, Conflict, Event, Feed, FeedRow, Record
from server.registers import load
from server.registers.archive import WorkbookRefused
from server.registers.load import Asked
from tests.registers.places import COUNTY, NOW, TODAY, TOWNSHIP, VILLAGE, Station
from tests.registers.sheets import HEADER, id_of, register, woman


def test_people_households_and_villages_stand_as_the_register_says(station: Station) -> None:
    done = station.bring([woman(1), woman(2, 户编号="011001", 姓名="周建国", 与户主关系="户主"), woman(3, 村="西坡村")])
    assert (done.taken, done.unchanged, done.left_out) == (3, 0, [])
    assert done.villages_added == ["东坡村", "西坡村"]
    counts = station.counts()
    assert (counts["Household"], counts["Person"], counts["Record"]) == (2, 3, 3)
    one = station.person("周建国")
    assert (one.area, one.relation, one.marital, one.birth, one.sex) == (VILLAGE, "head", "married", "1990-05-03", "f")


def test_the_areas_above_the_villages_are_made_and_named(station: Station) -> None:
    station.bring([woman(1), woman(2, 村="西坡村")])
    areas = [(one.code, one.name) for one in db.session().scalars(select(Area).order_by(Area.code))]
    assert areas == [
        ("99", "示例省"), ("9901", "示例市"), (COUNTY, "柏县"), (TOWNSHIP, "柏坡镇"),
        (VILLAGE, "东坡村"), ("990131101202", "西坡村"),
    ]  # fmt: skip


def test_a_method_is_a_record_of_the_day_it_began_by_the_import(station: Station) -> None:
    station.bring([woman(1)])
    (one,) = db.session().scalars(select(Record))
    assert (one.form, one.occurred_on, one.coded) == (
        "contraceptive_followup", "2016-04-01", {"method": "iud", "started_on": "2016-04-01"},
    )  # fmt: skip
    assert (one.author, one.role, one.source, one.shown, one.status) == ("import", "station", "import", False, "live")


def test_a_method_that_began_in_an_unknown_month_keeps_its_vague_date(station: Station) -> None:
    station.bring([woman(1, 避孕开始日期="2016年4月")])
    (one,) = db.session().scalars(select(Record))
    assert (one.occurred_on, one.coded["started_on"]) == ("2016-04-01", {"year": 2016, "month": 4})


def test_no_event_of_an_import_is_parked_or_flagged(station: Station) -> None:
    done = station.bring([woman(number) for number in range(1, 20)])
    flags = [flag for flag in db.session().scalars(select(Event.flag)) if flag]
    assert (done.not_written, done.conflicts, flags) == (0, 0, [])


def test_an_imported_method_reaches_no_feed_until_she_consents(station: Station) -> None:
    station.bring([woman(1)])
    kinds = list(db.session().scalars(select(Event.kind).join(FeedRow, FeedRow.event_id == Event.id)))
    assert set(kinds) == {"state"}
    station.consent()
    (record,) = db.session().scalars(select(Record).where(Record.form == "contraceptive_followup"))
    feeds = db.session().execute(
        select(Feed.area, Feed.audience)
        .join(FeedRow, (FeedRow.feed_id == Feed.id) & (FeedRow.county == Feed.county))
        .join(Event, Event.id == FeedRow.event_id)
        .where(Event.kind == "reveal")
    )
    assert record.shown
    assert feeds.all() == [(VILLAGE, "common")]


def test_the_same_workbook_a_second_time_changes_nothing(station: Station) -> None:
    people = [woman(number) for number in range(1, 12)] + [woman(12, 避孕方法="无", 避孕开始日期=None)]
    station.bring(people)
    before = station.counts()
    again = station.bring(people)
    assert (again.taken, again.unchanged, again.villages_added) == (0, 12, [])
    assert station.counts() == before


def test_a_changed_cell_becomes_a_change_of_that_field_alone(station: Station) -> None:
    station.bring([woman(1), woman(2, 姓名="刘梅")])
    before = station.counts()["Event"]
    again = station.bring([woman(1, 手机号="13800000000"), woman(2, 姓名="刘梅")])
    assert (again.taken, again.new, again.unchanged) == (1, 0, 1)
    assert station.person().phone == "13800000000"
    assert station.counts()["Event"] == before + 2  # the patch and the state it led to


def test_an_emptied_cell_empties_the_field(station: Station) -> None:
    station.bring([woman(1)])
    station.bring([woman(1, 手机号=None)])
    assert station.person().phone is None


def test_a_column_that_is_missing_the_second_time_empties_nothing(station: Station) -> None:
    station.bring([woman(1)])
    again = station.bring([woman(1)], header=[name for name in HEADER if name != "手机号"])
    assert (again.unchanged, station.person().phone) == (1, "19900000001")


def test_what_a_phone_changed_stays_when_the_register_still_says_the_old(station: Station) -> None:
    station.bring([woman(1)])
    station.patch("phone", "13811112222")
    again = station.bring([woman(1)])
    assert (again.unchanged, station.person().phone) == (1, "13811112222")


def test_a_cell_and_a_phone_that_both_changed_the_field_are_kept_and_asked(station: Station) -> None:
    station.bring([woman(1)])
    station.patch("phone", "13811112222")
    again = station.bring([woman(1, 手机号="13999999999")])
    (clash,) = db.session().scalars(select(Conflict))
    assert (again.conflicts, clash.field, clash.kept, clash.offered) == (1, "phone", "13811112222", "13999999999")
    third = station.bring([woman(1, 手机号="13999999999")])
    assert (third.unchanged, len(list(db.session().scalars(select(Conflict))))) == (1, 1)


def test_the_same_id_number_is_the_same_person_under_another_name_or_household(station: Station) -> None:
    station.bring([woman(1)])
    key = station.person().id
    again = station.bring([woman(1, 姓名="马秀瑛", 户编号="011009")])
    assert (again.taken, again.new) == (1, 0)
    assert station.person("马秀瑛").id == key


def test_someone_without_an_id_number_is_known_by_household_name_and_birth(station: Station) -> None:
    people = [woman(1, 身份证号=None), woman(2, 身份证号=None, 姓名="刘梅")]
    station.bring(people)
    again = station.bring(people)
    assert (again.taken, again.unchanged, station.counts()["Person"]) == (0, 2, 2)


def test_an_id_number_that_comes_later_joins_the_person_who_had_none(station: Station) -> None:
    station.bring([woman(1, 身份证号=None)])
    again = station.bring([woman(1)])
    assert (again.new, station.counts()["Person"], station.person().id_number) == (0, 1, id_of("1990-05-02", 2))


def test_a_method_that_began_later_stands_beside_the_old_one(station: Station) -> None:
    station.bring([woman(1)])
    station.bring([woman(1, 避孕方法="女扎", 避孕开始日期="2026-10-08")])
    assert station.methods() == [("iud", "2016-04-01"), ("ster_f", "2026-10-08")]


def test_a_corrected_method_voids_the_old_record(station: Station) -> None:
    station.bring([woman(1)])
    station.bring([woman(1, 避孕方法="女扎")])
    assert (station.methods(), station.methods("void")) == ([("ster_f", "2016-04-01")], [("iud", "2016-04-01")])


def test_a_method_that_ended_is_a_record_of_the_registers_day(station: Station) -> None:
    station.bring([woman(1)])
    station.bring([woman(1, 避孕方法="无", 避孕开始日期=None)])
    assert station.methods() == [("iud", "2016-04-01"), ("none", "2026-11-01")]


def test_a_record_that_was_voided_stays_void_when_the_register_still_says_the_same(station: Station) -> None:
    station.bring([woman(1)])
    (one,) = db.session().scalars(select(Record))
    station.write(kind="void", schema="contraceptive_followup/1", body={"of": one.id, "reason": "mistake"})
    again = station.bring([woman(1)])
    assert (again.unchanged, station.methods(), station.methods("void")) == (1, [], [("iud", "2016-04-01")])


def test_households_of_two_rows_with_two_groups_do_not_flip(station: Station) -> None:
    people = [woman(1), woman(2, 户编号="011001", 组="2组", 姓名="刘梅")]
    station.bring(people)
    before = station.counts()
    station.bring(people)
    assert station.counts() == before


def test_a_new_village_in_a_later_register_gets_the_next_code(station: Station) -> None:
    station.bring([woman(1)])
    again = station.bring([woman(1), woman(2, 村="西坡村", 姓名="刘梅")])
    assert (again.villages_added, station.person("刘梅").area) == (["西坡村"], "990131101202")


def test_a_township_is_named_once_and_then_known(station: Station) -> None:
    path = register(station.folder / "r.xlsx", [woman(1, 身份证号=id_of("1990-05-02", 2, "110105"))])
    first = load.import_register(station.app.extensions["suifang_book"], Asked(path, TODAY, NOW, "110105101"))
    again = station.bring_file(path)
    assert (first.township, again.township, again.assumed, again.unchanged) == ("110105101", "110105101", False, 1)


def test_a_township_that_nobody_named_is_an_invented_one(station: Station) -> None:
    done = station.bring([woman(1, 身份证号="11010519491231002X", 出生日期="1949-12-31"), woman(2)])
    assert (done.township, done.assumed, done.taken) == (TOWNSHIP, True, 2)


def test_a_register_that_names_a_real_town_needs_its_code(station: Station) -> None:
    path = register(station.folder / "r.xlsx", [woman(1)], title="青山镇全员登记册（2026年11月1日）")
    with pytest.raises(BadInput, match="青山镇") as caught:
        station.bring_file(path)
    assert (caught.value.code, station.counts()["Event"]) == ("township_needed", 0)


def test_of_two_townships_one_has_to_be_named(station: Station) -> None:
    path = register(station.folder / "r.xlsx", [woman(1)])
    book = station.app.extensions["suifang_book"]
    for township in ("990131101", "990131102"):
        load.import_register(book, Asked(path, TODAY, NOW, township))
    with pytest.raises(BadInput) as caught:
        station.bring_file(path)
    assert caught.value.code == "township_needed"


def test_a_refused_file_changes_nothing(station: Station) -> None:
    path = Path(station.folder / "r.xlsx")
    path.write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(WorkbookRefused):
        station.bring_file(path)
    assert (station.counts()["Event"], db.session().scalar(select(Area.code).limit(1))) == (0, None)


def test_an_import_stands_in_the_audit_log(station: Station) -> None:
    station.bring([woman(1)])
    (row,) = db.session().scalars(select(Audit).where(Audit.action == "register.import"))
    assert (row.subject, row.chain) == (TOWNSHIP, TOWNSHIP)
