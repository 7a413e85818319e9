"""What the outbox of each released version of the app holds is taken by today's server. Fixtures are added, never edited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server import auth
from server.clock import now_ms
from server.extensions import writing
from server.models import Phone, Store, Worker
from tests.sync.handset import Handset
from tests.sync.town import COUNTY, Town

RELEASED = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "outbox").glob("*.json"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def outbox(request: pytest.FixtureRequest) -> Any:
    return json.loads(request.param.read_text("utf-8"))


@pytest.fixture
def phone(app: Flask, town: Town, outbox: Any) -> Handset:
    """The phone that wrote it, with the ids it had."""
    worker, device, store, now = outbox["worker"], outbox["device"], outbox["store"], now_ms()
    with app.app_context(), writing() as session:
        session.add(Worker(id=worker, county=COUNTY, username="then", name="then", password_hash="-", created_at=now))
        session.flush()
        session.add(Phone(id=device, county=COUNTY, worker_id=worker, public_key={}, created_at=now))
        session.flush()
        session.add(Store(county=COUNTY, id=store, phone_id=device, worker_id=worker, created_at=now))
        token = auth.open_session(session, worker, now, 30, device)
    town.grant(worker, outbox["role"], outbox["area"])
    client = app.test_client()
    client.set_cookie(auth.COOKIE, token, secure=True)
    return Handset(client, worker, outbox["role"], outbox["area"], device, store)


def test_every_row_is_taken_and_a_repeat_is_free(phone: Handset, outbox: Any) -> None:
    assert {code for code, *_ in phone.codes(*outbox["events"])} == {"accepted"}
    assert {code for code, *_ in phone.codes(*outbox["events"])} == {"duplicate"}


def test_rows_one_by_one_mean_the_same(phone: Handset, outbox: Any) -> None:
    for event in outbox["events"]:
        assert phone.codes(event)[0][0] == "accepted"
    assert {"state", "record", "amend", "void"} <= {row["kind"] for row in phone.pull()}
