"""Every answer that is not a success is {code, message}, whoever raised it."""

from __future__ import annotations

import pytest
from flask import Flask

from server.errors import Busy, SlowDown

from .conftest import WRITE, SignIn


def shape(answer: object) -> set[str]:
    return set(answer.json)  # type: ignore[attr-defined]


def test_an_unknown_address_is_404_in_our_shape(township: Flask) -> None:
    answer = township.test_client().get("/api/nothing-here")
    assert (answer.status_code, answer.json["code"], shape(answer)) == (404, "not_found", {"code", "message"})


def test_a_wrong_method_is_405_and_says_which_are_allowed(township: Flask) -> None:
    answer = township.test_client().put("/api/auth/me", headers=WRITE)
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))


def test_a_body_that_is_too_large_is_413(township: Flask) -> None:
    answer = township.test_client().post("/api/auth/login", json={"username": "x" * 3_000_000}, headers=WRITE)
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_broken_json_is_400_bad_json(township: Flask) -> None:
    headers = WRITE | {"Content-Type": "application/json"}
    for body in (b"{", b"\xff\xfe", b"[1,", b"nul"):
        answer = township.test_client().post("/api/auth/login", data=body, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (400, "bad_json")


def test_a_wrong_shape_is_400_and_names_the_field(township: Flask) -> None:
    for body in ({}, {"username": 5, "password": "x"}, {"username": "a\u0000b", "password": "x"}, [], "x", None):
        answer = township.test_client().post("/api/auth/login", json=body, headers=WRITE)
        assert (answer.status_code, answer.json["code"]) == (400, "bad_shape")


def test_an_unknown_field_in_a_body_is_refused(township: Flask) -> None:
    body = {"username": "director", "password": "x", "admin": True}
    answer = township.test_client().post("/api/auth/login", json=body, headers=WRITE)
    assert (answer.status_code, answer.json["code"]) == (400, "bad_shape")
    assert answer.json["message"].startswith("admin:")


def test_a_lone_surrogate_is_no_json(township: Flask) -> None:
    headers = WRITE | {"Content-Type": "application/json"}
    body = b'{"username": "\\ud800", "password": "x"}'
    answer = township.test_client().post("/api/auth/login", data=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, "bad_json")


@pytest.mark.parametrize(("error", "status"), [(SlowDown(retry_after=30), 429), (Busy(retry_after=30), 503)])
def test_a_wait_is_told_in_retry_after(app: Flask, error: Exception, status: int) -> None:
    def view() -> None:
        raise error

    view.access = frozenset({"anyone"})  # type: ignore[attr-defined]
    app.add_url_rule("/api/slow", view_func=view)
    answer = app.test_client().get("/api/slow")
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "30")


def test_what_breaks_inside_is_500_without_a_word_about_why(app: Flask) -> None:
    def view() -> None:
        raise RuntimeError("secret detail")

    view.access = frozenset({"anyone"})  # type: ignore[attr-defined]
    app.add_url_rule("/api/broken", view_func=view)
    answer = app.test_client().get("/api/broken")
    assert (answer.status_code, answer.json["code"]) == (500, "server_error")
    assert "secret" not in answer.text


def test_a_view_that_says_nothing_wants_a_signed_in_worker(township: Flask, sign_in: SignIn) -> None:
    township.add_url_rule("/api/forgotten", view_func=lambda: {"fine": True}, endpoint="forgotten")
    assert township.test_client().get("/api/forgotten").status_code == 401
