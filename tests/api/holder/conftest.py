"""A telephone with a browser before the public page of cards, and a woman whose own page a code opens."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.conftest import (
    TOWNSHIP,
    WRITE,
    Phone,
    married_woman,
    method_record,
)


@pytest.fixture
def anybody(township: Flask) -> FlaskClient:
    """A telephone with a browser: no account, no cookie."""
    return township.test_client()


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/holder/{path}", json=body, headers=WRITE)


def ask(client: FlaskClient, kind: str = "call_back", **more: str) -> Any:
    return post(client, "ask", kind=kind, **{"township": TOWNSHIP, "phone": "13900000111", **more})


def code_for(desk: FlaskClient, person: str) -> str:
    answer = desk.post(f"/api/people/{person}/code", headers=WRITE)
    assert answer.status_code == 200, answer.text
    return str(answer.json["code"])


def opened(anybody: FlaskClient, code: str) -> str:
    return str(post(anybody, "open", code=code).json["token"])


def asked_items(desk: FlaskClient) -> list[Any]:
    return [item for item in desk.get("/api/inbox").json["items"] if item["kind"] == "asked"]


@pytest.fixture
def her(phone: Phone) -> str:
    """A woman of the village who agreed to a record and has one."""
    director = phone("director")
    person = married_woman(director)
    method_record(director, person)
    return person
