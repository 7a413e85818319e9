"""The short way of a poll says what the long way says, and stands aside for everything unusual."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from server.clock import now_ms
from server.extensions import db, writing
from server.front import Front
from server.models import Phone, SignIn, Worker
from server.sync import granting, polling, snapshots
from server.sync.polling import Polls
from tests.sync.handset import Handset, opened
from tests.sync.town import EAST, WEST, Town

CHANGING = {"Content-Length", "Content-Digest"}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[bytes | None]:
    """What the short way answered, poll by poll."""
    said: list[bytes | None] = []
    answer = Polls.answer

    def listen(polls: Polls, *asked: Any) -> bytes | None:
        said.append(None)
        said[-1] = answer(polls, *asked)
        return said[-1]

    monkeypatch.setattr(Polls, "answer", listen)
    return said


def poll(phone: Handset, **more: str) -> Any:
    """A poll as the page asks; with `again` it goes the long way."""
    response = phone.get(c=phone.cursor, n=1000, **more)
    assert response.status_code == 200, response.text
    return response


def told(response: Any) -> dict[str, Any]:
    return {name: value for name, value in opened(response).items() if name != "now"}


@pytest.mark.parametrize("new", [0, 1, 40])
def test_both_ways_give_the_same_answer_under_the_same_headers(
    town: Town, director: Handset, short: list[bytes | None], new: int
) -> None:
    reader = town.phone(director.worker, "director", EAST)
    director.codes(director.household())
    reader.pull()
    director.codes(*(director.household(note="住在桥边 " * 3) for _ in range(new)))
    short.clear()
    quick, whole = poll(reader, ask="Zm9vYmFy"), poll(reader, again="", ask="Zm9vYmFy")
    assert len(short) == 1
    assert short[0] is not None
    assert told(quick) == told(whole)
    assert {k: v for k, v in quick.headers if k not in CHANGING} == {
        k: v for k, v in whole.headers if k not in CHANGING
    }
    assert quick.headers["Suifang-Asked"] == "Zm9vYmFy"


@pytest.mark.parametrize(
    ("query", "mark"), [("ask=a-_1", "a-_1"), ("n=1&ask=x", "x"), ("", None), ("ask=", None), ("ask=%0d%0aX: y", None)]
)
def test_every_answer_of_sync_repeats_what_was_asked_under_also_one_that_refuses(
    town: Town, query: str, mark: str | None
) -> None:
    answer = town.app.test_client().get(f"/api/sync/pull?{query}")
    assert (answer.status_code, answer.headers.get("Suifang-Asked")) == (401, mark)


@pytest.mark.parametrize("off", [-1000, 16 * 60_000])
def test_both_ways_turn_a_sleeping_session_away_with_the_same_words(
    town: Town, director: Handset, short: list[bytes | None], off: int
) -> None:
    reader = town.phone(director.worker, "director", EAST)
    reader.pull()
    with town.app.app_context(), writing() as session:
        session.execute(update(SignIn).where(SignIn.phone_id == reader.device).values(awake_until=now_ms() + off))
    short.clear()
    quick, whole = (reader.get(c=reader.cursor, n=1000, **more) for more in ({}, {"again": ""}))
    assert short == [None]
    assert quick.json["code"] == whole.json["code"] == "session_asleep"
    assert quick.headers["Suifang-Asleep"] == whole.headers["Suifang-Asleep"]
    assert quick.headers["Suifang-Asleep"].startswith(f"{reader.device} ")


def test_rows_that_were_kept_are_not_told_once_they_are_hidden(
    town: Town, director: Handset, woman: str, short: list[bytes | None]
) -> None:
    first, second = (town.director(EAST) for _ in range(2))
    for phone in (first, second):
        phone.pull()
    director.codes(director.consent(woman))
    visit = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(visit)
    first.pull()
    director.codes(director.consent(woman, "withdrawn", on="2026-10-02"))
    second.pull()
    assert short[-1] is not None
    assert visit["id"].encode() in first.everything()
    assert all("body" not in row for row in second.rows(EAST, "common") if row["id"] == visit["id"])


def test_a_poll_of_two_hundred_new_rows_goes_the_long_way(
    town: Town, director: Handset, short: list[bytes | None]
) -> None:
    reader = town.phone(director.worker, "director", EAST)
    reader.pull()
    director.codes(*(director.household() for _ in range(200)))
    assert len(reader.pull()) == 200
    assert None in short


def test_a_village_that_came_or_went_is_told_at_once(town: Town, director: Handset) -> None:
    director.pull()
    west = town.director(WEST)
    west.codes(west.household())
    poll(director)
    town.grant(director.worker, "director", WEST)
    assert {entry["area"] for entry in opened(poll(director))["add"]} >= {WEST}
    director.pull()
    with town.app.app_context(), writing() as session:
        granting.revoke(session, director.worker, "director", WEST, now=now_ms())
    assert opened(poll(director))["drop"]


@pytest.mark.parametrize("ends", ["signed out", "disabled", "lost"])
def test_whoever_may_ask_no_more_is_refused_the_next_moment(town: Town, director: Handset, ends: str) -> None:
    director.pull()
    poll(director)
    with town.app.app_context(), writing() as session:
        if ends == "signed out":
            session.query(SignIn).delete()
        elif ends == "disabled":
            session.get_one(Worker, director.worker).disabled_at = now_ms()
        else:
            session.get_one(Phone, director.device).state = "lost"
    assert director.get(c=director.cursor, n=1000).status_code in (401, 403)


def test_a_forged_cursor_is_told_so(director: Handset) -> None:
    director.pull()
    cursor = director.cursor or ""
    assert director.get(c=cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), n=1000).json["code"] == "bad_cursor"


def test_what_is_kept_stays_within_bounds(director: Handset, monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    monkeypatch.setattr(polling, "MOST_KEPT", 3)
    for _ in range(5):
        director.pull()
        director.codes(director.household())
        poll(director)
    assert isinstance(app.wsgi_app, Front)
    assert len(app.wsgi_app.polls._pages) <= 3


def test_no_connection_is_kept_after_a_poll(director: Handset, app: Flask) -> None:
    director.pull()
    poll(director)
    with app.app_context():
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@pytest.fixture
def chunk(director: Handset, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a chunk that the director may have."""
    monkeypatch.setattr(snapshots, "SMALL", 0)
    director.codes(director.household())
    entry = next(entry for entry in opened(director.get())["add"] if "snapshot" in entry)
    return f"/api/sync/snapshots/{entry['f']}/{entry['snapshot']['seq']}/0"


