"""Field-level merges, conflicts, moves between villages, merged people, erasure."""

from __future__ import annotations

from typing import Any

from server.clock import day_of, now_ms
from server.extensions import db, writing
from server.models import Conflict, Event, Person
from server.sync import contents, deciding, erasing, merging
from server.sync.append import write_events
from tests.sync.handset import Handset
from tests.sync.town import COUNTY, EAST, TOWN, WEST, Town


def person_row(town: Town, key: str) -> Person:
    with town.app.app_context():
        row = db.session.get(Person, (COUNTY, key))
        assert row is not None
        return row


def rev_of(phone: Handset, person: str, field: str) -> str | None:
    """The revision a phone has seen of a field."""
    phone.pull()
    found = None
    for copy in phone.feeds.values():
        for row in copy.rows.values():
            if row.get("person") == person and row["kind"] == "state" and field in row["body"]["set"]:
                found = row["body"]["rev"].get(field) or row["body"]["rev"]["*"]
    return found


def test_a_patch_on_the_seen_revision_applies(town: Town, director: Handset, woman: str) -> None:
    seen = rev_of(director, woman, "name")
    assert director.codes(director.patch(woman, {"name": "周桂蓝"}, {"name": seen})) == [("accepted",)]
    assert person_row(town, woman).name == "周桂蓝"


def test_fields_that_nobody_else_touched_apply_beside_a_conflict(town: Town, director: Handset, woman: str) -> None:
    seen = rev_of(director, woman, "name")
    director.codes(director.patch(woman, {"name": "甲"}, {"name": seen}))
    late = director.patch(woman, {"name": "乙", "phone": "13800000000"}, {"name": seen, "phone": None})
    assert director.codes(late) == [("accepted", "conflict:name")]
    row = person_row(town, woman)
    assert (row.name, row.phone) == ("甲", "13800000000")


def test_the_same_value_from_two_sides_is_no_conflict(town: Town, director: Handset, woman: str) -> None:
    seen = rev_of(director, woman, "name")
    twice = [director.patch(woman, {"name": "甲"}, {"name": seen}) for _ in range(2)]
    assert director.codes(*twice) == [("accepted",)] * 2
    assert town.count(Conflict) == 0


def test_the_desk_lets_the_offered_value_stand_and_phones_hear_of_it(town: Town, director: Handset, woman: str) -> None:
    director.codes(director.patch(woman, {"phone": "1"}, {"phone": None}))
    director.codes(director.patch(woman, {"phone": "2"}, {"phone": None}))
    director.pull()
    with town.app.app_context(), writing() as session:
        clash = session.query(Conflict).one()
        deciding.decide_conflict(session, COUNTY, clash.id, "offered", actor=director.worker, now=now_ms())
    (state,) = director.pull()
    assert state["body"]["set"] == {"phone": "2"}
    assert person_row(town, woman).phone == "2"


def test_a_parked_event_that_the_desk_takes_goes_its_way(town: Town, director: Handset, woman: str) -> None:
    from server.models import Parked

    stray = director.event(
        "patch", "person/1", {"set": {"phone": "1"}, "base": {"phone": None}}, person=woman, area=WEST
    )
    assert director.codes(stray) == [("parked", "not_writer")]
    with town.app.app_context(), writing() as session:
        parked = session.query(Parked).one()
        deciding.decide_parked(session, COUNTY, parked.id, "take", actor=director.worker, now=now_ms())
    assert person_row(town, woman).phone == "1"
    assert director.codes(stray) == [("duplicate",)]


def test_a_woman_who_moves_leaves_one_village_and_comes_to_the_other_with_her_records(
    town: Town, director: Handset, woman: str
) -> None:
    west = town.director(WEST)
    house = west.household()
    west.codes(house)
    visit = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    director.codes(director.consent(woman), visit)
    seen = rev_of(director, woman, "household")
    assert director.codes(director.patch(woman, {"household": house["household"]}, {"household": seen})) == [
        ("accepted",)
    ]
    (move,) = director.pull()
    assert (move["kind"], move["body"]["to"]) == ("move", WEST)
    west.pull()
    kinds = [row["kind"] for row in west.rows(WEST, "common")]
    assert kinds == ["state", "state", "reveal"]
    assert visit["id"].encode() in west.everything()
    fresh = town.director(EAST)
    fresh.pull()
    assert "周桂兰".encode() not in fresh.everything()
    assert b'"pill"' not in fresh.everything()


