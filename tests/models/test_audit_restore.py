"""A restore puts a whole log in another's place, append-only or not, and the log still adds up."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from server import audit, sealer
from server.extensions import db, writing
from server.sync import backup

TOWNSHIP = "990131101"


def written(count: int) -> None:
    with writing() as session:
        for at in range(count):
            audit.note(session, "person.read", f"s{at}", {}, now=at, place=TOWNSHIP)


def test_a_log_is_restored_over_a_longer_one(app: Flask, data_dir: Path, tmp_path: Path) -> None:
    with app.app_context():
        written(3)
        sealer.seal_all()
        backup.backup(tmp_path / "copy", b"s" * 32)
        written(2)
        sealer.seal_all()
        sealer.anchor(data_dir, 1)
        backup.restore(tmp_path / "copy", b"s" * 32, over=True)
    with app.app_context():
        assert audit.head(db.session(), TOWNSHIP)[0] == 3
        assert audit.verify(db.session(), sealer.anchors(data_dir)) == []
