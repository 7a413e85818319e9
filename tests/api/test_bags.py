"""A worker's bag: written down at the desk, told to her phone, never a limit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.clock import today

from .conftest import WRITE, Phone, SignIn

EXPIRY = (today() + timedelta(days=300)).isoformat()
CONDOMS = {"item": "condom", "lot": "2409A", "expiry": EXPIRY, "qty": 200}


def fill(desk: FlaskClient, worker: str, *lines: dict[str, Any]) -> Any:
    return desk.post(f"/api/workers/{worker}/bag", json={"lines": list(lines)}, headers=WRITE)


def told(handset: Any) -> list[Any]:
    handset.pull()
    rows = handset.rows(f"worker:{handset.worker}", "own")
    return [row["body"]["lines"] for row in rows if row["kind"] == "bag"]


def test_what_the_desk_writes_down_reaches_her_phone(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    answer = fill(desk, director.worker, CONDOMS)
    assert answer.json["lines"] == [CONDOMS]
    assert told(director) == [[CONDOMS]]


def test_the_list_is_written_whole_each_time(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    fill(desk, director.worker, CONDOMS)
    fill(desk, director.worker)
    assert desk.get(f"/api/workers/{director.worker}/bag").json["lines"] == []
    assert told(director)[-1] == []


def test_a_bag_never_written_down_is_empty(phone: Phone, sign_in: SignIn) -> None:
    desk = sign_in("station")
    assert desk.get(f"/api/workers/{phone('director').worker}/bag").json == {"lines": [], "changed_at": None}


def test_the_next_townships_station_cannot_write_it(phone: Phone, sign_in: SignIn) -> None:
    assert fill(sign_in("next-station"), phone("director").worker, CONDOMS).status_code == 404


@pytest.mark.parametrize("wrong", [{"item": "aspirin"}, {"qty": -1}, {"qty": 1.5}, {"expiry": "soon"}, {"lot": ""}])
def test_a_line_of_another_shape_or_item_is_refused(phone: Phone, sign_in: SignIn, wrong: dict[str, Any]) -> None:
    assert fill(sign_in("station"), phone("director").worker, CONDOMS | wrong).status_code in (400, 422)
