"""Who gets which bytes: two roles, three states of consent, notes, reveals, withdrawals."""

from __future__ import annotations

import pytest

from server.clock import now_ms
from server.extensions import db, writing
from server.models import Consent, Event, Record
from server.sync import append, granting, tidying
from tests.sync.handset import Event as Sent
from tests.sync.handset import Handset
from tests.sync.town import COUNTY, EAST, TOWN, Town

FINDING = "retained-fragment-7431"


def a_check(technician: Handset, woman: str) -> Sent:
    """A technician's record: clinical by the form's readers. The words in it must never reach a director."""
    answers = {"method": "iud", "still_using": True, "started_on": "2026-09-01", "strings": "felt", "remark": FINDING}
    return technician.record("contraceptive_followup", answers, "2026-10-02", person=woman)


def kinds(phone: Handset, area: str, audience: str) -> list[str]:
    return [row["kind"] for row in phone.rows(area, audience)]


@pytest.mark.parametrize("stands", ["none", "given", "withdrawn"])
def test_two_roles_and_three_consent_states_pull_bytes_that_differ_as_they_must(
    town: Town, director: Handset, technician: Handset, woman: str, stands: str
) -> None:
    other = town.technician()
    if stands != "none":
        director.codes(director.consent(woman))
    check = a_check(technician, woman)
    assert technician.codes(check)[0][0] == "accepted"
    if stands == "withdrawn":
        director.codes(director.consent(woman, "withdrawn", on="2026-10-03"))
    for phone in (director, technician, other):
        phone.pull()
    sees_finding = {
        name: FINDING.encode() in phone.everything()
        for name, phone in {"director": director, "author": technician, "other technician": other}.items()
    }
    assert (
        sees_finding
        == {
            "none": {"director": False, "author": True, "other technician": False},
            "given": {"director": False, "author": True, "other technician": True},
            "withdrawn": {"director": False, "author": False, "other technician": False},
        }[stands]
    )
    assert (check["id"].encode() in director.everything()) is (stands == "given")  # as what the note is of
    assert b"contraceptive_followup" not in director.everything()


def test_a_note_names_neither_form_nor_finding(director: Handset, technician: Handset, woman: str) -> None:
    director.codes(director.consent(woman))
    check = a_check(technician, woman)
    technician.codes(check)
    director.pull()
    (note,) = [row for row in director.rows(EAST, "common") if row["kind"] == "note"]
    assert note["body"].keys() <= {"of", "person", "purpose", "occurred_on", "next"}
    assert note["body"] | {"next": ""} == {
        "of": check["id"], "person": woman, "purpose": "service_record", "occurred_on": "2026-10-02", "next": "",
    }  # fmt: skip
    assert note.keys().isdisjoint({"schema", "actor", "role", "t"})


def test_a_note_says_the_month_of_what_comes_next(director: Handset, technician: Handset, woman: str) -> None:
    director.codes(director.consent(woman))
    technician.codes(a_check(technician, woman))
    director.pull()
    (note,) = [row for row in director.rows(EAST, "common") if row["kind"] == "note"]
    assert note["body"]["next"] > "2026-09"


def test_a_directors_own_follow_up_is_common(director: Handset, technician: Handset, woman: str) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(director.consent(woman), followup)
    technician.pull()
    assert followup["id"] in [row["id"] for row in technician.rows(EAST, "common")]


def test_without_consent_a_record_comes_back_to_its_author_alone(town: Town, director: Handset, woman: str) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(followup)
    second, colleague = town.phone(director.worker, "director", EAST), town.director(EAST)
    second.pull()
    colleague.pull()
    assert [row["id"] for row in second.rows(f"worker:{director.worker}", "own")] == [followup["id"]]
    assert followup["id"].encode() not in colleague.everything()


def test_consent_reveals_what_lay_aside_with_its_corrections(town: Town, director: Handset, woman: str) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    amend = director.amend(followup, {"method": "condom"})
    director.codes(followup, amend)
    colleague = town.director(EAST)
    colleague.pull()
    director.codes(director.consent(woman))
    (reveal,) = [row for row in colleague.pull() if row["kind"] == "reveal"]
    assert [row["id"] for row in reveal["body"]["events"]] == [followup["id"], amend["id"]]
    assert "salt" not in reveal["body"]["events"][0]["body"]


def test_a_clinical_record_that_lay_aside_is_revealed_whole_and_as_a_note(
    director: Handset, technician: Handset, woman: str
) -> None:
    technician.codes(a_check(technician, woman))
    director.codes(director.consent(woman))
    director.pull()
    technician.pull()
    assert kinds(director, EAST, "common")[-1] == "note"
    assert kinds(technician, EAST, "clinical") == ["reveal"]


def test_a_withdrawal_hides_rows_everywhere_and_keeps_their_places(
    town: Town, director: Handset, technician: Handset, woman: str
) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(director.consent(woman), followup)
    technician.pull()
    director.codes(director.consent(woman, "withdrawn", on="2026-10-05"))
    (hide,) = [row for row in technician.pull() if row["kind"] == "hide"]
    assert followup["id"] in hide["body"]["ids"]
    fresh = town.technician()
    fresh.pull()
    (row,) = [row for row in fresh.rows(EAST, "common") if row["id"] == followup["id"]]
    assert "body" not in row
    assert "person" not in row