def both_ways(phone: Handset, path: str, coding: str, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, Any, Any]:
    """Whether the short way answers for a chunk, and what the phone is told with it and without it."""
    said: list[Any] = []
    short = Front._fetched
    monkeypatch.setattr(Front, "_fetched", lambda front, asked: said.append(short(front, asked)) or said[-1])
    quick = phone.client.get(path, headers={"Accept-Encoding": coding})
    monkeypatch.setattr(Front, "_fetched", lambda *_: None)
    return said != [None], quick, phone.client.get(path, headers={"Accept-Encoding": coding})


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_both_ways_give_the_same_chunk_under_the_same_headers(
    director: Handset, chunk: str, monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    short, quick, whole = both_ways(director, chunk, coding, monkeypatch)
    assert (short, quick.status_code, quick.data) == (True, 200, whole.data)
    assert dict(quick.headers) == dict(whole.headers)


@pytest.mark.parametrize("why", ["asleep", "another village's", "not there", "signed out"])
def test_both_ways_refuse_a_chunk_with_the_same_words(
    town: Town, director: Handset, chunk: str, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    asking = town.director(WEST) if why == "another village's" else director
    path = f"{chunk}7" if why == "not there" else chunk
    with town.app.app_context(), writing() as session:
        if why == "asleep":
            session.execute(update(SignIn).values(awake_until=1))
        elif why == "signed out":
            session.query(SignIn).delete()
    short, quick, whole = both_ways(asking, path, "gzip", monkeypatch)
    assert (short, quick.status_code, quick.json) == (False, whole.status_code, whole.json)
    assert quick.status_code in (401, 410)
