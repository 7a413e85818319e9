"""Whatever is sent to whatever route, the answer is a success or {code, message}: never a 500, never a broken server."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.ids import new_id

from .conftest import NEXT_TOWNSHIP, TOWNSHIP, VILLAGE, WRITE, SignIn, married_woman
from .conftest import Phone as TakePhone

MANY = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

words = st.sampled_from(
    ["", "周", VILLAGE, TOWNSHIP, NEXT_TOWNSHIP, "99", "2026-02-31", "numerator", "\0", "%", "_", "'"]
)
leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | words
json = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)

BODIES: dict[str, list[str]] = {
    "/api/auth/login": ["username", "password"],
    "/api/auth/password": ["old", "new"],
    "/api/auth/wake": ["challenge", "signature"],
    "/api/devices": ["code", "public_key", "label"],
    "/api/phones/codes": ["worker"],
    "/api/people/search": ["q", "area"],
    "/api/people/ready": ["area"],
    "/api/phones/{id}/state": ["state"],
    "/api/imports": ["name", "size"],
    "/api/imports/{id}/parts": ["n", "data"],
    "/api/workers": ["username", "name", "role", "areas"],
    "/api/workers/{id}/give": ["role", "areas"],
    "/api/workers/{id}/take": ["role", "areas"],
    "/api/workers/{id}/hand-over": ["to", "areas"],
    "/api/workers/{id}/switch": ["on"],
    "/api/workers/{id}/leaves": ["stand_in", "first", "last"],
    "/api/inbox/{id}/decide": ["choice"],
    "/api/devices/{id}/stores": [],
}
QUERIES: dict[str, list[str]] = {
    "/api/figures/contraceptive_practice": ["area", "on"],
    "/api/figures/contraceptive_practice/records": ["area", "on", "part", "after"],
    "/api/villages": ["area", "period"],
    "/api/inbox": ["state"],
    "/api/sync/pull": ["c", "n", "device", "store", "again"],
}


def is_fine(answer: Any) -> bool:
    if answer.status_code < 400:
        return True
    return answer.status_code < 500 and set(answer.json) == {"code", "message"}


@pytest.fixture
def desk(sign_in: SignIn) -> FlaskClient:
    return sign_in("station")


@MANY
@given(data=st.data(), path=st.sampled_from(sorted(BODIES)))
def test_any_body_gets_a_proper_answer(desk: FlaskClient, data: st.DataObject, path: str) -> None:
    shaped = st.fixed_dictionaries({}, optional=dict.fromkeys(BODIES[path], json))
    body = data.draw(shaped | json)
    answer = desk.post(path.replace("{id}", new_id()), json=body, headers=WRITE)
    assert is_fine(answer), (path, body, answer.status_code, answer.text)


@MANY
@given(data=st.data(), path=st.sampled_from(sorted(QUERIES)))
def test_any_query_gets_a_proper_answer(desk: FlaskClient, data: st.DataObject, path: str) -> None:
    values = words | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    query = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(QUERIES[path], values)))
    answer = desk.get(path, query_string=query)
    assert is_fine(answer), (path, query, answer.status_code, answer.text)


@MANY
@given(raw=st.binary(max_size=200), path=st.sampled_from([*sorted(BODIES), "/api/sync/push"]))
def test_any_bytes_get_a_proper_answer(desk: FlaskClient, raw: bytes, path: str) -> None:
    headers = WRITE | {"Content-Type": "application/json"}
    answer = desk.post(path.replace("{id}", new_id()), data=raw, headers=headers)
    assert is_fine(answer), (path, raw, answer.status_code, answer.text)


@MANY
@given(
    tail=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    start=st.sampled_from(["/", "/api/", "/app/", "/api/people/"]),
)
def test_any_address_gets_a_proper_answer(desk: FlaskClient, tail: str, start: str) -> None:
    answer = desk.get(start + tail.replace("?", "").replace("#", ""))
    assert answer.status_code < 500 or answer.mimetype == "text/html", (start, tail, answer.status_code)


@MANY
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
def test_any_name_can_be_searched_for(desk: FlaskClient, name: str) -> None:
    assert desk.post("/api/people/search", json={"q": name}, headers=WRITE).status_code == 200


def test_a_search_for_pattern_characters_finds_nobody(phone: TakePhone, desk: FlaskClient) -> None:
    married_woman(phone("director"))
    for q in ("%", "_", "周_兰", ".*"):
        assert desk.post("/api/people/search", json={"q": q}, headers=WRITE).json["people"] == []


@pytest.mark.parametrize("path", ["/api/auth/login", "/api/sync/push"])
@pytest.mark.parametrize("body", [b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000, b"[NaN]"])
def test_deep_or_odd_json_is_refused_and_not_followed(desk: FlaskClient, path: str, body: bytes) -> None:
    answer = desk.post(path, data=body, headers=WRITE | {"Content-Type": "application/json"})
    assert answer.status_code == 400