def test_a_late_record_for_the_old_village_stands_where_she_now_is(town: Town, director: Handset, woman: str) -> None:
    west = town.director(WEST)
    house = west.household()
    west.codes(house)
    director.codes(director.consent(woman))
    seen = rev_of(director, woman, "household")
    director.codes(director.patch(woman, {"household": house["household"]}, {"household": seen}))
    late = director.record("contraceptive_followup", {"method": "pill"}, person=woman)
    assert director.codes(late) == [("accepted",)]
    west.pull()
    assert west.rows(WEST, "common")[-1]["id"] == late["id"]


def test_a_household_that_moves_takes_its_people_and_visits_along(town: Town, director: Handset) -> None:
    house = director.household()
    her = director.person(house["household"])
    visit = director.record("household_visit", {"presence": "met"}, household=house["household"])
    director.codes(house, her, visit)
    move = director.event(
        "patch", "household/1", {"set": {"area": WEST}, "base": {"area": house["id"]}}, household=house["household"]
    )
    assert director.codes(move) == [("accepted",)]
    west = town.director(WEST)
    west.pull()
    seen = west.everything()
    assert all(key.encode() in seen for key in (house["household"], her["person"], visit["id"]))
    fresh = town.director(EAST)
    fresh.pull()
    assert b'"met"' not in fresh.everything()


def test_a_woman_who_becomes_moved_in_comes_to_the_liaison_and_leaves_again(
    town: Town, director: Handset, woman: str
) -> None:
    liaison = town.liaison()
    director.codes(director.patch(woman, {"residence": "moved_in"}, {"residence": None}))
    liaison.pull()
    assert [row["kind"] for row in liaison.rows(TOWN, "common")] == ["state", "state"]
    seen = rev_of(director, woman, "residence")
    director.codes(director.patch(woman, {"residence": "resident"}, {"residence": seen}))
    assert [(row["kind"], "person" in row) for row in liaison.pull()] == [("move", True), ("move", False)]


def test_merged_people_share_consent_and_new_records_stand_with_the_one_kept(
    town: Town, director: Handset, woman: str
) -> None:
    west = town.director(WEST)
    house = west.household()
    twin = west.person(house["household"], "周桂兰")
    west.codes(house, twin, west.record("contraceptive_followup", {"method": "pill"}, person=twin["person"]))
    director.codes(director.consent(woman))
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    director.pull()
    assert b'"pill"' in director.everything()
    late = west.record("contraceptive_followup", {"method": "condom"}, person=twin["person"])
    assert west.codes(late) == [("accepted",)]
    assert director.pull()[-1]["id"] == late["id"]


def test_a_patch_to_a_merged_person_is_judged_against_the_one_kept(town: Town, director: Handset, woman: str) -> None:
    house = director.household()
    twin = director.person(house["household"], "周桂兰", phone="139")
    director.codes(house, twin, director.patch(woman, {"phone": "138"}, {"phone": None}))
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    late = director.patch(twin["person"], {"phone": "137"}, {"phone": twin["id"]})
    assert director.codes(late) == [("accepted", "conflict:phone")]
    assert person_row(town, woman).phone == "138"


def test_a_merge_taken_back_parts_them_again(town: Town, director: Handset, woman: str) -> None:
    house = director.household()
    twin = director.person(house["household"], "周桂兰")
    director.codes(house, twin)
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    with town.app.app_context(), writing() as session:
        merging.unmerge(session, COUNTY, twin["person"], woman, now=now_ms())
    director.pull()
    assert [row["kind"] for row in director.rows(EAST, "common")][-3:] == ["merge", "unmerge", "state"]
    late = director.patch(twin["person"], {"phone": "137"}, {"phone": None})
    assert director.codes(late) == [("accepted",)]
    assert person_row(town, twin["person"]).phone == "137"


def test_consent_of_the_one_kept_opens_no_row_of_another_purpose_of_the_one_merged(
    town: Town, director: Handset, woman: str
) -> None:
    house = director.household()
    twin = director.person(house["household"], "周桂兰")
    secret = director.record("referral", {"step": "sent", "reason": "说不得"}, person=twin["person"])
    director.codes(house, twin, secret)
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    director.codes(director.consent(woman, purpose="supply"))
    colleague = town.director(EAST)
    colleague.pull()
    assert "说不得" not in colleague.everything().decode()


