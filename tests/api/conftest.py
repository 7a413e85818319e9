"""A signed-in township for the tests of the API: every role once, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.clock import now_ms
from server.extensions import writing
from server.ids import new_id
from server.models import Area, Grant, Worker
from server.passwords import hash_password

COUNTY, TOWNSHIP, VILLAGE, OTHER_VILLAGE = "990131", "990131101", "990131101201", "990131101202"
NEXT_TOWNSHIP, NEXT_VILLAGE = "990131102", "990131102201"
PASSWORD = "peach-blossom-7"
WORKERS = {
    "director": ("director", VILLAGE),
    "liaison": ("liaison", TOWNSHIP),
    "technician": ("technician", TOWNSHIP),
    "station": ("station", TOWNSHIP),
    "county": ("county", COUNTY),
    "next-station": ("station", NEXT_TOWNSHIP),
    "next-director": ("director", NEXT_VILLAGE),
}
WRITE = {"X-Suifang": "1"}


@cache
def hashed() -> str:
    """Hashed once a run: it is slow on purpose."""
    return hash_password(PASSWORD)


def a_worker(username: str, role: str, area: str) -> Worker:
    """A worker with one grant and PASSWORD."""
    return Worker(
        id=new_id(), county=COUNTY, username=username, name=f"{username} 同志", password_hash=hashed(),
        created_at=now_ms(), grants=[Grant(area=area, role=role, granted_at=now_ms())],
    )  # fmt: skip


@pytest.fixture
def township(app: Flask) -> Flask:
    """The app with two townships of one county and a worker of every role; each has PASSWORD."""
    places = {
        COUNTY: "柏县", TOWNSHIP: "柏坡镇", VILLAGE: "东坡村", OTHER_VILLAGE: "西坡村",
        NEXT_TOWNSHIP: "柳林镇", NEXT_VILLAGE: "柳林村",
    }  # fmt: skip
    with app.app_context(), writing() as session:
        session.add_all(Area(code=code, name=name, position=n) for n, (code, name) in enumerate(places.items()))
        session.flush()
        session.add_all(a_worker(username, role, area) for username, (role, area) in WORKERS.items())
    return app


SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def sign_in(township: Flask) -> SignIn:
    """A client with that worker's session in its cookie jar."""

    def sign(username: str) -> FlaskClient:
        client = township.test_client()
        answer = client.post("/api/auth/login", json={"username": username, "password": PASSWORD}, headers=WRITE)
        assert answer.status_code == 200, answer.text
        return client

    return sign
