"""Workers at the desk: adding, giving and taking areas, handing over, leave, new passwords; and who may do it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.clock import now_ms, today
from server.desk import leaves
from server.extensions import db
from server.models import Audit

from .conftest import NEXT_VILLAGE, OTHER_VILLAGE, PASSWORD, TOWNSHIP, VILLAGE, WRITE, Phone, SignIn, married_woman

DAY_MS = 86_400_000


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/workers{path}", json=body, headers=WRITE)


def everyone(client: FlaskClient) -> dict[str, Any]:
    return {one["username"]: one for one in client.get("/api/workers").json["workers"]}


def areas(client: FlaskClient, username: str) -> list[str]:
    return [area["code"] for area in everyone(client)[username]["areas"]]


@pytest.fixture
def desk(sign_in: SignIn) -> FlaskClient:
    return sign_in("station")


@pytest.fixture
def zhao(desk: FlaskClient) -> dict[str, Any]:
    """A second director, of the other village."""
    answer = post(desk, "", username="zhaoxia", name="赵霞", role="director", areas=[OTHER_VILLAGE])
    assert answer.status_code == 200, answer.text
    return dict(answer.json["worker"]) | {"password": answer.json["password"]}


def signs_in(township: Flask, username: str, password: str) -> bool:
    asked = {"username": username, "password": password}
    return township.test_client().post("/api/auth/login", json=asked, headers=WRITE).status_code == 200


def test_a_new_worker_signs_in_with_the_password_that_was_shown_once(township: Flask, zhao: dict[str, Any]) -> None:
    assert signs_in(township, "zhaoxia", zhao["password"])
    assert [area["code"] for area in zhao["areas"]] == [OTHER_VILLAGE]


def test_a_name_that_is_taken_and_an_area_that_does_not_fit_are_refused(
    desk: FlaskClient, zhao: dict[str, Any]
) -> None:
    again = post(desk, "", username="zhaoxia", name="赵霞", role="director", areas=[OTHER_VILLAGE])
    wrong = post(desk, "", username="other", name="赵霞", role="director", areas=[TOWNSHIP])
    assert (again.json["code"], wrong.json["code"]) == ("name_taken", "wrong_area")


def test_a_station_gives_nothing_beyond_its_township_and_makes_no_station(desk: FlaskClient) -> None:
    for role, area in (("director", NEXT_VILLAGE), ("station", TOWNSHIP)):
        answer = post(desk, "", username="other", name="某", role=role, areas=[area])
        assert (answer.status_code, answer.json["code"]) == (403, "not_your_area")


def test_a_county_makes_a_station(sign_in: SignIn) -> None:
    answer = post(sign_in("county"), "", username="second", name="陈", role="station", areas=[TOWNSHIP])
    assert answer.status_code == 200


@pytest.mark.parametrize("username", ["station", "county", "next-director"])
def test_nobody_changes_herself_her_own_desk_or_another_townships_worker(
    desk: FlaskClient, sign_in: SignIn, username: str
) -> None:
    worker = sign_in(username).get("/api/auth/me").json["worker"]["id"]
    assert post(desk, f"/{worker}/switch", on=False).status_code in (403, 404)
    assert post(desk, f"/{worker}/password").status_code in (403, 404)


def test_villages_are_given_and_taken_away(desk: FlaskClient, zhao: dict[str, Any]) -> None:
    given = post(desk, f"/{zhao['id']}/give", role="director", areas=[VILLAGE])
    assert [area["code"] for area in given.json["areas"]] == [OTHER_VILLAGE, VILLAGE]
    post(desk, f"/{zhao['id']}/take", role="director", areas=[OTHER_VILLAGE])
    assert areas(desk, "zhaoxia") == [VILLAGE]


def test_who_has_no_village_left_still_stands_in_the_list(desk: FlaskClient, zhao: dict[str, Any]) -> None:
    post(desk, f"/{zhao['id']}/take", role="director", areas=[OTHER_VILLAGE])
    assert areas(desk, "zhaoxia") == []
    assert post(desk, f"/{zhao['id']}/give", role="director", areas=[VILLAGE]).status_code == 200


def test_a_handed_over_village_reaches_the_other_phone_and_leaves_hers(
    phone: Phone, desk: FlaskClient, zhao: dict[str, Any]
) -> None:
    director = phone("director")
    married_woman(director)
    director.pull()
    assert VILLAGE in {feed.area for feed in director.feeds.values()}
    answer = post(desk, f"/{director.worker}/hand-over", to=zhao["id"], areas=[VILLAGE])
    assert answer.status_code == 200
    director.pull()
    assert VILLAGE not in {feed.area for feed in director.feeds.values()}
    assert areas(desk, "zhaoxia") == [OTHER_VILLAGE, VILLAGE]
    assert areas(desk, "director") == []


def test_what_she_does_not_have_cannot_be_handed_over(desk: FlaskClient, zhao: dict[str, Any]) -> None:
    me = everyone(desk)["director"]["id"]
    assert post(desk, f"/{zhao['id']}/hand-over", to=me, areas=[VILLAGE]).json["code"] == "not_held"
    assert post(desk, f"/{zhao['id']}/hand-over", to=zhao["id"], areas=[OTHER_VILLAGE]).json["code"] == "same_worker"


def test_a_disabled_worker_cannot_sign_in_until_she_is_switched_on_again(township: Flask, desk: FlaskClient) -> None:
    worker = everyone(desk)["director"]["id"]
    assert post(desk, f"/{worker}/switch", on=False).json["disabled_at"] is not None
    assert not signs_in(township, "director", PASSWORD)
    post(desk, f"/{worker}/switch", on=True)
    assert signs_in(township, "director", PASSWORD)


def test_a_new_password_replaces_the_old_one(township: Flask, desk: FlaskClient) -> None:
    fresh = post(desk, f"/{everyone(desk)['director']['id']}/password").json["password"]
    assert not signs_in(township, "director", PASSWORD)
    assert signs_in(township, "director", fresh)


def leave(desk: FlaskClient, stand_in: str, first: int, last: int) -> Any:
    days = {"first": (today() + timedelta(first)).isoformat(), "last": (today() + timedelta(last)).isoformat()}
    return post(desk, f"/{everyone(desk)['director']['id']}/leaves", stand_in=stand_in, **days)


def test_during_a_leave_the_stand_in_has_her_villages_and_she_keeps_them(
    township: Flask, desk: FlaskClient, zhao: dict[str, Any]
) -> None:
    assert leave(desk, zhao["id"], 0, 3).json["on"] is True
    assert (areas(desk, "zhaoxia"), areas(desk, "director")) == ([OTHER_VILLAGE, VILLAGE], [VILLAGE])
    with township.app_context():
        leaves.turn(now_ms() + 4 * DAY_MS)
    assert areas(desk, "zhaoxia") == [OTHER_VILLAGE]
    assert desk.get("/api/workers").json["leaves"] == []


def test_a_leave_to_come_begins_on_its_day(township: Flask, desk: FlaskClient, zhao: dict[str, Any]) -> None:
    assert leave(desk, zhao["id"], 2, 3).json["on"] is False
    assert areas(desk, "zhaoxia") == [OTHER_VILLAGE]
    with township.app_context():
        leaves.turn(now_ms() + 2 * DAY_MS)
    assert areas(desk, "zhaoxia") == [OTHER_VILLAGE, VILLAGE]


def test_a_leave_that_ends_early_takes_back_what_was_given_for_it_and_nothing_else(
    desk: FlaskClient, zhao: dict[str, Any]
) -> None:
    post(desk, f"/{zhao['id']}/give", role="director", areas=[VILLAGE])
    begun = leave(desk, zhao["id"], 0, 3).json
    post(desk, f"/leaves/{begun['id']}/end")
    assert areas(desk, "zhaoxia") == [OTHER_VILLAGE, VILLAGE]


def test_wrong_days_and_two_leaves_at_once_are_refused(desk: FlaskClient, zhao: dict[str, Any]) -> None:
    assert leave(desk, zhao["id"], 3, 1).json["code"] == "wrong_days"
    leave(desk, zhao["id"], 1, 5)
    assert leave(desk, zhao["id"], 5, 9).json["code"] == "leave_overlaps"


def test_every_change_of_a_worker_is_in_the_audit_log(township: Flask, desk: FlaskClient, zhao: dict[str, Any]) -> None:
    worker = everyone(desk)["director"]["id"]
    post(desk, f"/{zhao['id']}/give", role="director", areas=[VILLAGE])
    post(desk, f"/{worker}/hand-over", to=zhao["id"], areas=[VILLAGE])
    post(desk, f"/{worker}/switch", on=False)
    with township.app_context():
        rows = db.session.execute(select(Audit.action, Audit.subject).where(Audit.action.startswith("worker.")))
        noted = [tuple(row) for row in rows]
    expected = {("worker.add", zhao["id"]), ("worker.give", zhao["id"]), ("worker.hand_over", worker)}
    assert expected | {("worker.disable", worker)} <= set(noted)


def test_a_phones_page_says_what_lies_on_it_and_what_was_done(phone: Phone, desk: FlaskClient) -> None:
    director = phone("director")
    married_woman(director)
    director.pull()
    desk.post(f"/api/phones/{director.device}/state", json={"state": "lost"}, headers=WRITE)
    page = desk.get(f"/api/phones/{director.device}").json
    assert [(held["area"]["code"], held["persons"]) for held in page["held"]] == [(VILLAGE, 1)]
    assert [(deed["action"], deed["to"]) for deed in page["deeds"]] == [
        ("phone.state", "lost"),
        ("phone.register", None),
    ]
