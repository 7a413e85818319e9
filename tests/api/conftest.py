"""A signed-in township for the tests of the API: every role once, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient

from server.clock import now_ms
from server.extensions import writing
from server.ids import new_id
from server.keys import public_jwk
from server.models import Area, Grant, Worker
from tests.sync.handset import Event, Handset

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
    """As the server hashes, but at the least cost: a hash says itself how dear it is to check, and hundreds of tests sign in."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


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


Phone = Callable[[str], Handset]


@pytest.fixture
def phone(sign_in: SignIn) -> Phone:
    """A registered phone of that worker, her session in its cookie jar."""

    def take(username: str) -> Handset:
        client, desk = sign_in(username), sign_in("next-station" if username.startswith("next") else "station")
        worker = client.get("/api/auth/me").json["worker"]["id"]
        code = desk.post("/api/phones/codes", json={"worker": worker}, headers=WRITE).json["code"]
        key = public_jwk(ec.generate_private_key(ec.SECP256R1()))
        got = client.post("/api/devices", json={"code": code, "public_key": key}, headers=WRITE).json
        role, area = WORKERS[username]
        return Handset(client, worker, role, area, got["phone"], got["store"])

    return take


def married_woman(handset: Handset, name: str = "周桂兰", **fields: str) -> str:
    """A household with a married woman of 38 in it, sent; answers her id."""
    house = handset.household(number="坡东12")
    her = handset.person(house["household"], name, marital="married", residence="resident", **fields)
    assert [code for code, *_ in handset.codes(house, her)] == ["accepted"] * 2
    return str(her["person"])


def method_record(handset: Handset, person: str, method: str = "iud") -> Event:
    """Her consent and a follow-up that names her method, sent; answers the follow-up."""
    follow_up = handset.record(
        "contraceptive_followup", {"method": method, "still_using": True}, "2026-10-02", person=person
    )
    assert [code for code, *_ in handset.codes(handset.consent(person), follow_up)] == ["accepted"] * 2
    return follow_up
