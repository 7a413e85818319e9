"""Of a record that goes along: what she picked and nothing else."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Event, Transfer
from server.sync import log
from tests.api.conftest import NEXT_TOWNSHIP, TOWNSHIP, Phone, SignIn
from tests.api.transfers.conftest import FAR, content, post, seen, send, sent
from tests.sync.handset import Handset


def test_only_what_she_picked_goes_and_of_it_only_the_named_fields(her: str, sign_in: SignIn) -> None:
    desk = sign_in("station")
    told = seen(desk, her, "supply")
    [line] = told["lines"]
    assert (told["name"], line["zh"]) == ("周桂兰", line["zh"])
    assert {one["key"] for one in line["answers"]} == {"item", "qty"}
    assert "L77" not in json.dumps(told)
    assert len(seen(desk, her, "supply", "method")["lines"]) == 2
    assert post(desk, f"/of/{her}/preview", items=[]).json["code"] == "nothing_picked"


def test_pregnancies_and_children_go_only_when_maternal_care_is_picked_and_the_clerk_sees_no_content(
    her: str, phone: Phone, sign_in: SignIn, township: Flask
) -> None:
    technician, desk = phone("technician"), sign_in("station")
    visit = {"step": "visit", "danger": ["none"], "ga_weeks": 20, "hb": 110, "parity": 1}
    technician.codes(technician.record("anc", visit, person=her))
    others = json.dumps(seen(desk, her, "supply", "method", "folic", "screening"))
    assert ("anc" in others, "children" in others) == (False, False)
    [line] = seen(desk, her, "maternal")["lines"]
    assert (line["clinical"], line["answers"]) == (True, None)
    transfer = sent(desk, her, "maternal")
    assert content(sign_in("next-station"), transfer).json["lines"][0]["answers"] is None
    with township.app_context():
        held = json.dumps(db.session.get_one(Transfer, (transfer, "in")).content)
    assert ("parity" in held, "ga_weeks" in held) == (False, True)


def test_what_she_no_longer_agrees_to_does_not_go(her: str, director: Handset, sign_in: SignIn) -> None:
    director.codes(director.consent(her, "withdrawn", purpose="supply"))
    assert seen(sign_in("station"), her, "supply")["lines"] == []


def test_what_changed_since_she_saw_it_is_not_sent(her: str, director: Handset, sign_in: SignIn) -> None:
    desk = sign_in("station")
    old = seen(desk, her, "supply")["seen"]
    director.codes(director.record("contraceptive_supply", {"item": "condom", "qty": 10}, person=her))
    body = {"items": ["supply"], "to": NEXT_TOWNSHIP, "server": None, "urgent": False, "witness": "李梅", "seen": old}
    assert post(desk, f"/of/{her}", **body).json["code"] == "content_changed"


def test_a_place_that_is_not_known_gets_nothing(her: str, sign_in: SignIn) -> None:
    for place in (TOWNSHIP, FAR):
        assert send(sign_in("station"), her, "supply", to=place).json["code"] == "unknown_place"


def test_she_signs_or_says_it_before_a_witness_and_the_consent_keeps_which(
    her: str, sign_in: SignIn, township: Flask
) -> None:
    desk = sign_in("station")
    what = {
        "items": ["supply"],
        "to": NEXT_TOWNSHIP,
        "server": None,
        "urgent": False,
        "seen": seen(desk, her, "supply")["seen"],
    }
    for wrong in ({}, {"witness": "李梅", "signature": "0,0 9,9"}):
        assert post(desk, f"/of/{her}", **what, **wrong).status_code == 400
    assert post(desk, f"/of/{her}", **what, signature="0,0 9,9").json["state"] == "sent"
    with township.app_context():
        rows = db.session.scalars(select(Event).where(Event.person == her, Event.schema.startswith("consent/")))
        said = [body["answers"] for row in rows if (body := log.body_of(row))]
    [word] = [one for one in said if one["purpose"] == "transfer"]
    assert (word["mode"], word["signature"], "witness" in word) == ("sign", "0,0 9,9", False)