def test_a_merge_taken_back_takes_back_what_the_other_consent_had_opened(
    town: Town, director: Handset, woman: str
) -> None:
    house = director.household()
    twin = director.person(house["household"], "周桂兰")
    secret = director.record("referral", {"step": "sent", "reason": "说不得"}, person=twin["person"])
    director.codes(house, twin, secret, director.consent(woman))
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    with town.app.app_context(), writing() as session:
        merging.unmerge(session, COUNTY, twin["person"], woman, now=now_ms())
    colleague = town.director(EAST)
    colleague.pull()
    assert "说不得" not in colleague.everything().decode()


def test_a_household_that_moved_away_leaves_nothing_in_the_feed_it_left(town: Town, director: Handset) -> None:
    house = director.household(note="门后有狗")
    move = {"set": {"area": WEST}, "base": {"area": house["id"]}}
    director.codes(house, director.event("patch", "household/1", move, household=house["household"]))
    newcomer, west = town.director(EAST), town.director(WEST)
    newcomer.pull()
    west.pull()
    assert ["门后有狗" in phone.everything().decode() for phone in (newcomer, west)] == [False, True]


def test_of_a_woman_merged_into_one_of_another_village_the_old_village_has_no_snapshot_and_the_new_one_her_rows(
    town: Town, director: Handset, woman: str
) -> None:
    west = town.director(WEST)
    house = west.household()
    twin = west.person(house["household"], "周桂兰")
    west.codes(house, twin, west.consent(twin["person"]))
    with town.app.app_context(), writing() as session:
        merging.merge(session, COUNTY, twin["person"], woman, now=now_ms())
    told = {area: str(contents_of(town, area)) for area in (EAST, WEST)}
    assert [twin["person"] in told[area] for area in (EAST, WEST)] == [True, False]
    assert "consent/1" in told[EAST]


def contents_of(town: Town, area: str) -> list[Any]:
    with town.app.app_context():
        groups = contents.gather(db.session(), COUNTY, (area, "common"), day_of(now_ms()).isoformat()).groups
        return [[group.persons, group.records, group.rows] for group in groups]


def test_an_erased_woman_leaves_no_body_behind_and_every_chain_still_verifies(
    town: Town, director: Handset, technician: Handset, woman: str
) -> None:
    director.codes(director.consent(woman), director.record("contraceptive_followup", {"method": "pill"}, person=woman))
    with town.app.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [woman], now=now_ms())
    with town.app.app_context():
        left = (
            db.session.query(Event)
            .filter(Event.person == woman, Event.kind != "erase", Event.body.is_not(None))
            .count()
        )
        row = db.session.get(Person, (COUNTY, woman))
        assert (left, row.name, row.phone, row.id_index) == (0, "", None, None)
    fresh = town.director(EAST)
    assert fresh.pull()[-1]["kind"] == "erase"
    assert "周桂兰".encode() not in fresh.everything()


def test_a_change_says_who_made_it_when_and_what_stood_there(town: Town, director: Handset, woman: str) -> None:
    director.codes(director.patch(woman, {"phone": "13800000001"}, {"phone": None}))
    patch = director.patch(woman, {"phone": "13800000002"}, {"phone": rev_of(director, woman, "phone")})
    assert director.codes(patch) == [("accepted",)]
    (state,) = director.pull()
    assert (state["actor"], state["role"]) == (director.worker, "director")
    assert abs(state["t"] - patch["t"]) < 60_000
    assert state["body"]["was"] == {"phone": "13800000001"}


def test_of_an_id_number_a_change_tells_the_last_four_only(town: Town, director: Handset, woman: str) -> None:
    director.codes(director.patch(woman, {"id_number": "11010119880502002X"}, {"id_number": None}))
    seen = rev_of(director, woman, "id_last4")
    director.codes(director.patch(woman, {"id_number": "110101198805020046"}, {"id_number": seen}))
    (state,) = director.pull()
    assert state["body"]["was"] == {"id_last4": "002X"}
    assert "110101198805" not in str(state)


def test_who_is_new_changed_nothing(town: Town, director: Handset) -> None:
    house = director.household()
    director.codes(house, director.person(house["household"]))
    assert all("was" not in row["body"] for row in director.pull() if row["kind"] == "state")


def test_an_import_is_nobodys_doing(town: Town, director: Handset, woman: str) -> None:
    draft = {"kind": "patch", "schema": "person/1", "actor": "import", "role": "station", "area": EAST, "person": woman}
    body = {"set": {"note": "册子上的"}, "base": {"note": None}}
    with town.app.app_context(), writing() as session:
        write_events(session, COUNTY, [draft | {"body": body}], "import", now=now_ms())
    assert "actor" not in director.pull()[-1]
