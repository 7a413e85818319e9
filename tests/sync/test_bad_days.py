"""Bad input and bad days (issue 2 §5), as far as the server is concerned: a stable code each, and nothing lost."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib

import orjson
import pytest

from server.extensions import db, writing
from server.ids import b64, new_id
from server.models import Event, Parked, Person, Phone
from server.sync import erasing
from tests.sync.handset import Handset, opened
from tests.sync.town import COUNTY, EAST, Town

VISIT = {"presence": "met"}


def test_an_unknown_field_in_the_envelope_parks_the_event_whole(town: Town, director: Handset) -> None:
    odd = director.household()
    odd = director.event("patch", "household/1", odd["body"], household=odd["household"], colour="red")
    assert director.codes(odd) == [("parked", "bad_shape")]
    with town.app.app_context():
        assert db.session.query(Parked).one().content == odd


def test_an_unknown_answer_is_kept_and_flagged(director: Handset) -> None:
    house = director.household()
    visit = director.record("household_visit", VISIT | {"colour": "red"}, household=house["household"])
    assert director.codes(house, visit)[1] == ("accepted", "rule_broken:colour")


def test_an_unknown_person_field_is_kept_and_flagged(director: Handset) -> None:
    house = director.household()
    her = director.person(house["household"], colour="red")
    assert director.codes(house, her)[1] == ("accepted", "unknown_field:colour")


@pytest.mark.parametrize(
    "change",
    [
        {"t": "now"},
        {"dseq": "1"},
        {"dseq": 0},
        {"id": 7},
        {"kind": "state"},
        {"area": 990131101201},
        {"body": []},
        {"clk": None},
    ],
    ids=str,
)
def test_a_wrong_type_parks(director: Handset, change: dict[str, object]) -> None:
    assert director.codes(director.household() | change) == [("parked", "bad_shape")]


@pytest.mark.parametrize("odd", [None, 7, "text", [], True, 1.5])
def test_what_is_no_event_at_all_parks(director: Handset, odd: object) -> None:
    assert director.codes(odd, director.household()) == [("parked", "bad_shape"), ("accepted",)]  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1.5, "x\ud800", 2**60], ids=["float", "half a character", "beyond 2^53"])
def test_a_value_that_has_no_canonical_form_parks_and_its_neighbours_pass(director: Handset, value: object) -> None:
    import json

    house, odd = director.household(), director.household()
    odd["body"]["set"]["note"] = value
    batch = {
        "proto": 1,
        "device": director.device,
        "store": director.store,
        "epoch": None,
        "now": 1,
        "events": [odd, house],
    }
    answer = director.raw(json.dumps(batch).encode())
    assert answer.status_code == 200, answer.text
    assert orjson.loads(
        answer.data if answer.headers.get("Content-Encoding") != "gzip" else gzip.decompress(answer.data)
    )["results"] == [[1, "parked", "bad_shape"], [1, "accepted"]]


def test_a_one_megabyte_note_is_parked_as_too_large_and_kept(town: Town, director: Handset) -> None:
    house = director.household(note="长" * 350_000)
    assert director.codes(house) == [("parked", "too_large")]
    with town.app.app_context():
        assert len(db.session.query(Parked).one().content["body"]["set"]["note"]) == 350_000


@pytest.mark.parametrize("day", ["1899-12-31", "2999-01-01", "2026-02-30"])
def test_a_day_that_cannot_be_is_kept_and_flagged(director: Handset, day: str) -> None:
    house = director.household()
    visit = director.record("household_visit", VISIT, day, household=house["household"])
    assert director.codes(house, visit)[1] == ("accepted", "rule_broken:occurred_on")


def test_a_birth_in_1899_is_kept_and_flagged(director: Handset) -> None:
    house = director.household()
    her = director.person(house["household"], birth="1899-12-31")
    assert director.codes(house, her)[1] == ("accepted", "rule_broken:birth")


def test_a_nul_in_a_text_parks_instead_of_breaking_the_database(director: Handset) -> None:
    assert director.codes(director.household(number="1\0")) == [("parked", "bad_shape")]


def test_a_gzip_bomb_is_refused_before_it_unfolds(director: Handset) -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    response = director.raw(bomb, **{"Content-Encoding": "gzip"})
    assert (response.status_code, response.json["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "data", [b"no gzip", gzip.compress(b"{}")[:-4], zlib.compress(b"{}")], ids=["text", "cut", "zlib"]
)
def test_a_broken_gzip_has_a_code(director: Handset, data: bytes) -> None:
    response = director.raw(data, **{"Content-Encoding": "gzip"})
    assert (response.status_code, response.json["code"]) == (400, "bad_gzip")


@pytest.mark.parametrize("data", [b"<html>portal</html>", b"", b"{", b'{"a":NaN}', b"[" * 100_000])
def test_what_is_no_json_has_a_code(director: Handset, data: bytes) -> None:
    response = director.raw(data)
    assert (response.status_code, response.json["code"]) == (400, "bad_json")


def test_a_push_with_one_bit_of_an_id_changed_on_the_way_is_refused_whole_and_nothing_of_it_is_kept(
    town: Town, director: Handset
) -> None:
    house = director.household()
    batch = {"proto": 1, "device": director.device, "store": director.store, "epoch": None, "now": 1, "events": [house]}
    sent = orjson.dumps(batch)
    digest = {"Content-Digest": f"sha-256=:{base64.b64encode(hashlib.sha256(sent).digest()).decode()}:"}
    at = sent.index(house["id"].encode())
    bent = sent[:at] + bytes([sent[at] ^ 1]) + sent[at + 1 :]
    response = director.raw(bent, **digest)
    assert (response.status_code, response.json["code"]) == (400, "bad_digest")
    with town.app.app_context():
        assert db.session.query(Parked).count() == db.session.query(Event).filter_by(id=house["id"]).count() == 0
    assert opened(director.raw(sent, **digest))["results"] == [[1, "accepted"]]
    assert opened(director.raw(gzip.compress(sent), **digest, **{"Content-Encoding": "gzip"}))["results"] == [
        [1, "duplicate"]
    ]


@pytest.mark.parametrize("head", [{"proto": 2}, {"now": "x"}, {"device": "x"}, {"events": {}}, {"extra": 1}], ids=str)
def test_a_wrong_envelope_has_a_code(director: Handset, head: dict[str, object]) -> None:
    response = director.post({"events": []} | head)
    assert (response.status_code, response.json["code"]) == (400, "bad_shape")


@pytest.mark.parametrize("cursor", ["", "AAAA", "!!!", b64(bytes(40)), b64(b"\1" + bytes(60))])
def test_a_forged_cursor_is_refused(director: Handset, cursor: str) -> None:
    response = director.get(c=cursor)
    assert (response.status_code, response.json["code"]) == (400, "bad_cursor")


def test_a_cursor_with_one_bit_changed_is_refused(director: Handset) -> None:
    director.codes(director.household())
    director.pull()
    token = director.cursor or ""
    for at in range(0, len(token), 3):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert director.get(c=changed).json["code"] == "bad_cursor"


def test_another_workers_cursor_is_refused(town: Town, director: Handset) -> None:
    other = town.director(EAST)
    director.pull()
    assert other.get(c=director.cursor).json["code"] == "bad_cursor"


def test_another_stores_cursor_is_refused(town: Town, director: Handset) -> None:
    second = town.phone(director.worker, "director", EAST)
    director.pull()
    assert second.get(c=director.cursor).json["code"] == "bad_cursor"


def test_another_workers_store_is_refused(town: Town, director: Handset) -> None:
    other = town.director(EAST)
    director.store, director.device = other.store, other.device
    assert director.post({"events": []}).json["code"] == "wrong_store"
    assert director.get().json["code"] == "wrong_store"


def test_a_lost_phone_is_told_so(town: Town, director: Handset) -> None:
    with town.app.app_context(), writing() as session:
        session.get_one(Phone, director.device).state = "lost"
    assert director.post({"events": []}).json["code"] == "phone_revoked"
    assert director.get().json["code"] == "phone_revoked"


def test_without_a_session_nothing_is_answered(town: Town, director: Handset) -> None:
    director.client = town.app.test_client()
    assert (director.post({"events": []}).status_code, director.get().status_code) == (401, 401)


def test_a_record_about_someone_erased_meanwhile_is_parked_for_thirty_days(
    town: Town, director: Handset, woman: str
) -> None:
    with town.app.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [woman], now=1_000)
    late = director.consent(woman)
    assert director.codes(late) == [("parked", "erased_person")]
    with town.app.app_context():
        parked = db.session.query(Parked).one()
        assert parked.content == late
        end = parked.received_at + 30 * 86_400_000
        assert parked.erase_at == end
        with writing() as session:
            erasing.erase_due(session, COUNTY, end)
        db.session.refresh(parked)
        assert parked.content == {}


def test_two_workers_changing_the_same_telephone_offline_keeps_both_numbers(
    town: Town, director: Handset, woman: str
) -> None:
    other = town.technician()
    other.pull()
    first = director.patch(woman, {"phone": "13800000001"}, {"phone": None})
    second = other.patch(woman, {"phone": "13900000002"}, {"phone": None})
    assert director.codes(first) == [("accepted",)]
    assert other.codes(second) == [("accepted", "conflict:phone")]
    with town.app.app_context():
        from server.models import Conflict

        clash = db.session.query(Conflict).one()
        assert (clash.kept, clash.offered) == ("13800000001", "13900000002")
        assert db.session.get(Person, (COUNTY, woman)).phone == "13800000001"


def test_a_village_taken_away_with_unsent_records_loses_none(town: Town, director: Handset) -> None:
    from server.sync import granting

    house = director.household()
    director.codes(house)
    director.pull()
    with town.app.app_context(), writing() as session:
        granting.revoke(session, director.worker, "director", EAST, now=1)
    unsent = [director.record("household_visit", VISIT, household=house["household"]) for _ in range(3)]
    assert director.codes(*unsent) == [("accepted", "late_grant")] * 3
    director.pull()
    assert director.rows(EAST, "common") == []
    with town.app.app_context():
        assert {row.id for row in db.session.query(Event.id).filter(Event.kind == "record")} == {
            e["id"] for e in unsent
        }


def test_ids_of_the_wrong_kind_never_reach_the_database(director: Handset) -> None:
    assert director.codes(director.household() | {"id": new_id().upper()}) == [("parked", "bad_shape")]
