"""Deliver: sealed rows get home without a session, and nothing gets in without the phone's key."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server import accounts, auth, devices
from server.clock import now_ms
from server.envelopes import signing_text
from server.extensions import db, writing
from server.ids import b64, new_id, unb64
from server.keys import public_jwk
from server.models import Audit, Parked, Phone, Record, Store, Worker
from server.sync import deciding
from tests.sync.handset import Event, Handset, opened, spread
from tests.sync.town import COUNTY, Town

VISIT = {"presence": "met"}


def raw_point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(server: ec.EllipticCurvePublicKey, store: str, event: str, data: bytes) -> bytes:
    """As pwa/src/sync/seal.ts does."""
    mine, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(12)
    point = raw_point(mine.public_key())
    info = b"suifang seal 1\n" + point + raw_point(server)
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(mine.exchange(ec.ECDH(), server))
    sealed = AESGCM(key).encrypt(nonce, data, f"suifang outbox 1\n{store}\n{event}".encode())
    return b"\1" + point + nonce + sealed


@dataclass
class Courier:
    """What can send for a locked phone: its key, the server's public key, no session."""

    town: Town
    handset: Handset
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        with self.town.app.app_context(), writing() as session:
            session.get_one(Phone, self.handset.device).public_key = public_jwk(self.key)
        self.server = self.town.app.extensions["suifang_keys"].unseal.public_key()
        self.line = self.town.app.test_client()

    def row(self, event: Event) -> dict[str, Any]:
        """As the phone keeps it: sealed before it had a number."""
        bare = {name: value for name, value in event.items() if name != "dseq"}
        sealed = seal(self.server, event["store"], event["id"], orjson.dumps(bare))
        return {"id": event["id"], "dseq": event["dseq"], "sealed": b64(sealed)}

    def sign(self, body: bytes, store: str) -> str:
        text = signing_text(self.handset.device, store, body)
        r, s = decode_dss_signature(self.key.sign(text, ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32) + s.to_bytes(32))

    def raw(self, body: bytes, **headers: str) -> Any:
        """Send these bytes, signed, with nothing that a browser would add; `headers` override."""
        store = headers.get("Suifang-Store", self.handset.store)
        who = {
            "Suifang-Phone": self.handset.device,
            "Suifang-Store": store,
            "Suifang-Signature": self.sign(body, store),
        }
        return self.line.post("/api/sync/deliver", data=body, content_type="application/json", headers=who | headers)

    def post(self, rows: list[Any], **more: Any) -> Any:
        body = gzip.compress(orjson.dumps({"proto": 1, "rows": rows} | more))
        headers = {"Content-Encoding": "gzip"}
        return self.raw(body, **headers)

    def codes(self, *rows: Any) -> list[tuple[str, ...]]:
        response = self.post(list(rows))
        assert response.status_code == 200, response.text
        return spread(opened(response)["results"])

    def refused(self, response: Any) -> tuple[int, str]:
        return response.status_code, response.json["code"]


@pytest.fixture
def courier(town: Town, director: Handset) -> Courier:
    return Courier(town, director)


@pytest.fixture
def rows(courier: Courier, director: Handset) -> list[dict[str, Any]]:
    """A household and a visit to it, as they wait sealed in the outbox."""
    house = director.household()
    visit = director.record("household_visit", VISIT, household=house["household"])
    return [courier.row(house), courier.row(visit)]


def set_state(courier: Courier, state: str) -> None:
    with courier.town.app.app_context(), writing() as session:
        devices.change_state(session, session.get_one(Phone, courier.handset.device), state, now_ms())


def parked(town: Town) -> list[Parked]:
    with town.app.app_context():
        return list(db.session.query(Parked).order_by(Parked.dseq))


# -- what gets in


def test_sealed_rows_are_accepted_without_a_session(town: Town, courier: Courier, rows: list[Any]) -> None:
    assert courier.codes(*rows) == [("accepted",)] * 2
    assert town.count(Record) == 1


def test_what_was_delivered_comes_down_as_if_it_had_been_pushed(
    town: Town, director: Handset, courier: Courier, rows: list[Any]
) -> None:
    courier.codes(*rows)
    director.pull()
    state, record = director.rows(director.area, "common")
    assert (state["kind"], record["kind"], record["actor"]) == ("state", "record", director.worker)


def test_a_repeat_is_free_whichever_way_it_comes(director: Handset, courier: Courier) -> None:
    house = director.household()
    assert director.codes(house) == [("accepted",)]
    assert courier.codes(courier.row(house)) == [("duplicate",)]
    assert courier.codes(courier.row(house)) == [("duplicate",)]
    assert director.codes(house) == [("duplicate",)]


