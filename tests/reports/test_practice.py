"""综合避孕率 on small registers: who is counted, by which record, on which day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.errors import BadInput, NotFound
from server.extensions import db, writing
from server.reports import practice
from server.reports.practice import Counted, Row
from server.sync import append, merging
from tests.registers.places import COUNTY, TOWNSHIP, VILLAGE, Station
from tests.registers.sheets import id_of, woman

ON = "2026-11-01"


@pytest.fixture
def station(app: Flask, tmp_path: Path) -> Iterator[Station]:
    """An empty deployment, inside its app's context."""
    with app.app_context():
        yield Station(app, tmp_path)


def figure(station: Station, on: str = ON, area: str = TOWNSHIP) -> Counted:
    return practice.figure(db.session(), station.app.extensions["suifang_book"], area, on)


def behind(station: Station, part: str, on: str = ON) -> list[Row]:
    return practice.records(db.session(), station.app.extensions["suifang_book"], TOWNSHIP, on, part)


def born(number: int, day: str, **cells: object) -> dict[str, object]:
    return woman(number, 出生日期=day, 身份证号=id_of(day, 2 * number), **cells)


def none(number: int, **cells: object) -> dict[str, object]:
    return woman(number, 避孕方法="无", 避孕开始日期=None, **cells)


def test_the_figure_shows_both_counts_the_mix_and_its_base(station: Station) -> None:
    station.bring([woman(1), woman(2, 避孕方法="女扎"), none(3), woman(4)])
    found = figure(station)
    assert (found.numerator, found.denominator, found.percent) == (3, 4, "75.00")
    assert found.mix == {"iud": 2, "ster_f": 1, "none": 1}
    assert "15—49" in found.base


def test_only_married_women_of_15_to_49_on_that_day_are_counted(station: Station) -> None:
    station.bring(
        [
            born(1, "1976-11-02"), born(2, "1976-11-01"), born(3, "2011-11-01"), born(4, "2011-11-02"),
            woman(5, 婚姻状况="未婚"), woman(6, 婚姻状况="丧偶"), woman(7, 户籍状态="流入"),
            woman(8, 户籍状态="流出", 现居住地="省外"), woman(9, 性别="男", 身份证号=id_of("1990-05-10", 19)),
        ]
    )  # fmt: skip
    assert figure(station).denominator == 3


def test_a_figure_of_an_earlier_day_knows_the_methods_of_that_day(station: Station) -> None:
    station.bring([woman(1, 避孕开始日期="2016-04-01"), woman(2, 避孕开始日期="2020-04-01")])
    assert [figure(station, day).numerator for day in ("2016-03-31", "2016-04-01", "2020-04-01")] == [0, 1, 2]


def test_a_figure_opens_to_the_very_records_behind_each_count(station: Station) -> None:
    station.bring([woman(1), none(2, 姓名="刘梅")])
    (above,) = behind(station, "numerator")
    assert (above.person, above.method, above.source, above.occurred_on) == (
        station.person().id, "iud", "import", "2016-04-01",
    )  # fmt: skip
    (without,) = behind(station, "none")
    assert (without.person, without.record) == (station.person("刘梅").id, None)
    assert {row.person for row in behind(station, "denominator")} == {above.person, without.person}
    assert (len(behind(station, "iud")), behind(station, "ster_f")) == (1, [])


def test_voiding_a_record_takes_its_woman_out_of_the_numerator(station: Station) -> None:
    station.bring([woman(1)])
    (row,) = behind(station, "numerator")
    station.write(kind="void", schema="contraceptive_followup/1", body={"of": row.record, "reason": "mistake"})
    found = figure(station)
    assert (found.numerator, found.denominator, found.mix) == (0, 1, {"none": 1})


def followup(station: Station, method: str, day: str, **answers: object) -> None:
    body = {"occurred_on": day, "answers": {"method": method, **answers}}
    station.write(kind="record", schema="contraceptive_followup/1", body=body)


def test_a_later_visit_says_what_she_uses_now(station: Station) -> None:
    station.bring([woman(1)])
    station.consent("2026-10-01")
    followup(station, "pill", "2026-10-20")
    assert figure(station).mix == {"pill": 1}
    assert figure(station, "2026-10-19").mix == {"iud": 1}


def test_a_visit_that_says_she_stopped_counts_as_none(station: Station) -> None:
    station.bring([woman(1)])
    station.consent("2026-10-01")
    followup(station, "iud", "2026-10-20", still_using=False)
    assert (figure(station).numerator, figure(station).mix) == (0, {"none": 1})


def test_a_record_without_her_consent_counts_nowhere(station: Station) -> None:
    station.bring([none(1)])
    followup(station, "pill", "2026-10-20")
    assert figure(station).numerator == 0


def test_a_withdrawn_consent_takes_her_records_out_of_figures(station: Station) -> None:
    station.bring([woman(1)])
    station.consent("2026-10-01")
    answers = {"purpose": "service_record", "decision": "withdrawn"}
    station.write(kind="record", schema="consent/1", body={"occurred_on": "2026-10-20", "answers": answers})
    assert figure(station).numerator == 0


def test_records_of_a_person_merged_into_her_are_hers(station: Station) -> None:
    station.bring([none(1), woman(2, 姓名="马秀瑛", 户编号="011001")])
    her, double = station.person(), station.person("马秀瑛")
    with writing() as session:
        merging.merge(session, COUNTY, double.id, her.id, now=station.now)
    assert (figure(station).numerator, figure(station).denominator) == (1, 1)


def test_a_village_and_the_county_are_counted_by_their_own_people(station: Station) -> None:
    station.bring([woman(1), woman(2, 村="西坡村")])
    assert [figure(station, area=area).denominator for area in (VILLAGE, TOWNSHIP, COUNTY)] == [1, 2, 2]


def test_nobody_at_all_has_no_percentage(station: Station) -> None:
    station.bring([woman(1, 婚姻状况="未婚")])
    assert (figure(station).denominator, figure(station).percent, figure(station).mix) == (0, None, {})


def test_an_unknown_area_day_or_part_is_refused_by_its_code(station: Station) -> None:
    station.bring([woman(1)])
    with pytest.raises(NotFound) as area:
        figure(station, area="990131999")
    with pytest.raises(BadInput) as day:
        figure(station, on="2026-02-30")
    with pytest.raises(BadInput) as part:
        behind(station, "children")
    assert [one.value.code for one in (area, day, part)] == ["unknown_area", "bad_date", "unknown_part"]


def test_a_technicians_record_is_counted_like_any_other(station: Station) -> None:
    station.bring([none(1)])
    station.consent("2026-10-01")
    one = station.person()
    body = {"occurred_on": "2026-10-02", "answers": {"method": "implant"}}
    draft = {"kind": "record", "schema": "contraceptive_followup/1", "actor": one.id, "role": "technician",
             "area": VILLAGE, "person": one.id, "body": body}  # fmt: skip
    with writing() as session:
        append.write_events(session, COUNTY, [draft], "desk", now=station.now)
    assert figure(station).mix == {"implant": 1}
