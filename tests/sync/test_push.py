"""Push: every event is answered by itself, a repeat is free, nothing is refused for being old or wrong."""

from __future__ import annotations

from server.extensions import db, writing
from server.ids import new_id
from server.models import Audit, Event, Parked, Record, Store
from server.sync import granting
from tests.sync.handset import Handset
from tests.sync.town import EAST, WEST, Town

VISIT = {"presence": "met"}


def stored(town: Town, phone: Handset) -> Store:
    with town.app.app_context():
        row = db.session.get(Store, ("990131", phone.store))
        assert row is not None
        return row


def test_a_visit_is_accepted_and_comes_down_to_a_second_phone(town: Town, director: Handset) -> None:
    house = director.household()
    visit = director.record("household_visit", VISIT, household=house["household"])
    assert director.codes(house, visit) == [("accepted",)] * 2
    second = town.phone(director.worker, "director", director.area)
    second.pull()
    assert [row["kind"] for row in second.rows(director.area, "common")] == ["state", "record"]


def test_a_repeated_push_is_a_duplicate_and_changes_nothing(town: Town, director: Handset) -> None:
    house = director.household()
    director.codes(house)
    assert director.codes(house) == [("duplicate",)]
    assert town.count(Event) == 2  # the patch and the state it became


def test_the_same_event_twice_in_one_push_counts_once(director: Handset) -> None:
    house = director.household()
    assert director.codes(house, house) == [("accepted",), ("duplicate",)]


def test_the_same_id_with_other_content_is_a_fork_and_both_are_kept(town: Town, director: Handset) -> None:
    house = director.household()
    other = director.household() | {"id": house["id"]}
    resealed = director.event("patch", "household/1", other["body"], id=house["id"], household=other["household"])
    director.codes(house)
    assert director.codes(resealed) == [("fork", "fork")]
    assert director.codes(resealed) == [("fork", "fork")]
    assert town.count(Parked) == 1


def test_the_same_dseq_for_another_event_is_a_fork(director: Handset) -> None:
    house, other = director.household(), director.household()
    director.codes(house)
    assert director.codes(other | {"dseq": house["dseq"]}) == [("fork", "fork_dseq")]


def test_one_bad_item_does_not_hold_up_the_rest(director: Handset) -> None:
    house = director.household()
    visit = director.record("household_visit", VISIT, household=house["household"])
    assert director.codes(house, {"id": "nonsense"}, visit) == [("accepted",), ("parked", "bad_shape"), ("accepted",)]


def test_a_parked_item_is_kept_whole_and_answered_the_same_again(town: Town, director: Handset) -> None:
    stray = director.record("household_visit", VISIT, household=new_id())
    assert director.codes(stray) == [("parked", "unknown_household")]
    assert director.codes(stray) == [("parked", "unknown_household")]
    with town.app.app_context():
        (row,) = db.session.query(Parked).all()
        assert row.content == stray


def test_a_parked_item_is_taken_when_it_comes_again_and_what_it_lacked_is_there(director: Handset) -> None:
    house = director.household()
    visit = director.record("household_visit", VISIT, household=house["household"])
    assert director.codes(visit) == [("parked", "unknown_household")]
    assert director.codes(house, visit) == [("accepted",), ("accepted",)]


def test_a_broken_rule_is_flagged_and_kept(town: Town, director: Handset) -> None:
    house = director.household()
    visit = director.record("household_visit", {"presence": "on the moon"}, household=house["household"])
    assert director.codes(house, visit) == [("accepted",), ("accepted", "rule_broken:presence")]
    with town.app.app_context():
        assert db.session.get(Event, ("990131", visit["id"])).flag == "rule_broken:presence"


def test_an_insertion_before_she_was_ten_is_flagged_and_kept(director: Handset, technician: Handset) -> None:
    house = director.household()
    her = director.person(house["household"], birth="1988-05-02")
    agreed = director.consent(her["person"])
    director.codes(house, her, agreed)
    answers = {"device": "copper", "in_uterus": "yes", "position": "normal"}
    early, later = (
        technician.record("iud_check", answers | {"inserted": day}, person=her["person"])
        for day in ("1998-05-01", {"year": 1998})
    )
    assert technician.codes(early, later) == [("accepted", "rule_broken:inserted"), ("accepted",)]


