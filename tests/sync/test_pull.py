"""Pull: pages, feeds that come and go, snapshots in chunks, and how few bytes nothing new takes."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from server.clock import now_ms
from server.extensions import db, writing
from server.ids import new_id
from server.models import Grant, Person, SnapshotChunk
from server.sync import append, granting
from tests.sync.handset import HEADERS, Handset, gunzip, opened
from tests.sync.town import COUNTY, EAST, SOUTH, TOWN, WEST, Town

VISIT = {"presence": "met"}


def settle_village(town: Town, worker: str, households: int, persons: int, records: int, area: str = EAST) -> list[str]:
    """A village as an import and a year of work would leave it; answers its people's ids."""
    base = {"actor": worker, "area": area}
    houses, people = [new_id() for _ in range(households)], [new_id() for _ in range(persons)]
    drafts: list[dict[str, Any]] = []
    for n, house in enumerate(houses):
        fields = {"area": area, "group": str(n % 7 + 1), "number": str(n + 1)}
        drafts.append(
            base
            | {
                "kind": "patch",
                "schema": "household/1",
                "role": "station",
                "household": house,
                "body": {"set": fields, "base": {}},
            }
        )
    for n, person in enumerate(people):
        name = "李王张刘陈杨"[n % 6] + "桂秀玉春红"[n // 6 % 5] + "兰英梅芳霞"[n // 30 % 5]
        birth = f"19{60 + n % 40}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        fields = {
            "name": name,
            "sex": "fm"[n % 2],
            "birth": birth,
            "phone": f"1380{n * 7919 % 10**7:07d}",
            "household": houses[n % households],
            "marital": "married",
            "residence": "resident",
        }
        drafts.append(
            base
            | {
                "kind": "patch",
                "schema": "person/1",
                "role": "station",
                "person": person,
                "body": {"set": fields, "base": {}},
            }
        )
    for n in range(records):
        day = f"2026-{n % 11 + 1:02d}-{n % 28 + 1:02d}"
        answers = VISIT | {
            "purpose": [["education"], ["supplies", "follow_up"]][n % 2],
            "needs": f"下次来访 {n * 31 % 97}",
        }
        drafts.append(
            base
            | {
                "kind": "record",
                "schema": "household_visit/1",
                "role": "director",
                "household": houses[n % households],
                "body": {"occurred_on": day, "answers": answers},
            }
        )
    with town.app.app_context(), writing() as session:
        answers_ = append.write_events(session, COUNTY, drafts, "desk", now=now_ms(), rev=new_id())
        assert {code for code, _ in answers_} == {"accepted"}
    return people


@pytest.fixture
def village(town: Town, director: Handset) -> list[str]:
    return settle_village(town, director.worker, 60, 200, 150)


def test_pages_of_any_size_add_up_to_the_same_rows(town: Town, director: Handset) -> None:
    houses = [director.household() for _ in range(7)]
    director.codes(*houses)
    director.pull(n=2)
    second = town.phone(director.worker, "director", EAST)
    second.pull(n=1000)
    assert [row["id"] for row in director.rows(EAST, "common")] == [row["id"] for row in second.rows(EAST, "common")]


def test_nothing_new_is_a_small_answer_and_the_same_cursor(director: Handset) -> None:
    director.codes(director.household())
    director.pull()
    before = director.cursor
    response = director.get(c=before)
    assert opened(response)["c"] == before
    assert len(gunzip(response)) < 300


def test_nothing_new_at_22_feeds_stays_below_one_kilobyte(town: Town) -> None:
    from server.models import Area

    villages = [f"{TOWN}3{n:02d}" for n in range(22)]
    with town.app.app_context(), writing() as session:
        session.add_all(Area(code=code, name=code, position=0) for code in villages)
    who = town.worker("busy", *[("director", code) for code in villages])
    phone = town.phone(who, "director", villages[0])
    for code in villages:
        house = phone.event("patch", "household/1", {"set": {"area": code}, "base": {}}, household=new_id(), area=code)
        assert phone.codes(house) == [("accepted",)]
    phone.pull()
    assert len(phone.feeds) >= 22
    response = phone.get(c=phone.cursor)
    assert len(gunzip(response)) + len(phone.cursor or "") < 1024


def test_heads_come_only_for_feeds_that_moved(director: Handset) -> None:
    director.codes(director.household())
    director.pull()
    assert opened(director.get(c=director.cursor))["heads"] == {}


