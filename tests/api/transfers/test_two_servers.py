"""Two servers that run exchange a record, each over TLS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server.app import create_app
from server.auth import COOKIE
from server.clock import now_ms
from server.config import Settings
from server.extensions import writing
from server.ids import new_id
from server.models import Area
from server.sync.append import write_events
from tests.api.conftest import PASSWORD, TOWNSHIP, WRITE, a_worker
from tests.api.transfers.conftest import furnish
from tests.e2e.server import LiveServer


def settle(app: Flask) -> str:
    """A township with a clerk and a woman with one record; answers her id."""
    village, person = TOWNSHIP + "201", new_id()
    with app.app_context(), writing() as session:
        session.add_all(Area(code=code, name="柏坡镇", position=0) for code in (TOWNSHIP[:6], TOWNSHIP, village))
        session.flush()
        clerk = a_worker("station", "station", TOWNSHIP)
        session.add(clerk)
        session.flush()
        head = {"actor": clerk.id, "role": "director", "area": village}
        house = {"kind": "patch", "schema": "household/1", "household": new_id(), **head}
        house["body"] = {"set": {"area": village, "number": "12"}, "base": {}}
        woman = {"kind": "patch", "schema": "person/1", "person": person, "household": house["household"], **head}
        woman["body"] = {"set": {"household": house["household"], "name": "周桂兰", "sex": "f"}, "base": {}}
        agreed = {"purpose": "service_record", "decision": "given", "text_version": "service_record_1",
                  "mode": "oral_witness", "witness": "李梅"}  # fmt: skip
        records = (("consent", agreed), ("contraceptive_followup", {"method": "iud", "still_using": True}))
        told = [
            {"kind": "record", "schema": f"{form}/1", "person": person, **head,
             "body": {"occurred_on": "2026-10-02", "answers": answers}}
            for form, answers in records
        ]  # fmt: skip
        answers = write_events(session, TOWNSHIP[:6], [house, woman, *told], "desk", now=now_ms())
    assert [code for code, _ in answers] == ["accepted"] * 4
    return person


class Desk:
    """A clerk's browser against a server on loopback."""

    def __init__(self, server: LiveServer, username: str) -> None:
        self.server, self.cookie = server, ""
        self("POST", "/api/auth/login", {"username": username, "password": PASSWORD})

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        line = self.server.line()
        headers = WRITE | {"Content-Type": "application/json", "Cookie": self.cookie}
        line.request(method, path, json.dumps(body if body is not None else {}), headers)
        answer = line.getresponse()
        said = json.loads(answer.read())
        if COOKIE in (answer.getheader("Set-Cookie") or ""):
            self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        assert answer.status == 200, (path, said)
        return said


@pytest.fixture
def two_servers(tmp_path: Path) -> Iterator[tuple[Desk, Desk, str]]:
    """Two servers that run, each with a clerk, and a woman of the first one's township."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = (LiveServer(tmp_path / name / "data", https=True).start() for name in ("here", "there"))
    try:
        person = settle(create_app(Settings(data=here.data)))
        furnish(create_app(Settings(data=there.data)))
        yield Desk(here, "station"), Desk(there, "far"), person
    finally:
        here.stop()
        there.stop()


def test_two_running_servers_exchange_a_record_an_answer_and_a_withdrawal(
    two_servers: tuple[Desk, Desk, str],
) -> None:
    here, there, her = two_servers
    for one, other in ((here, there), (there, here)):
        card, mark = other("GET", "/api/transfers/server"), other("GET", "/api/transfers")["mark"]
        one("POST", "/api/transfers/servers", {"card": card, "mark": mark})
    [place] = [one for one in here("GET", "/api/transfers/places")["places"] if one["server"]]
    told = here("POST", f"/api/transfers/of/{her}/preview", {"items": ["method"]})
    what = {"items": ["method"], "to": place["code"], "server": place["server"], "urgent": True, "witness": "李梅"}
    transfer = here("POST", f"/api/transfers/of/{her}", what | {"seen": told["seen"]})["id"]
    there("POST", "/api/transfers/take", here("POST", f"/api/transfers/{transfer}/letter"))
    assert there("GET", f"/api/transfers/{transfer}/in") == told
    there("POST", f"/api/transfers/{transfer}/answer", {"decision": "acknowledged", "reason": ""})
    here("POST", "/api/transfers/take", there("POST", f"/api/transfers/{transfer}/letter"))
    [row] = here("GET", "/api/transfers")["transfers"]
    assert row["state"] == "acknowledged"
    here("POST", f"/api/transfers/{transfer}/revoke")
    there("POST", "/api/transfers/take", here("POST", f"/api/transfers/{transfer}/letter"))
    assert there("GET", "/api/transfers")["transfers"][0]["state"] == "revoked"