def test_what_was_written_under_a_grant_that_is_gone_is_accepted_and_flagged(town: Town, director: Handset) -> None:
    house = director.household()
    director.codes(house)
    with town.app.app_context(), writing() as session:
        granting.revoke(session, director.worker, "director", EAST, now=1)
    visit = director.record("household_visit", VISIT, household=house["household"])
    assert director.codes(visit) == [("accepted", "late_grant")]
    assert town.count(Record) == 1


def test_a_record_for_another_workers_village_is_parked(director: Handset) -> None:
    house = director.household(area=WEST) | {}
    stray = director.event("patch", "household/1", house["body"], household=new_id(), area=WEST)
    assert director.codes(stray) == [("parked", "not_writer")]


def test_a_role_that_is_not_hers_parks(director: Handset) -> None:
    house = director.household()
    forged = director.record("household_visit", VISIT, household=house["household"], role="technician")
    assert director.codes(house, forged)[1] == ("parked", "not_writer")


def test_another_workers_name_parks(director: Handset) -> None:
    house = director.household()
    forged = director.record("household_visit", VISIT, household=house["household"], actor=new_id())
    assert director.codes(house, forged)[1] == ("parked", "wrong_actor")


def test_a_changed_answer_does_not_match_its_digest(director: Handset) -> None:
    house = director.household()
    visit = director.record("household_visit", VISIT, household=house["household"])
    visit["body"]["answers"] = {"presence": "absent"}
    assert director.codes(house, visit)[1] == ("parked", "digest_mismatch")


def test_a_newer_form_version_is_parked_not_lost(director: Handset) -> None:
    house = director.household()
    visit = director.event(
        "record", "household_visit/99", {"occurred_on": "2026-10-01", "answers": {}}, household=house["household"]
    )
    assert director.codes(house, visit)[1] == ("parked", "unknown_schema")


def test_have_counts_up_to_the_first_gap_and_names_what_is_missing(director: Handset) -> None:
    first, lost, third = director.household(), director.household(), director.household()
    answer = director.send(first, third)
    assert (answer["have"], answer["missing"]) == (1, [2])
    answer = director.send(lost)
    assert (answer["have"], answer["missing"]) == (3, [])


def test_what_is_parked_counts_as_had(director: Handset) -> None:
    answer = director.send(director.household(area="000000000000"), director.household())
    assert answer["have"] == 2


def test_answers_are_run_lengths_in_order(director: Handset) -> None:
    houses = [director.household() for _ in range(3)]
    assert director.send(*houses)["results"] == [[3, "accepted"]]


def test_one_audit_row_a_push(town: Town, director: Handset) -> None:
    director.codes(*[director.household() for _ in range(3)])
    assert town.count(Audit) == 1


def test_the_phones_clock_is_measured_and_never_used_to_refuse(town: Town, director: Handset) -> None:
    three_years = 3 * 365 * 86_400_000
    house = director.household()
    answer = director.send(house, now=director.send()["now"] + three_years)
    assert answer["results"] == [[1, "accepted"]]
    offset = stored(town, director).offsets["c1"]
    assert -three_years - 60_000 < offset < -three_years + 60_000
    with town.app.app_context():
        event = db.session.get(Event, ("990131", house["id"]))
        assert event.t_fixed == event.t + offset


def test_more_than_500_events_are_too_large(director: Handset) -> None:
    response = director.post({"events": [{}] * 501})
    assert (response.status_code, response.json["code"]) == (413, "too_large")


def test_a_patch_on_top_of_something_that_never_came_makes_nobody_new(town: Town, director: Handset) -> None:
    house = director.household()
    lost = director.person(house["household"])
    later = director.patch(lost["person"], {"name": "周桂蓝"}, {"name": lost["id"]})
    plate = director.household()
    moved = director.event(
        "patch", "household/1", {"set": {"note": "x"}, "base": {"note": plate["id"]}}, household=new_id()
    )
    assert director.codes(house, later, moved) == [
        ("accepted",), ("parked", "unknown_person"), ("parked", "unknown_household")
    ]  # fmt: skip