def test_the_answer_has_the_shape_of_a_pushs_and_counts_the_store_on(
    courier: Courier, rows: list[Any], director: Handset
) -> None:
    answer = opened(courier.post(rows))
    assert answer["results"] == [[2, "accepted"]]
    assert (answer["have"], answer["missing"], answer["backed_up"]) == (2, [], 0)
    assert answer.keys() == director.send().keys()


def test_the_number_lies_beside_the_seal_since_it_is_given_later(
    town: Town, courier: Courier, rows: list[Any], director: Handset
) -> None:
    courier.codes(rows[0] | {"dseq": 7})
    with town.app.app_context():
        assert db.session.get_one(Store, (COUNTY, director.store)).top == 7


def test_a_delivery_without_gzip_is_taken(courier: Courier, rows: list[Any]) -> None:
    response = courier.raw(orjson.dumps({"proto": 1, "rows": rows}))
    assert spread(opened(response)["results"]) == [("accepted",)] * 2


def test_the_clock_is_measured_only_where_the_phone_says_which(
    town: Town, courier: Courier, rows: list[Any], director: Handset
) -> None:
    courier.post(rows[:1], now=now_ms() - 5_000_000)
    with town.app.app_context():
        assert db.session.get_one(Store, (COUNTY, director.store)).offsets == {}
    courier.post(rows[1:], now=now_ms() - 5_000_000, clk="c1")
    with town.app.app_context():
        assert db.session.get_one(Store, (COUNTY, director.store)).offsets["c1"] >= 5_000_000


def test_one_audit_row_a_delivery_names_worker_and_phone(
    town: Town, courier: Courier, rows: list[Any], director: Handset
) -> None:
    courier.codes(*rows)
    with town.app.app_context():
        (row,) = db.session.query(Audit).all()
        assert (row.action, row.actor, row.phone) == ("deliver", director.worker, director.device)


def test_another_session_on_the_line_changes_nothing(town: Town, courier: Courier, rows: list[Any]) -> None:
    other = town.liaison()
    courier.line = other.client
    assert courier.codes(*rows) == [("accepted",)] * 2


# -- what is kept for a person


@pytest.mark.parametrize("state", ["suspended", "lost", "retired"])
def test_rows_of_a_phone_that_is_not_active_are_parked_and_never_taken(
    town: Town, courier: Courier, rows: list[Any], state: str
) -> None:
    set_state(courier, state)
    assert courier.codes(*rows) == [("parked", "phone_not_active")] * 2
    assert courier.codes(*rows) == [("parked", "phone_not_active")] * 2
    assert town.count(Record) == 0
    assert [row.reason for row in parked(town)] == ["phone_not_active"] * 2


def test_rows_of_a_disabled_worker_are_parked(town: Town, courier: Courier, rows: list[Any]) -> None:
    with town.app.app_context(), writing() as session:
        accounts.disable_worker(session, session.get_one(Worker, courier.handset.worker), now_ms())
    assert courier.codes(*rows) == [("parked", "worker_disabled")] * 2


def test_a_phone_found_again_gets_its_parked_rows_taken(town: Town, courier: Courier, rows: list[Any]) -> None:
    set_state(courier, "suspended")
    courier.codes(*rows)
    set_state(courier, "active")
    assert courier.codes(*rows) == [("accepted",)] * 2
    assert {row.decision for row in parked(town)} == {"taken"}


def test_what_was_accepted_before_the_phone_was_lost_stays_a_duplicate(courier: Courier, rows: list[Any]) -> None:
    courier.codes(*rows)
    set_state(courier, "lost")
    assert courier.codes(*rows) == [("duplicate",)] * 2


def test_the_desk_can_take_what_a_lost_phone_delivered(town: Town, courier: Courier, rows: list[Any]) -> None:
    set_state(courier, "lost")
    courier.codes(*rows)
    with town.app.app_context():
        for row in parked(town):
            with writing() as session:
                deciding.decide_parked(session, COUNTY, row.id, "take", actor=courier.handset.worker, now=now_ms())
    assert town.count(Record) == 1


def test_a_lost_phone_hides_no_worse_fault(courier: Courier, director: Handset) -> None:
    house = director.household()
    forged = director.record("household_visit", VISIT, household=house["household"], actor=new_id())
    set_state(courier, "lost")
    assert courier.codes(courier.row(forged)) == [("parked", "wrong_actor")]


