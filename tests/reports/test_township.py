"""柏坡镇 as a whole: the issue's numbers, on a deployment that imported its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.app import create_app
from server.config import Settings
from server.demo.load import WORKBOOK
from server.extensions import db, writing
from server.models import Person, Record
from server.registers import load
from server.registers.load import Asked, Imported
from server.reports import practice
from server.reports.practice import Counted
from server.sync import append
from tests.databases import Lender
from tests.registers.places import COUNTY, NOW, TODAY, TOWNSHIP

ON = "2026-11-01"


@pytest.fixture(scope="module")
def township(lender: Lender, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Imported]]:
    """The deployment and what its import said; tests leave it as it is."""
    name, address = lender.migrated()
    app = create_app(Settings(data=tmp_path_factory.mktemp("baipo"), database_url=address))
    with app.app_context():
        done = load.import_register(app.extensions["suifang_book"], Asked(WORKBOOK, TODAY, NOW))
        yield app, done
        db.engine.dispose()
    lender.databases.drop(name)


def figure(app: Flask) -> Counted:
    return practice.figure(db.session(), app.extensions["suifang_book"], TOWNSHIP, ON)


def test_everybody_is_taken(township: tuple[Flask, Imported]) -> None:
    done = township[1]
    assert (done.taken, done.unchanged, done.left_out, done.doubts) == (6924, 0, [], [])
    assert (done.not_written, done.conflicts, len(done.villages_added)) == (0, 0, 16)


def test_the_practice_rate_is_1096_of_1206(township: tuple[Flask, Imported]) -> None:
    found = figure(township[0])
    assert (found.numerator, found.denominator, found.percent) == (1096, 1206, "90.88")
    assert found.mix == {"iud": 804, "ster_f": 243, "supplies": 47, "ster_m": 2, "none": 110}


def test_each_count_opens_to_as_many_rows(township: tuple[Flask, Imported]) -> None:
    book = township[0].extensions["suifang_book"]
    parts = ("numerator", "denominator", "none", "iud", "ster_m")
    rows = {part: practice.records(db.session(), book, TOWNSHIP, ON, part) for part in parts}
    assert {part: len(found) for part, found in rows.items()} == {
        "numerator": 1096, "denominator": 1206, "none": 110, "iud": 804, "ster_m": 2,
    }  # fmt: skip
    assert len({row.record for row in rows["numerator"]}) == 1096


def test_472_moved_out_404_within_the_province_68_beyond(township: tuple[Flask, Imported]) -> None:
    away = [one.residence_place for one in db.session().query(Person).filter_by(residence="moved_out")]
    assert (len(away), away.count("province"), away.count("outside")) == (472, 404, 68)


def test_no_imported_method_is_shown_to_anybody(township: tuple[Flask, Imported]) -> None:
    assert db.session().query(Record).filter_by(form="contraceptive_followup").count() == 1096
    assert db.session().query(Record).filter(Record.shown).count() == 0


class Undone(Exception):
    """Ends a transaction whose work shall not stay."""


def test_voiding_one_of_them_makes_1095(township: tuple[Flask, Imported]) -> None:
    book = township[0].extensions["suifang_book"]
    row = practice.records(db.session(), book, TOWNSHIP, ON, "numerator")[0]
    draft = {"kind": "void", "schema": "contraceptive_followup/1", "actor": row.person, "role": "station",
             "area": row.area, "body": {"of": row.record, "reason": "mistake"}}  # fmt: skip
    with pytest.raises(Undone), writing() as session:
        append.write_events(session, COUNTY, [draft], "desk", now=NOW)
        found = practice.figure(session, book, TOWNSHIP, ON)
        assert (found.numerator, found.denominator, found.percent) == (1095, 1206, "90.80")
        raise Undone


def test_importing_it_again_changes_nothing(township: tuple[Flask, Imported]) -> None:
    app = township[0]
    again = load.import_register(app.extensions["suifang_book"], Asked(Path(WORKBOOK), TODAY, NOW + 1))
    assert (again.taken, again.unchanged, again.villages_added) == (0, 6924, [])
    assert figure(app).numerator == 1096
