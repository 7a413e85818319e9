"""What the migration that lets phones' sessions sleep does to those that are there."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import create_engine, text

from server.migrating import to_head

WORKER = "INSERT INTO worker (id, county, username, name, password_hash, created_at) VALUES ('w', '990131', 'w', :name, '-', 1)"
SIGN_IN = "INSERT INTO sign_in (id, worker_id, phone_id, created_at, expires_at) VALUES (:id, 'w', :phone, 1, 2)"


def test_sessions_of_phones_sleep_at_once_and_those_of_the_desk_never(app: Flask, blank_database_url: str) -> None:
    with app.app_context():
        engine = create_engine(blank_database_url)
        to_head(engine, "0016")
        with engine.begin() as connection:
            connection.execute(text(WORKER), {"name": b"-"})
            connection.execute(text(SIGN_IN), [{"id": b"p", "phone": "phone"}, {"id": b"d", "phone": None}])
        to_head(engine)
        with engine.connect() as connection:
            found = dict(connection.execute(text("SELECT phone_id, awake_until FROM sign_in")).all())
        engine.dispose()
    assert found == {"phone": 0, None: None}