def test_the_actor_is_the_stores_worker_and_nobody_else(courier: Courier, director: Handset) -> None:
    house = director.household()
    forged = director.record("household_visit", VISIT, household=house["household"], actor=new_id())
    assert courier.codes(courier.row(house), courier.row(forged))[1] == ("parked", "wrong_actor")


def test_an_envelope_that_nothing_opens_is_parked_whole_and_counts_as_had(
    town: Town, courier: Courier, rows: list[Any], director: Handset
) -> None:
    broken = rows[0] | {"sealed": rows[0]["sealed"][:-8] + "AAAAAAAA"}
    answer = opened(courier.post([broken, rows[1]]))
    assert answer["results"][0] == [1, "parked", "cannot_open"]
    assert answer["have"] == 2
    kept = parked(town)[0]
    assert (kept.content, kept.event_id, kept.actor) == (broken, broken["id"], director.worker)
    assert (kept.store_id, kept.dseq) == (director.store, broken["dseq"])


def test_an_envelope_that_nothing_opens_is_parked_once(town: Town, courier: Courier, rows: list[Any]) -> None:
    broken = rows[0] | {"sealed": "AQAB"}
    assert courier.codes(broken, broken) == [("parked", "cannot_open")] * 2
    assert courier.codes(broken) == [("parked", "cannot_open")]
    assert len(parked(town)) == 1