def test_a_village_that_is_taken_away_is_dropped_and_one_that_is_given_is_added(town: Town) -> None:
    who = town.worker("mover", ("director", EAST))
    phone, west = town.phone(who, "director", EAST), town.director(WEST)
    phone.codes(phone.household())
    west.codes(west.household())
    phone.pull()
    with town.app.app_context(), writing() as session:
        granting.revoke(session, who, "director", EAST, now=now_ms())
        granting.grant(session, who, "director", WEST, now=now_ms())
    phone.pull()
    assert [copy.area for copy in phone.feeds.values() if copy.audience == "common"] == [WEST]
    grants = [row["body"]["areas"] for row in phone.rows(f"worker:{who}", "own") if row["kind"] == "grant"]
    assert grants[-1] == [{"code": WEST, "name": "西坡村", "role": "director"}]


def test_a_large_feed_begins_with_a_snapshot_and_goes_on_with_rows(
    town: Town, director: Handset, village: list[str]
) -> None:
    director.pull()
    (copy,) = [copy for copy in director.feeds.values() if copy.audience == "common"]
    assert copy.chunks
    assert copy.rows == {}
    assert sum(len(chunk["persons"]["rows"]) for chunk in copy.chunks) == 200
    director.codes(director.household())
    assert [row["kind"] for row in director.pull()] == ["state"]


def test_snapshot_and_rows_tell_the_same_people(town: Town, director: Handset, village: list[str]) -> None:
    change = director.patch(village[0], {"phone": "13912345678"}, {"phone": None})
    change["body"]["base"] = {}
    director.pull()
    (copy,) = [copy for copy in director.feeds.values() if copy.audience == "common"]
    chunk = copy.chunks[0]
    table = chunk["persons"]
    first = dict(zip(table["cols"], table["rows"][0], strict=True))
    assert first.keys() >= {"id", "household", "name", "name_key", "sex", "birth", "phone", "marital", "residence"}
    assert first.get("rev") is None  # everything was set by one import: the chunk's own
    assert chunk["rev"]
    assert "id_number" not in first


def test_a_snapshot_tells_who_changed_what(town: Town, director: Handset, village: list[str]) -> None:
    with town.app.app_context():
        seen = db.session.get_one(Person, (COUNTY, village[0])).rev["phone"]
    director.codes(director.patch(village[0], {"phone": "13912345678"}, {"phone": seen}))
    fresh = town.director(EAST, "fresh")
    fresh.pull()
    told = [row for copy in fresh.feeds.values() for chunk in copy.chunks for row in chunk["rows"]]
    (change,) = [row for row in told if row["kind"] == "change"]
    assert (change["person"], change["actor"]) == (village[0], director.worker)
    assert change["body"]["set"] == {"phone": "13912345678"}
    assert change["body"]["was"].keys() == {"phone"}


def test_a_worker_learns_what_colleagues_are_called(town: Town, director: Handset) -> None:
    other = town.worker("王主任", ("director", WEST))
    asked = f"/api/sync/workers?ids={other},{new_id()}"
    assert opened(director.client.get(asked, headers=HEADERS)) == {"names": {other: "王主任"}}


def test_chunks_carry_no_digest_store_or_salt(director: Handset, village: list[str]) -> None:
    director.pull()
    everything = director.everything()
    assert not any(word in everything for word in (b'"digest"', b'"dseq"', b'"store"', b'"salt"', b'"device"'))


def test_the_first_chunk_comes_with_the_first_answer(director: Handset, village: list[str]) -> None:
    answer = opened(director.get())
    assert answer["first"]["chunk"]["persons"]["rows"]


def test_a_reference_village_comes_in_three_requests_and_200_kilobytes(town: Town, director: Handset) -> None:
    settle_village(town, director.worker, 300, 1200, 2300)
    response = director.get()
    answer = opened(response)
    size, requests = len(response.data), 1
    for entry in answer["add"]:
        for n, _ in enumerate(entry.get("snapshot", {"chunks": []})["chunks"]):
            if (entry["f"], n) != (answer["first"]["f"], 0):
                path = f"/api/sync/snapshots/{entry['f']}/{entry['snapshot']['seq']}/{n}"
                size += len(director.client.get(path, headers=HEADERS).data)
                requests += 1
    assert (requests <= 3, size <= 200_000, answer["more"]) == (True, True, False), (requests, size)


