"""A signed-in township for the tests of the API: every role once, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.accounts import add_worker
from server.clock import now_ms
from server.extensions import writing
from server.models import Area

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
        for username, grant in WORKERS.items():
            add_worker(session, username, f"{username} 同志", [grant], PASSWORD, now_ms())
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