def test_one_envelope_that_nothing_opens_does_not_hold_up_the_rest(courier: Courier, director: Handset) -> None:
    first, second = director.household(), director.household()
    stray = {"id": new_id(), "dseq": 90, "sealed": "AQAB"}
    assert courier.codes(courier.row(first), stray, courier.row(second)) == [
        ("accepted",), ("parked", "cannot_open"), ("accepted",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wreck",
    [
        lambda row: row | {"id": new_id()},
        lambda row: row | {"sealed": b64(b"\2" + unb64(row["sealed"])[1:])},
        lambda row: row | {"sealed": b64(b"\1" + bytes(65) + unb64(row["sealed"])[66:])},
        lambda row: row | {"sealed": ""},
        lambda row: row | {"sealed": 7},
        lambda row: row | {"sealed": "\ud800"},
        lambda row: row | {"id": ["\ud800"]},
        lambda row: {"id": row["id"]},
        lambda row: None,
        lambda row: [[]],
    ],
    ids=[
        "moved to another event", "another algorithm", "a point off the curve", "empty", "no text", "half a character",
        "no id", "no seal", "null", "a list",
    ],
)  # fmt: skip
def test_whatever_else_lies_in_a_row_is_parked(courier: Courier, rows: list[Any], wreck: Any) -> None:
    body = json.dumps({"proto": 1, "rows": [wreck(rows[0])]}).encode()  # orjson writes no half characters
    response = courier.raw(body)
    assert response.status_code == 200, response.text
    assert spread(opened(response)["results"]) == [("parked", "cannot_open")]


def test_an_envelope_of_another_store_does_not_open(town: Town, courier: Courier, rows: list[Any]) -> None:
    second = new_id()
    with town.app.app_context(), writing() as session:
        who = courier.handset
        session.add(Store(county=COUNTY, id=second, phone_id=who.device, worker_id=who.worker, created_at=now_ms()))
    body = orjson.dumps({"proto": 1, "rows": rows})
    response = courier.raw(body, **{"Suifang-Store": second})
    assert spread(opened(response)["results"]) == [("parked", "cannot_open")] * 2


def test_a_seal_around_something_that_is_no_event_is_parked(courier: Courier) -> None:
    key = new_id()
    for inside, reason in ((b"not JSON", "cannot_open"), (b"[]", "cannot_open"), (b"{}", "bad_shape")):
        sealed = seal(courier.server, courier.handset.store, key, inside)
        assert courier.codes({"id": key, "dseq": 1, "sealed": b64(sealed)}) == [("parked", reason)]


def test_a_seal_around_another_event_than_its_row_names_is_parked(courier: Courier, director: Handset) -> None:
    house, key = director.household(), new_id()
    bare = {name: value for name, value in house.items() if name != "dseq"}
    sealed = seal(courier.server, director.store, key, orjson.dumps(bare))
    assert courier.codes({"id": key, "dseq": 1, "sealed": b64(sealed)}) == [("parked", "bad_shape")]


# -- who is turned away


def test_an_unknown_phone_is_told_so(courier: Courier, rows: list[Any]) -> None:
    body = orjson.dumps({"proto": 1, "rows": rows})
    assert courier.refused(courier.raw(body, **{"Suifang-Phone": new_id()})) == (401, "unknown_phone")


def test_another_key_does_not_pass(town: Town, courier: Courier, rows: list[Any]) -> None:
    courier.key = ec.generate_private_key(ec.SECP256R1())
    assert courier.refused(courier.post(rows)) == (401, "bad_signature")
    assert town.count(Record) == 0


@pytest.mark.parametrize("changed", ["body", "store"])
def test_the_signature_binds_body_and_store(courier: Courier, rows: list[Any], changed: str) -> None:
    body = orjson.dumps({"proto": 1, "rows": rows})
    signature = courier.sign(body, courier.handset.store)
    headers = {"Suifang-Signature": signature} | ({"Suifang-Store": new_id()} if changed == "store" else {})
    response = courier.raw(body + b" " if changed == "body" else body, **headers)
    assert courier.refused(response) == (401, "bad_signature")


@pytest.mark.parametrize("signature", ["A" * 86, "_" * 86])
def test_a_signature_of_nought_or_out_of_range_does_not_pass(courier: Courier, signature: str) -> None:
    response = courier.raw(b"{}", **{"Suifang-Signature": signature})
    assert courier.refused(response) == (401, "bad_signature")


def test_a_phone_whose_key_is_not_known_passes_nothing(town: Town, courier: Courier, rows: list[Any]) -> None:
    with town.app.app_context(), writing() as session:
        session.get_one(Phone, courier.handset.device).public_key = {}
    assert courier.refused(courier.post(rows)) == (401, "bad_signature")


@pytest.mark.parametrize("missing", ["Suifang-Phone", "Suifang-Store", "Suifang-Signature"])
def test_a_missing_or_odd_header_is_named(courier: Courier, missing: str) -> None:
    response = courier.raw(b"{}", **{missing: "nonsense"})
    assert courier.refused(response) == (400, "bad_shape")
    assert missing in response.json["message"]


def test_a_store_on_another_phone_is_refused(town: Town, courier: Courier, rows: list[Any]) -> None:
    body = orjson.dumps({"proto": 1, "rows": rows})
    other = town.director()
    assert courier.refused(courier.raw(body, **{"Suifang-Store": other.store})) == (403, "wrong_store")


def test_a_signature_opens_no_other_door(town: Town, courier: Courier) -> None:
    body, who = b"{}", courier.handset
    headers = {
        "Suifang-Phone": who.device, "Suifang-Store": who.store, "Suifang-Signature": courier.sign(body, who.store),
        "X-Suifang": "1",
    }  # fmt: skip
    line = town.app.test_client()
    assert line.post("/api/sync/push", data=body, headers=headers).status_code == 401
    assert line.get("/api/sync/pull", headers=headers).status_code == 401


def test_delivering_gives_nobody_a_session(courier: Courier, rows: list[Any]) -> None:
    response = courier.post(rows)
    assert auth.COOKIE not in response.headers.get("Set-Cookie", "")


# -- bounds


def test_a_bomb_is_looked_at_only_after_its_signature_and_then_refused(courier: Courier) -> None:
    bomb = gzip.compress(b" " * (3 << 20))
    unsigned = courier.raw(bomb, **{"Content-Encoding": "gzip", "Suifang-Signature": "A" * 86})
    assert courier.refused(unsigned) == (401, "bad_signature")
    assert courier.refused(courier.raw(bomb, **{"Content-Encoding": "gzip"})) == (413, "too_large")


def test_a_cut_gzip_is_refused(courier: Courier, rows: list[Any]) -> None:
    cut = gzip.compress(orjson.dumps({"proto": 1, "rows": rows}))[:-9]
    assert courier.refused(courier.raw(cut, **{"Content-Encoding": "gzip"})) == (400, "bad_gzip")


def test_a_body_over_one_mebibyte_is_refused(courier: Courier) -> None:
    assert courier.refused(courier.raw(b" " * ((1 << 20) + 1))) == (413, "too_large")


def test_more_than_500_rows_are_too_large(courier: Courier) -> None:
    assert courier.refused(courier.post([{}] * 501)) == (413, "too_large")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"proto":1}', b'{"proto":1,"rows":{}}', b'{"proto":2,"rows":[]}'])
def test_a_body_that_is_no_delivery_is_refused(courier: Courier, body: bytes) -> None:
    status, code = courier.refused(courier.raw(body))
    assert (status, code) in ((400, "bad_json"), (400, "bad_shape"))
