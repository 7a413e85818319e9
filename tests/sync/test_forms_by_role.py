"""Every form by every role that writes it, over the API: who pulls what was found, and who only that there was a service."""

from __future__ import annotations

from typing import Any

import pytest

from server.rules import book, forms
from server.rules.shapes import Form
from tests.sync.handset import Event, Handset
from tests.sync.town import EAST, Town

BOOK = book.load()
ROLES = ("director", "liaison", "technician")
READERS = ("director", "technician", "liaison")


def finding(form: Form, role: str) -> str:
    return f"finding-{form['id']}-{role}"


def written(phone: Handset, form: Form, role: str, woman: str) -> Event:
    """A record of this form whose finding can be recognised; a form about a place names nobody."""
    about = {} if form["subject"] == "place" else {"person": woman}
    event: Event = phone.record(form["id"], {"remark": finding(form, role)}, "2026-10-02", **about)
    return event


@pytest.fixture
def migrant(director: Handset) -> str:
    """A woman who moved in, so that liaisons hear of her too, and who agreed to everything she can be asked."""
    house = director.household()
    her = director.person(house["household"], residence="moved_in")
    purposes = sorted({form["consent"] for form in BOOK.forms.values() if form["consent"]})
    said = [director.consent(str(her["person"]), purpose=purpose, on="2026-10-01") for purpose in purposes]
    assert {code[0] for code in director.codes(house, her, *said)} == {"accepted"}
    return str(her["person"])


@pytest.mark.parametrize("author", ROLES)
def test_a_finding_reaches_those_who_may_read_it_and_nobody_else(town: Town, migrant: str, author: str) -> None:
    make = {"director": town.director, "liaison": town.liaison, "technician": town.technician}
    mine = [form for form in BOOK.forms.values() if author in form["writers"] and form["id"] != "consent"]
    writer = make[author]()
    events = [written(writer, form, author, migrant) for form in mine]
    assert {code[0] for code in writer.codes(*events)} == {"accepted"}
    phones: dict[str, Any] = {role: make[role]() for role in READERS}
    held = {role: (phone.pull(), phone.everything())[1] for role, phone in phones.items()}
    for form in mine:
        mark = finding(form, author).encode()
        open_to_village = forms.audience(form, author) == "common" or form["id"] == "stock"
        assert mark in held["technician"], f"the technician lacks {form['id']}"
        assert (mark in held["director"]) is open_to_village, f"{form['id']} by a {author}, before a director"
        assert open_to_village or mark not in held["liaison"], f"{form['id']} by a {author}, before a liaison"
        assert open_to_village or form["id"].encode() not in held["director"], f"a note names {form['id']}"


def test_a_director_learns_that_there_was_a_screening_and_when_she_may_come_again_whatever_was_found(
    town: Town, director: Handset, technician: Handset, migrant: str
) -> None:
    told = []
    for found in ("neg", "p1618"):
        answers = {"step": "screen", "method": "hpv", "hpv": found}
        technician.codes(technician.record("cervical_screening", answers, "2026-10-02", person=migrant))
        director.pull()
        told.append([row["body"] for row in director.rows(EAST, "common") if row["kind"] == "note"][-1])
    assert told[0]["next"] == told[1]["next"] == "2031-10"
    assert {body["purpose"] for body in told} == {"screening"}
    assert b"p1618" not in director.everything()


def test_a_treatment_shows_no_day_of_its_own_in_a_note(director: Handset, technician: Handset, migrant: str) -> None:
    answers = {"step": "check", "diagnosis": ["bv"], "treatment": "treated"}
    technician.codes(technician.record("rti_screening", answers, "2026-10-02", person=migrant))
    director.pull()
    (note,) = [row["body"] for row in director.rows(EAST, "common") if row["kind"] == "note"]
    assert "next" not in note


def test_a_form_about_a_place_is_parked_when_it_names_a_person(director: Handset, migrant: str) -> None:
    named = director.record("education", {"topic": "rh", "attendees": 3}, person=migrant)
    assert director.codes(named) == [("parked", "bad_shape")]


def test_a_version_nobody_knows_is_parked_whole(director: Handset, migrant: str) -> None:
    strange = director.event("record", "anc/99", {"occurred_on": "2026-10-02", "answers": {"x": 1}}, person=migrant)
    assert director.codes(strange) == [("parked", "unknown_schema")]


def test_an_older_version_is_judged_by_its_own_rules(director: Handset, migrant: str) -> None:
    answers = {"item": "coc", "qty": 3}
    old, new = (
        director.event(
            "record",
            f"contraceptive_supply/{version}",
            {"occurred_on": "2026-10-02", "answers": answers},
            person=migrant,
        )
        for version in (1, 2)
    )
    assert director.codes(old, new) == [("accepted",), ("accepted", "rule_broken:screen")]
