"""Backup, restore and the safety journal: a server put back to yesterday brings nobody back and loses nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete
from sqlalchemy.exc import DBAPIError, IntegrityError

from server.app import create_app
from server.clock import now_ms
from server.config import Settings
from server.errors import AppError
from server.extensions import db, writing
from server.migrating import at_head, to_head
from server.models import Audit, Consent, Event, Grant, Person, Phone, Record, Store
from server.sync import backup, dump, epoch, erasing, granting, journal, merging
from tests.sync.handset import Handset, opened
from tests.sync.town import COUNTY, EAST, Town

SECRET = b"correct horse battery staple"


def back_up(town: Town, folder: Path) -> Path:
    with town.app.app_context():
        backup.backup(folder / "yesterday.suifang", SECRET)
    return folder / "yesterday.suifang"


def put_back(town: Town, file: Path) -> None:
    with town.app.app_context():
        backup.restore(file, SECRET, over=True)
        db.session.remove()


def test_a_restored_server_has_a_new_epoch_and_says_so(town: Town, director: Handset, tmp_path: Path) -> None:
    director.codes(director.household())
    director.pull()
    before = director.epoch
    put_back(town, back_up(town, tmp_path))
    answer = opened(director.get(c=director.cursor))
    assert answer["reset"] is True
    assert answer["epoch"] != before
    assert director.send()["epoch"] == answer["epoch"]


def test_backed_up_is_only_what_a_checked_backup_holds(town: Town, director: Handset, tmp_path: Path) -> None:
    director.codes(director.household(), director.household())
    assert director.send()["backed_up"] == 0
    back_up(town, tmp_path)
    answer = director.send(director.household())
    assert (answer["have"], answer["backed_up"]) == (3, 2)


def test_a_restored_server_asks_for_what_it_lost_and_takes_it_again(
    town: Town, director: Handset, tmp_path: Path
) -> None:
    kept, lost = director.household(), director.household()
    director.codes(kept)
    file = back_up(town, tmp_path)
    director.codes(lost)
    put_back(town, file)
    third = director.household()
    answer = director.send(third)
    assert (answer["have"], answer["missing"]) == (1, [2])
    assert director.codes(kept, lost, third) == [("duplicate",), ("accepted",), ("duplicate",)]


def test_nobody_who_was_erased_comes_back(town: Town, director: Handset, woman: str, tmp_path: Path) -> None:
    file = back_up(town, tmp_path)
    with town.app.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [woman], now=now_ms())
    put_back(town, file)
    with town.app.app_context():
        row = db.session.get(Person, (COUNTY, woman))
        assert (row.name, row.erased_at is not None) == ("", True)
    assert director.codes(director.consent(woman)) == [("parked", "erased_person")]


def test_a_withdrawn_consent_stays_withdrawn(town: Town, director: Handset, woman: str, tmp_path: Path) -> None:
    director.codes(director.consent(woman), director.record("contraceptive_followup", {"method": "pill"}, person=woman))
    file = back_up(town, tmp_path)
    no = director.consent(woman, "withdrawn", on="2026-10-05")
    director.codes(no)
    put_back(town, file)
    with town.app.app_context():
        assert db.session.get(Consent, (COUNTY, woman, "service_record")).decision == "withdrawn"
    fresh = town.director(EAST)
    fresh.pull()
    assert b'"pill"' not in fresh.everything()
    assert director.codes(no) == [("duplicate",)]


def test_a_lost_phone_stays_lost(town: Town, director: Handset, tmp_path: Path) -> None:
    from server import devices

    file = back_up(town, tmp_path)
    with town.app.app_context(), writing() as session:
        devices.change_state(session, session.get_one(Phone, director.device), "lost", now_ms())
    put_back(town, file)
    assert director.post({"events": []}).status_code == 401
    with town.app.app_context():
        assert db.session.get(Phone, director.device).state == "lost"


def test_a_grant_that_was_taken_away_stays_away(town: Town, director: Handset, tmp_path: Path) -> None:
    file = back_up(town, tmp_path)
    with town.app.app_context(), writing() as session:
        granting.revoke(session, director.worker, "director", EAST, now=now_ms())
    put_back(town, file)
    with town.app.app_context():
        assert db.session.query(Grant).one().revoked_at is not None


def test_a_copy_put_back_by_hand_is_noticed_at_the_next_start(town: Town, director: Handset, tmp_path: Path) -> None:
    """Somebody unpacked the backup and copied the database herself."""
    if not town.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return
    director.codes(director.household())
    before = director.send()["epoch"]
    with town.app.app_context():
        dump.copy_out(db.engine, tmp_path / "copy.db")
        dump.stamp(tmp_path / "copy.db", epoch.IN_BACKUP)
        dump.copy_in(tmp_path / "copy.db", db.engine)
        town.app.extensions.pop(epoch.CACHE)
    assert director.send()["epoch"] != before


def test_the_epoch_stays_over_a_plain_restart(town: Town, director: Handset) -> None:
    before = director.send()["epoch"]
    town.app.extensions.pop(epoch.CACHE)
    assert director.send()["epoch"] == before


def test_another_secret_does_not_open_a_backup(town: Town, director: Handset, tmp_path: Path) -> None:
    file = back_up(town, tmp_path)
    with town.app.app_context(), pytest.raises(AppError, match="wrong_secret"):
        backup.restore(file, b"guess", over=True)


def test_a_cut_backup_does_not_open(town: Town, director: Handset, tmp_path: Path) -> None:
    file = back_up(town, tmp_path)
    file.write_bytes(file.read_bytes()[:-20])
    with town.app.app_context(), pytest.raises(AppError, match="wrong_secret"):
        backup.restore(file, SECRET, over=True)


def test_a_database_in_use_is_not_replaced_unasked(town: Town, director: Handset, tmp_path: Path) -> None:
    file = back_up(town, tmp_path)
    with town.app.app_context(), pytest.raises(AppError, match="not_empty"):
        backup.restore(file, SECRET)


def test_a_backup_is_no_list_of_women(town: Town, director: Handset, woman: str, tmp_path: Path) -> None:
    file = back_up(town, tmp_path)
    assert "周桂兰".encode() not in file.read_bytes()


def test_a_feed_with_a_hole_fails_the_check_and_moves_nothing(town: Town, director: Handset, tmp_path: Path) -> None:
    from server.models import FeedRow

    director.codes(director.household(), director.household())
    with town.app.app_context(), writing() as session:
        session.query(FeedRow).filter(FeedRow.seq == 1).delete()
    with town.app.app_context(), pytest.raises(AppError, match="damaged_backup"):
        backup.backup(tmp_path / "b", SECRET)
    assert director.send()["backed_up"] == 0


def test_the_journal_is_on_disk_before_the_commit(town: Town, woman: str) -> None:
    folder = town.app.extensions["suifang_settings"].data
    with town.app.app_context(), pytest.raises(ZeroDivisionError), writing() as session:
        erasing.erase(session, COUNTY, [woman], now=1)
        raise ZeroDivisionError
    assert list(journal.entries(folder / journal.NAME)) == []
    with town.app.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [woman], now=1)
    assert [entry["kind"] for entry in journal.entries(folder / journal.NAME)] == ["erased"]


def test_an_erased_woman_whom_the_backup_never_knew_is_not_made_anew(
    town: Town, director: Handset, tmp_path: Path
) -> None:
    house = director.household()
    director.codes(house)
    file = back_up(town, tmp_path)
    her = director.person(house["household"])
    director.codes(her)
    with town.app.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [her["person"]], now=now_ms())
    put_back(town, file)
    assert director.codes(her) == [("parked", "erased_person")]


def test_whoever_was_merged_into_an_erased_woman_stays_erased_though_the_backup_knows_of_no_merge(
    town: Town, director: Handset, woman: str, tmp_path: Path
) -> None:
    house = director.household()
    twin = director.person(house["household"])
    director.codes(house, twin)
    file = back_up(town, tmp_path)
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    with town.app.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [woman], now=now_ms())
    put_back(town, file)
    assert director.codes(director.consent(twin["person"])) == [("parked", "erased_person")]


def test_a_journal_line_that_a_crash_cut_spoils_no_other(town: Town, woman: str) -> None:
    path = town.app.extensions["suifang_settings"].data / journal.NAME
    path.write_bytes(b'{"kind":"era')
    journal.append(path, [{"kind": "phone", "phone": "p", "state": "lost"}])
    assert [entry["kind"] for entry in journal.entries(path)] == ["phone"]


def test_everything_comes_back_as_it_was(town: Town, director: Handset, woman: str, tmp_path: Path) -> None:
    director.codes(director.consent(woman), director.record("contraceptive_followup", {"method": "pill"}, person=woman))
    counts = {model: town.count(model) for model in (Event, Person, Record, Consent, Store)}
    put_back(town, back_up(town, tmp_path))
    assert {model: town.count(model) for model in counts} == counts
    fresh = town.director(EAST)
    fresh.pull()
    assert b'"pill"' in fresh.everything()


def test_a_backup_holds_a_database_that_sqlite_can_open(town: Town, director: Handset, tmp_path: Path) -> None:
    director.codes(director.household())
    with town.app.app_context():
        dump.copy_out(db.engine, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM household").fetchone() == (1,)


def test_a_backup_serves_in_the_other_kind_of_database_and_back(
    town: Town, director: Handset, woman: str, tmp_path: Path
) -> None:
    director.codes(director.consent(woman))
    other = Town(create_app(Settings(data=tmp_path / "other")))
    with other.app.app_context():
        to_head()
    put_back(other, back_up(town, tmp_path))
    with other.app.app_context():
        assert at_head()
        with pytest.raises(IntegrityError, match="append-only"), writing() as session:
            session.execute(delete(Audit))
    other.director(EAST).pull()
    counts = {model: other.count(model) for model in (Event, Person, Record, Consent, Store, Audit)}
    with other.app.app_context():
        backup.backup(tmp_path / "back.suifang", SECRET)
        db.engine.dispose()
    put_back(town, tmp_path / "back.suifang")
    assert {model: town.count(model) for model in counts} == counts
    with town.app.app_context(), pytest.raises(DBAPIError, match="append-only"), writing() as session:
        session.execute(delete(Audit))


def test_a_backup_of_an_older_server_gets_todays_tables(town: Town, director: Handset, tmp_path: Path) -> None:
    file = tmp_path / "older.db"
    with town.app.app_context():
        engine = create_engine(f"sqlite:///{file}")
        to_head(engine, "0002")
        assert not at_head(engine)
        dump.to_today(file)
        assert at_head(engine)
        engine.dispose()
