"""Days that a county set: how phones learn of them, and that each record counts by those its writer had."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server import clock
from server.clock import now_ms
from server.extensions import db, writing
from server.models import CountyWord, Record
from server.rules import book, otherdays, unconfirmed
from server.sync import county_days, snapshots
from server.sync.append import write_events
from tests.sync.handset import Event, Handset
from tests.sync.town import COUNTY, EAST, Town

SOONER = [[300, 365, 457, 1827]]


def decide(town: Town, version: int = 1, steps: Any = None, name: str = "breast") -> None:
    changed = {"schedule": name, "before": [], "after": steps or SOONER, "book": "-"}
    with town.app.app_context(), writing() as session:
        county_days.decide(session, CountyWord(
            county=COUNTY, version=version, said="changed", places={}, ground="会议纪要", changed=changed,
            author="w", at=now_ms(),
        ))  # fmt: skip


ADVICE = "forms/anc.fetal_heart_slow"


def say(town: Town, version: int, said: str, print_: str | None = None) -> None:
    """Confirm that advice, or take it back; with another fingerprint it is a value that the book no longer holds."""
    own = next(one.print for one in unconfirmed.values(book.shipped()) if one.place == ADVICE)
    with town.app.app_context(), writing() as session:
        county_days.decide(session, CountyWord(
            county=COUNTY, version=version, said=said, places={ADVICE: print_ or own}, ground="会议纪要",
            author="w", at=now_ms(),
        ))  # fmt: skip


def heard(phone: Handset) -> list[Any]:
    return [row["body"] for row in phone.rows("ref", "ref") if row["kind"] == "days"]


def screened(technician: Handset, her: str, days: int | None = None) -> Event:
    schema = "breast_screening/1" if days is None else f"breast_screening/1/{days}"
    body = {"occurred_on": clock.today().isoformat(), "answers": {"step": "screen"}}
    technician.area = EAST
    return technician.event("record", schema, body, person=her)


def month_in(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()[:7]


def test_a_phone_that_was_away_hears_it_at_its_next_pull(town: Town, director: Handset) -> None:
    director.pull()
    assert heard(director) == []
    decide(town)
    decide(town, 2, [[250, 300, 400, 1827]])
    director.pull()
    days = {"breast": [[1, SOONER], [2, [[250, 300, 400, 1827]]]]}
    assert [(one["n"], one["days"]) for one in heard(director)][-1] == (2, days)


def test_a_new_phone_hears_the_newest_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "SMALL", 0)
    decide(town)
    decide(town, 2, [[250, 300, 400, 1827]])
    fresh = town.director(EAST)
    fresh.pull()
    rows = [row for copy in fresh.feeds.values() for chunk in copy.chunks for row in chunk["rows"]]
    assert [row["body"]["n"] for row in rows if row["kind"] == "days"] == [2]


def test_a_phone_hears_what_advice_was_confirmed_and_that_it_was_taken_back(town: Town, technician: Handset) -> None:
    say(town, 1, "confirmed")
    decide(town, 2)
    say(town, 3, "reopened")
    technician.pull()
    told = [(one["n"], one["v"], one["confirmed"]) for one in heard(technician)]
    assert told == [(0, 1, {"anc/1": ["fetal_heart_slow"]}), (2, 2, {"anc/1": ["fetal_heart_slow"]}), (2, 3, {})]


def test_advice_that_the_book_no_longer_holds_as_it_was_confirmed_is_open_on_phones(
    town: Town, technician: Handset
) -> None:
    say(town, 1, "confirmed", "0" * 64)
    technician.pull()
    assert heard(technician)[-1]["confirmed"] == {}


def test_what_a_note_tells_counts_by_the_decision_that_its_record_names(
    town: Town, director: Handset, technician: Handset, woman: str
) -> None:
    director.codes(director.consent(woman, purpose="screening"))
    decide(town)
    away, knows = screened(technician, woman), screened(technician, woman, 1)
    assert [code for code, *_ in technician.codes(away, knows)] == ["accepted"] * 2
    director.pull()
    notes = {row["body"]["of"]: row["body"]["next"] for row in director.rows(EAST, "common") if row["kind"] == "note"}
    assert notes == {away["id"]: month_in(1096), knows["id"]: month_in(365)}


def test_a_snapshot_names_the_decision_of_each_record(
    town: Town, director: Handset, technician: Handset, woman: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "SMALL", 0)
    director.codes(director.consent(woman, purpose="screening"))
    technician.codes(screened(technician, woman), screened(technician, woman, 3))
    fresh = town.technician()
    fresh.pull()
    told = fresh.everything()
    assert (b'"breast_screening/1"' in told, b'"breast_screening/1/3"' in told) == (True, True)


def test_what_the_desk_writes_names_the_decision_as_it_stands(town: Town, director: Handset, woman: str) -> None:
    draft = {
        "kind": "record", "schema": "household_visit/2", "actor": director.worker, "role": "station", "area": EAST,
        "body": {"occurred_on": clock.today().isoformat(), "answers": {}}, "person": woman,
    }  # fmt: skip
    decide(town, 4)
    with town.app.app_context(), writing() as session:
        write_events(session, COUNTY, [draft], "desk", now=now_ms())
    with town.app.app_context():
        assert db.session.scalars(select(Record.days).where(Record.form == "household_visit")).one() == 4


def test_phones_hear_the_parts_of_a_variant_that_is_followed_as_it_was_decided(town: Town, director: Handset) -> None:
    parts = otherdays.parts_of(next(one for one in book.shipped().schedules if one["id"] == "condom_quarter"))
    changed = {
        "schedule": "condom", "before": [[27, 30, 31, 61]], "after": [[83, 90, 91, 121]], "book": "-",
        "variant_before": "condom", "variant_after": "condom_quarter", "as": parts,
    }  # fmt: skip
    with town.app.app_context(), writing() as session:
        county_days.decide(session, CountyWord(
            county=COUNTY, version=1, said="changed", places={}, ground="会议纪要", changed=changed, author="w", at=now_ms(),
        ))  # fmt: skip
        now = otherdays.in_force(county_days.schedules(session, COUNTY, book.shipped()))
    director.pull()
    assert heard(director)[-1]["days"] == {"condom": [[1, parts]]}
    used = [one["id"] for one in now if one.get("variant_of") == "condom" and one["active"]]
    assert used == ["condom_quarter"]


def test_a_number_that_is_none_is_no_schema(director: Handset, woman: str) -> None:
    bad = [
        director.event(
            "record", f"household_visit/1/{days}", {"occurred_on": "2026-10-01", "answers": {}}, person=woman
        )
        for days in ("0", "x", "-1", "1/2")
    ]
    assert director.codes(*bad) == [("parked", "bad_shape")] * 4
