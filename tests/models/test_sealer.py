"""The sealer numbers what waits and tells the heads to a file that a rewritten log cannot match."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from server import audit, sealer
from server.audit import Fault
from server.extensions import db, writing
from server.models import Audit, AuditChain

TOWNSHIP, NEXT = "990131101", "990131102"
HOUR = 3_600_000


def written(count: int, place: str = TOWNSHIP) -> None:
    with writing() as session:
        for at in range(count):
            audit.note(session, "person.read", f"s{at}", {}, now=at, place=place)


def heads() -> dict[str, int]:
    db.session().rollback()
    return {row[0]: row[1] for row in db.session.execute(select(AuditChain.chain, AuditChain.n))}


def test_it_numbers_every_chain_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 10)
    with app.app_context():
        written(25)
        written(3, NEXT)
        assert sealer.seal_all() == 28
        assert heads() == {TOWNSHIP: 25, NEXT: 3}
        assert sealer.seal_all() == 0


def test_a_head_is_written_down_at_most_once_an_hour_and_only_when_it_moved(app: Flask, data_dir: Path) -> None:
    with app.app_context():
        written(2)
        sealer.seal_all()
        for now in (HOUR, HOUR + 1, 3 * HOUR):
            sealer.anchor(data_dir, now)
        assert [anchor.n for anchor in sealer.anchors(data_dir)] == [2]
        written(1)
        sealer.seal_all()
        sealer.anchor(data_dir, 3 * HOUR)
        assert [anchor.n for anchor in sealer.anchors(data_dir)] == [2, 3]
        assert audit.verify(db.session(), sealer.anchors(data_dir)) == []


def test_the_file_shows_a_log_that_was_emptied(app: Flask, data_dir: Path) -> None:
    with app.app_context():
        written(2)
        sealer.seal_all()
        sealer.anchor(data_dir, HOUR)
        assert audit.verify(db.session(), sealer.anchors(data_dir)) == []
    emptied = set(_verified_without_rows(app, data_dir))
    assert emptied == {Fault(TOWNSHIP, "chain_longer_than_log", 1), Fault(TOWNSHIP, "anchor_mismatch", 2)}


def _verified_without_rows(app: Flask, folder: Path) -> list[Fault]:
    with app.app_context(), writing() as session:
        on = " ON audit" if db.engine.dialect.name == "postgresql" else ""
        session.connection().exec_driver_sql(f"DROP TRIGGER audit_no_delete{on}")
        session.query(Audit).delete()
        return audit.verify(session, sealer.anchors(folder))


def test_a_line_cut_by_a_crash_is_passed_over(app: Flask, data_dir: Path) -> None:
    with app.app_context():
        written(1)
        sealer.seal_all()
        sealer.anchor(data_dir, HOUR)
    with (data_dir / sealer.NAME).open("ab") as file:
        file.write(b'{"at":1,"cha')
    assert len(sealer.anchors(data_dir)) == 1
    with app.app_context():
        written(1)
        sealer.seal_all()
        sealer.anchor(data_dir, 3 * HOUR)
    assert [anchor.n for anchor in sealer.anchors(data_dir)] == [1, 2]


def test_a_restore_takes_back_what_lies_beyond_the_backup(app: Flask, data_dir: Path) -> None:
    (data_dir / sealer.NAME).write_text('{"at":1,"chain":"990131101","n":90,"h":"AAAA"}\n')
    with app.app_context():
        written(2)
        sealer.seal_all()
        sealer.restored(data_dir, HOUR)
        assert sealer.anchors(data_dir) == []
        assert audit.verify(db.session(), sealer.anchors(data_dir)) == []


def test_while_it_is_at_work_the_last_rows_are_sealed_before_it_ends(app: Flask, data_dir: Path) -> None:
    with app.app_context():
        written(4)
    with sealer.at_work(app):
        pass
    with app.app_context():
        assert heads() == {TOWNSHIP: 4}
    assert len(sealer.anchors(data_dir)) == 1
