"""A woman with records who moves, the desks of both townships, and a station on another server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Settings
from server.extensions import db, writing
from server.models import Area
from server.transfers import letters
from tests.api.conftest import NEXT_TOWNSHIP, PASSWORD, WRITE, Phone, SignIn, a_worker, married_woman, method_record
from tests.databases import Lender
from tests.sync.handset import Handset

FAR = "970202303"


@pytest.fixture
def director(phone: Phone) -> Handset:
    return phone("director")


@pytest.fixture
def her(director: Handset) -> str:
    """A woman with a method, condoms and an antenatal visit on record."""
    person = married_woman(director, children=2)
    method_record(director, person)
    supply = director.record("contraceptive_supply", {"item": "condom", "qty": 20, "lot": "L77"}, person=person)
    director.codes(director.consent(person, purpose="supply"), supply)
    return person


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/transfers{path}", json=body, headers=WRITE)


def seen(desk: FlaskClient, her: str, *items: str) -> Any:
    return post(desk, f"/of/{her}/preview", items=list(items)).json


def send(desk: FlaskClient, her: str, *items: str, to: str = NEXT_TOWNSHIP, server: str | None = None) -> Any:
    what = {"items": list(items), "to": to, "server": server, "urgent": False, "witness": "李梅"}
    return post(desk, f"/of/{her}", **what, seen=seen(desk, her, *items)["seen"])


def sent(desk: FlaskClient, her: str, *items: str) -> str:
    answer = send(desk, her, *items)
    assert answer.status_code == 200, answer.text
    return str(answer.json["id"])


def content(client: FlaskClient, transfer: str, side: str = "in") -> Any:
    return client.get(f"/api/transfers/{transfer}/{side}")


@pytest.fixture
def far(lender: Lender, tmp_path: Path) -> Iterator[FlaskClient]:
    """The desk of a station on another server."""
    name, address = lender.migrated()
    app = create_app(Settings(data=tmp_path / "far", database_url=address))
    furnish(app)
    client = app.test_client()
    client.post("/api/auth/login", json={"username": "far", "password": PASSWORD}, headers=WRITE)
    yield client
    with app.app_context():
        db.engine.dispose()
    lender.databases.drop(name)


def furnish(app: Flask) -> None:
    """A township of another county with a clerk."""
    with app.app_context(), writing() as session:
        session.add_all(Area(code=code, name="远山镇", position=0) for code in (FAR[:6], FAR))
        session.flush()
        clerk = a_worker("far", "station", FAR)
        clerk.county = FAR[:6]
        session.add(clerk)


def introduce(one: FlaskClient, other: FlaskClient) -> str:
    """`one` knows `other`, having heard its mark on the telephone; answers its id."""
    card = other.get("/api/transfers/server").json
    said = other.get("/api/transfers").json["mark"]
    assert post(one, "/servers", card=card, mark=said).status_code == 200
    return letters.card_id(card)


@pytest.fixture
def letter(her: str, sign_in: SignIn, far: FlaskClient) -> tuple[str, str]:
    """A transfer to the other server as a file: (id, file). The two know each other."""
    desk = sign_in("station")
    server = introduce(desk, far)
    introduce(far, desk)
    transfer = send(desk, her, "supply", "method", to=FAR, server=server).json
    assert transfer["state"] == "waiting"
    return transfer["id"], post(desk, f"/{transfer['id']}/letter").json["file"]