def test_a_withdrawal_takes_copies_out_of_reveals(town: Town, director: Handset, woman: str) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(followup)
    director.codes(director.consent(woman))
    director.codes(director.consent(woman, "withdrawn", on="2026-10-05"))
    fresh = town.technician()
    fresh.pull()
    assert b'"pill"' not in fresh.everything()


def test_a_withdrawal_blocks_the_bodies_and_thirty_days_later_they_are_erased(
    town: Town, director: Handset, woman: str
) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(director.consent(woman), followup, director.consent(woman, "withdrawn", on="2026-10-05"))
    with town.app.app_context():
        assert db.session.get(Record, (COUNTY, followup["id"])).blocked
        end = db.session.get(Consent, (COUNTY, woman, "service_record")).erase_at
        assert tidying.tidy(end - 1) == 0
        assert tidying.tidy(end) == 1
        assert db.session.get(Event, (COUNTY, followup["id"])).body is None
    fresh = town.director(EAST)
    fresh.pull()


def test_consent_given_again_within_the_thirty_days_shows_them_again(town: Town, director: Handset, woman: str) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(director.consent(woman), followup, director.consent(woman, "withdrawn", on="2026-10-05"))
    director.codes(director.consent(woman, on="2026-10-06"))
    fresh = town.director(EAST)
    fresh.pull()
    assert b'"pill"' in fresh.everything()


def test_an_older_yes_that_arrives_after_a_withdrawal_opens_nothing(town: Town, director: Handset, woman: str) -> None:
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(director.consent(woman, "withdrawn", on="2026-10-05"), followup)
    director.codes(director.consent(woman, on="2026-10-01"))
    fresh = town.director(EAST)
    fresh.pull()
    assert b'"pill"' not in fresh.everything()


def test_a_consent_voided_takes_rows_back_to_their_author(town: Town, director: Handset, woman: str) -> None:
    yes = director.consent(woman)
    director.codes(yes, director.record("contraceptive_followup", {"method": "pill"}, person=woman), director.void(yes))
    fresh, second = town.director(EAST), town.phone(director.worker, "director", EAST)
    fresh.pull()
    second.pull()
    assert b'"pill"' not in fresh.everything()
    assert b'"pill"' in second.everything()


def test_an_imported_method_reaches_no_phone_until_she_consents(town: Town, director: Handset, woman: str) -> None:
    draft = {
        "kind": "record", "schema": "contraceptive_followup/1", "actor": director.worker, "role": "station", "area": EAST,
        "person": woman, "body": {"occurred_on": "2026-09-01", "answers": {"method": "ster_f"}},
    }  # fmt: skip
    with town.app.app_context(), writing() as session:
        assert append.write_events(session, COUNTY, [draft], "import", now=1)[0][0] == "accepted"
    director.pull()
    assert b"ster_f" not in director.everything()
    director.codes(director.consent(woman))
    director.pull()
    assert b"ster_f" in director.everything()


def test_a_voided_clinical_record_takes_its_note_away(director: Handset, technician: Handset, woman: str) -> None:
    director.codes(director.consent(woman))
    check = a_check(technician, woman)
    technician.codes(check)
    director.pull()
    technician.codes(technician.void(check, f"wrong woman, {FINDING}"))
    (hide,) = director.pull()
    assert hide["kind"] == "hide"
    assert FINDING.encode() not in director.everything()


def test_a_hand_out_without_a_person_is_stock(town: Town, director: Handset, technician: Handset) -> None:
    handout = director.record("contraceptive_supply", {"item": "condom", "qty": 10})
    director.codes(handout)
    technician.pull()
    assert [row["id"] for row in technician.rows(TOWN, "stock")] == [handout["id"]]


def test_a_liaison_gets_moved_in_people_and_no_village(town: Town, director: Handset, woman: str) -> None:
    house = director.household()
    guest = director.person(house["household"], "李秀英", residence="moved_in")
    director.codes(house, guest)
    liaison = town.liaison()
    liaison.pull()
    assert {(copy.area, copy.audience) for copy in liaison.feeds.values()} <= {(TOWN, "common"), (TOWN, "stock")}
    seen = liaison.everything()
    assert (guest["person"].encode() in seen, woman.encode() in seen) == (True, False)


def test_a_liaison_is_told_the_names_of_her_townships_villages(town: Town) -> None:
    liaison = town.liaison()
    with town.app.app_context(), writing() as session:
        granting.announce_villages(session, TOWN, now=now_ms())
    liaison.pull()
    (grant,) = [row for row in liaison.rows(f"worker:{liaison.worker}", "own") if row["kind"] == "grant"]
    assert [one["name"] for one in grant["body"]["villages"]] == ["东坡村", "西坡村", "南坡村"]


def test_county_sees_no_person(town: Town, woman: str) -> None:
    boss = town.phone(town.worker("boss", ("county", COUNTY)), "county", COUNTY)
    boss.pull()
    assert boss.feeds == {}


def test_the_last_four_places_of_an_id_number_go_down_and_no_more(town: Town, director: Handset) -> None:
    house = director.household()
    her = director.person(house["household"], id_number="11010519491231002X")
    director.codes(house, her)
    director.pull()
    assert b"002X" in director.everything()
    assert b"1101051949" not in director.everything()


def test_a_name_comes_down_with_its_search_key(director: Handset, woman: str) -> None:
    director.pull()
    (state,) = [row for row in director.rows(EAST, "common") if row.get("person") == woman]
    assert state["body"]["set"]["name_key"] == "zhou guilan|zgl"