def test_rights_are_checked_at_each_chunk(town: Town, director: Handset, village: list[str]) -> None:
    entry = next(entry for entry in opened(director.get())["add"] if "snapshot" in entry)
    path = f"/api/sync/snapshots/{entry['f']}/{entry['snapshot']['seq']}/0"
    stranger = town.director(SOUTH)
    assert stranger.client.get(path).json["code"] == "snapshot_gone"
    with town.app.app_context(), writing() as session:
        granting.revoke(session, director.worker, "director", EAST, now=now_ms())
    assert director.client.get(path).json["code"] == "snapshot_gone"


def test_a_snapshot_is_thrown_away_with_what_it_may_not_show_any_more(
    town: Town, director: Handset, village: list[str]
) -> None:
    her = village[0]
    director.codes(director.consent(her), director.record("contraceptive_followup", {"method": "pill"}, person=her))
    old = next(entry for entry in opened(director.get())["add"] if "snapshot" in entry)
    director.codes(director.consent(her, "withdrawn", on="2026-10-05"))
    assert town.count(SnapshotChunk) == 0
    path = f"/api/sync/snapshots/{old['f']}/{old['snapshot']['seq']}/0"
    assert director.client.get(path).json["code"] == "snapshot_gone"
    new = opened(director.get(again=old["f"]))
    assert b'"pill"' not in orjson.dumps(new)


def test_a_feed_asked_for_again_starts_anew(director: Handset) -> None:
    director.codes(director.household())
    director.pull()
    (f,) = [f for f, copy in director.feeds.items() if copy.audience == "common"]
    answer = opened(director.get(c=director.cursor, again=f))
    assert [entry["f"] for entry in answer["add"]] == [f]
    assert len(answer["events"]) == 1


def test_a_corrected_record_stands_corrected_in_the_snapshot(town: Town, director: Handset, village: list[str]) -> None:
    her = village[0]
    followup = director.record("contraceptive_followup", {"method": "pill"}, person=her)
    gone = director.record("contraceptive_followup", {"method": "inj"}, person=her)
    director.codes(
        director.consent(her), followup, director.amend(followup, {"method": "condom"}), gone, director.void(gone)
    )
    fresh = town.director(EAST)
    fresh.pull()
    seen = fresh.everything()
    assert (b'"condom"' in seen, b'"pill"' in seen, b'"inj"' in seen) == (True, False, False)


def test_the_answer_is_gzipped_only_for_who_takes_it(director: Handset, village: list[str]) -> None:
    plain = director.client.get("/api/sync/pull", query_string={"device": director.device, "store": director.store})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(director.get().data) != b""


def test_nothing_is_stored_by_a_browser_on_the_way(director: Handset) -> None:
    assert director.get().headers["Cache-Control"] == "no-store"


def test_long_rows_come_in_small_pages(town: Town, director: Handset) -> None:
    house = director.household()
    long = "长" * 20_000
    director.codes(house)
    for _ in range(4):
        visits = [
            director.record("household_visit", VISIT | {"needs": long}, household=house["household"]) for _ in range(10)
        ]
        director.codes(*visits)
    first = opened(director.get())
    assert first["more"]
    assert len(orjson.dumps(first)) < 2_000_000
    assert len([row for row in director.pull() if row["kind"] == "record"]) == 40


def test_a_database_put_back_by_hand_answers_nobody_before_the_journal_was_replayed(
    town: Town, director: Handset, tmp_path: Path
) -> None:
    from server.extensions import db
    from server.models import Phone
    from server.sync import dump, epoch, journal

    with town.app.app_context():
        epoch.current()
        dump.copy_out(db.engine, tmp_path / "copy")
        dump.stamp(tmp_path / "copy", epoch.IN_BACKUP)
        with writing() as session:
            session.get_one(Phone, director.device).state = "lost"
            journal.remember(session, "phone", phone=director.device, state="lost")
        dump.copy_in(tmp_path / "copy", db.engine)
        db.session.remove()
        town.app.extensions.pop(epoch.CACHE)
    assert director.client.get("/api/auth/me").status_code == 401


def test_a_clock_put_back_gives_no_village_back(town: Town, director: Handset) -> None:
    director.codes(director.household())
    director.pull()
    with town.app.app_context(), writing() as session:
        session.execute(update(Grant).values(revoked_at=now_ms() + 3_600_000))
    director.pull()
    assert all(copy.area != EAST for copy in director.feeds.values())
