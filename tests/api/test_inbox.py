"""What waits for a human: conflicts with both values, parked and forked events, flagged ones; decisions and taking them back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db, writing
from server.ids import new_id
from server.models import Audit, Grant, Person
from server.registers.known import rev_of
from server.sync.append import write_events
from tests.sync.handset import Handset

from .conftest import VILLAGE, WRITE, Phone, SignIn, married_woman


def items(desk: FlaskClient, state: str = "open") -> list[Any]:
    return list(desk.get("/api/inbox", query_string={"state": state}).json["items"])


def decide(desk: FlaskClient, item: Any, choice: str) -> Any:
    return desk.post(f"/api/inbox/{item['id']}/decide", json={"choice": choice}, headers=WRITE)


def telephone(app: Flask, person: str) -> str | None:
    with app.app_context():
        found: str | None = db.session.scalar(select(Person.phone).where(Person.id == person))
        return found


@pytest.fixture
def clash(phone: Phone) -> tuple[Handset, str]:
    """Two values for one telephone number: 111 stands, 222 waits."""
    director = phone("director")
    her = married_woman(director)
    director.send(director.patch(her, {"phone": "13900000111"}, {"phone": None}))
    director.send(director.patch(her, {"phone": "13900000222"}, {"phone": None}))
    return director, her


def test_a_conflict_shows_both_values_and_who_it_is_about(clash: tuple[Handset, str], sign_in: SignIn) -> None:
    [item] = items(sign_in("station"))
    assert (item["kind"], item["field"]) == ("conflict", "phone")
    assert (item["kept"], item["offered"]) == ("13900000111", "13900000222")
    assert item["subject"] == {"type": "person", "id": clash[1], "name": "周桂兰"}
    assert (item["choices"], item["area"]["name"]) == (["kept", "offered"], "东坡村")


def test_a_conflict_says_who_wrote_each_value_and_when(phone: Phone, sign_in: SignIn) -> None:
    first, second = phone("director"), phone("technician")
    her = married_woman(first)
    one = first.patch(her, {"phone": "13900000111"}, {"phone": None})
    two = second.patch(her, {"phone": "13900000222"}, {"phone": None})
    first.send(one, now=one["t"], clk="c1")
    second.send(two, now=two["t"], clk="c1")
    [item] = items(sign_in("station"))
    assert (item["kept_by"], item["offered_by"]["name"]) == (
        {"id": first.worker, "name": "director 同志"},
        "technician 同志",
    )
    assert item["kept_at"] <= item["offered_at"] <= item["at"]


def test_a_value_of_the_register_is_said_to_be_imported(township: Flask, phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    her, moment = married_woman(director), 1_760_000_000_000
    draft = {
        "kind": "patch", "schema": "person/1", "actor": "import", "role": "station", "area": VILLAGE, "person": her,
        "body": {"set": {"phone": "13900000111"}, "base": {"phone": None}},
    }  # fmt: skip
    with township.app_context(), writing() as session:
        write_events(session, "990131", [draft], "import", now=moment, rev=rev_of(moment))
    director.send(director.patch(her, {"phone": "13900000222"}, {"phone": None}))
    [item] = items(sign_in("station"))
    assert (item["kept_by"], item["kept_at"]) == ({"id": "import", "name": ""}, moment)


def test_a_value_that_nobody_had_set_has_no_writer(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    her = married_woman(director)
    director.send(director.patch(her, {"phone": "13900000111"}, {"phone": new_id()}))
    [item] = items(sign_in("station"))
    assert (item["kept"], item["kept_by"], item["kept_at"]) == (None, None, None)


def test_the_kept_value_may_stand(clash: tuple[Handset, str], sign_in: SignIn, township: Flask) -> None:
    desk = sign_in("station")
    assert decide(desk, items(desk)[0], "kept").json["decision"] == "kept"
    assert items(desk) == []
    assert telephone(township, clash[1]) == "13900000111"


def test_the_offered_value_reaches_the_phones_as_a_patch(
    clash: tuple[Handset, str], sign_in: SignIn, township: Flask
) -> None:
    director, her = clash
    director.pull()
    desk = sign_in("station")
    decide(desk, items(desk)[0], "offered")
    assert telephone(township, her) == "13900000222"
    [state] = [row for row in director.pull() if row["kind"] == "state"]
    assert state["body"]["set"]["phone"] == "13900000222"


def test_a_decision_can_be_taken_back(clash: tuple[Handset, str], sign_in: SignIn, township: Flask) -> None:
    desk = sign_in("station")
    decide(desk, items(desk)[0], "offered")
    [done] = items(desk, "decided")
    assert (done["decision"], done["choices"], done["decided_by"]["name"]) == ("offered", ["undo"], "station 同志")
    assert decide(desk, done, "undo").json["decision"] is None
    assert telephone(township, clash[1]) == "13900000111"
    assert decide(desk, items(desk)[0], "kept").status_code == 200


def test_a_decision_is_not_taken_back_over_a_newer_value(
    clash: tuple[Handset, str], sign_in: SignIn, township: Flask
) -> None:
    director, her = clash
    desk = sign_in("station")
    decide(desk, items(desk)[0], "offered")
    with township.app_context():
        rev = db.session.scalar(select(Person.rev).where(Person.id == her))
    director.send(director.patch(her, {"phone": "13900000333"}, {"phone": rev["phone"]}))
    answer = decide(desk, items(desk, "decided")[0], "undo")
    assert (answer.status_code, answer.json["code"]) == (409, "changed_since")
    assert telephone(township, her) == "13900000333"


def test_a_conflict_is_decided_once(clash: tuple[Handset, str], sign_in: SignIn) -> None:
    desk = sign_in("station")
    [item] = items(desk)
    decide(desk, item, "kept")
    assert decide(desk, item, "offered").json["code"] == "decided_already"


def test_a_conflict_about_an_emptied_field_is_shown_and_decided(phone: Phone, sign_in: SignIn, township: Flask) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    director.send(director.patch(her, {"phone": "13900000111"}, {"phone": None}))
    director.send(director.patch(her, {"phone": None}, {"phone": None}))
    [item] = items(desk)
    assert (item["kept"], item["offered"]) == ("13900000111", None)
    decide(desk, item, "offered")
    assert telephone(township, her) is None


def test_a_parked_event_is_shown_as_the_phone_sent_it(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    lost = director.record("household_visit", {"presence": "met", "needs": "想了解叶酸"}, person=new_id())
    director.send(lost)
    [item] = items(sign_in("station"))
    assert (item["kind"], item["reason"], item["choices"]) == ("parked", "unknown_person", ["take", "dismiss"])
    assert item["event"]["body"]["answers"]["needs"] == "想了解叶酸"
    assert "salt" not in item["event"]["body"]
    assert item["actor"]["name"] == "director 同志"


def test_a_parked_clinical_record_stays_closed_at_the_desk(phone: Phone, sign_in: SignIn) -> None:
    technician = phone("technician")
    technician.area = VILLAGE
    technician.send(technician.record("contraceptive_followup", {"method": "implant"}, person=new_id()))
    [item] = items(sign_in("station"))
    assert (item["event"]["clinical"], item["event"]["body"]) == (True, None)


def test_a_parked_event_can_be_left_aside_and_fetched_back(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    director.send(director.record("household_visit", {"presence": "met"}, person=new_id()))
    [item] = items(desk)
    assert decide(desk, item, "dismiss").json["decision"] == "dismissed"
    assert items(desk) == []
    decide(desk, items(desk, "decided")[0], "undo")
    assert [one["id"] for one in items(desk)] == [item["id"]]


def test_a_parked_event_that_still_cannot_be_taken_says_why(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    director.send(director.record("household_visit", {"presence": "met"}, person=new_id()))
    [item] = items(desk)
    answer = decide(desk, item, "take")
    assert (answer.status_code, answer.json["code"]) == (409, "unknown_person")
    assert len(items(desk)) == 1


def test_a_fork_waits_for_a_human_too(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    one = director.record("household_visit", {"presence": "met"}, person=her)
    other = director.record("household_visit", {"presence": "away"}, person=her, id=one["id"])
    director.send(one, other)
    [item] = items(desk)
    assert (item["kind"], item["reason"]) == ("fork", "fork")


def test_a_flagged_record_waits_until_somebody_has_seen_it(phone: Phone, sign_in: SignIn, township: Flask) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    with township.app_context(), writing() as session:
        grant = session.scalars(select(Grant).where(Grant.area == VILLAGE)).one()
        grant.revoked_at = 1
    director.send(director.record("household_visit", {"presence": "met"}, person=her))
    [item] = items(desk)
    assert (item["kind"], item["reason"]) == ("flagged", "late_grant")
    assert decide(desk, item, "seen").json["decision"] == "seen"
    assert items(desk) == []
    decide(desk, items(desk, "decided")[0], "undo")
    assert len(items(desk)) == 1


def test_another_townships_inbox_is_empty_and_its_items_cannot_be_decided(
    clash: tuple[Handset, str], sign_in: SignIn
) -> None:
    [item] = items(sign_in("station"))
    next_door = sign_in("next-station")
    assert items(next_door) == []
    assert decide(next_door, item, "kept").status_code == 404


def test_a_choice_that_does_not_fit_is_refused(clash: tuple[Handset, str], sign_in: SignIn) -> None:
    desk = sign_in("station")
    [item] = items(desk)
    assert decide(desk, item, "dismiss").json["code"] == "wrong_choice"
    assert decide(desk, item, "undo").json["code"] == "not_decided"
    assert decide(desk, item, "burn").json["code"] == "bad_shape"


def test_decisions_and_looking_are_in_the_audit_log(
    clash: tuple[Handset, str], sign_in: SignIn, township: Flask
) -> None:
    desk = sign_in("station")
    [item] = items(desk)
    decide(desk, item, "kept")
    with township.app_context():
        rows = db.session.execute(select(Audit.action, Audit.subject)).all()
    assert {("inbox.read", None), ("inbox.decide", item["id"])} <= {tuple(row) for row in rows}
