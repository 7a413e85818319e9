"""The server's share of a store's key: who gets it, who may keep it, and the order that a lost phone obeys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from server import leases
from server.envelopes import signing_text
from server.extensions import db
from server.ids import b64, unb64
from server.keys import public_jwk
from server.models import Share
from server.orders import order_text

from .conftest import WRITE, SignIn

NONCE = "a-nonce-of-the-phone"


@dataclass
class Registered:
    """A registered phone of the director, her session, the desk, and the phone's own key."""

    desk: FlaskClient
    hers: FlaskClient
    key: ec.EllipticCurvePrivateKey
    given: dict[str, Any]

    @property
    def phone(self) -> str:
        return str(self.given["phone"])

    def becomes(self, state: str) -> None:
        answer = self.desk.post(f"/api/phones/{self.phone}/state", json={"state": state}, headers=WRITE)
        assert answer.status_code == 200

    def signed(self, path: str, body: dict[str, Any]) -> Any:
        """As the service worker sends it: no session, no header of ours."""
        data = json.dumps(body).encode()
        who = {"Suifang-Phone": self.phone, "Suifang-Store": self.given["store"]}
        who["Suifang-Signature"] = self.signature(data)
        line = self.hers.application.test_client()
        return line.post(path, data=data, headers={"Content-Type": "application/json", **who})

    def signature(self, data: bytes) -> str:
        text = signing_text(self.phone, self.given["store"], data)
        pair = decode_dss_signature(self.key.sign(text, ec.ECDSA(hashes.SHA256())))
        return b64(b"".join(number.to_bytes(32) for number in pair))

    def asks(self) -> Any:
        return self.signed("/api/sync/deliver", {"proto": 1, "rows": [], "nonce": NONCE}).json

    def row(self) -> dict[str, Any]:
        phones: list[dict[str, Any]] = self.desk.get("/api/phones").json["phones"]
        return next(phone for phone in phones if phone["id"] == self.phone)


@pytest.fixture
def registered(sign_in: SignIn) -> Registered:
    desk, hers = sign_in("station"), sign_in("director")
    worker = hers.get("/api/auth/me").json["worker"]["id"]
    code = desk.post("/api/phones/codes", json={"worker": worker}, headers=WRITE).json["code"]
    key = ec.generate_private_key(ec.SECP256R1())
    given = hers.post("/api/devices", json={"code": code, "public_key": public_jwk(key)}, headers=WRITE).json
    return Registered(desk, hers, key, given)


def test_a_registered_phone_gets_a_share_of_its_stores_key_for_thirty_days(registered: Registered) -> None:
    lease = registered.given["lease"]
    assert (len(unb64(lease["share"])), lease["days"]) == (32, 30)


def test_opening_the_store_again_gives_the_same_share(registered: Registered) -> None:
    again = registered.hers.post(f"/api/devices/{registered.phone}/stores", headers=WRITE).json
    assert again["lease"]["share"] == registered.given["lease"]["share"]


def test_another_worker_on_the_same_phone_has_a_share_of_her_own(registered: Registered, sign_in: SignIn) -> None:
    other = sign_in("technician").post(f"/api/devices/{registered.phone}/stores", headers=WRITE).json
    assert other["lease"]["share"] != registered.given["lease"]["share"]


def test_the_share_lies_sealed_in_the_database(registered: Registered, township: Flask) -> None:
    secret = unb64(registered.given["lease"]["share"])
    with township.app_context():
        (raw,) = db.session().execute(text("SELECT secret FROM share")).one()
        assert db.session().scalars(select(Share.secret)).one() == secret
    assert secret not in bytes(raw)


def test_a_lease_is_renewed_without_the_share(registered: Registered) -> None:
    path = f"/api/devices/{registered.phone}/stores/{registered.given['store']}/lease"
    answer = registered.hers.post(path, headers=WRITE).json
    assert (answer["share"], answer["days"]) == (None, 30)
    assert answer["now"] >= registered.given["lease"]["now"]


def test_nobody_renews_anothers_lease(registered: Registered, sign_in: SignIn) -> None:
    path = f"/api/devices/{registered.phone}/stores/{registered.given['store']}/lease"
    assert sign_in("technician").post(path, headers=WRITE).json["code"] == "wrong_store"


@pytest.mark.parametrize("state", ["suspended", "lost", "retired"])
def test_a_phone_that_is_not_active_gets_neither_share_nor_lease(
    registered: Registered, sign_in: SignIn, state: str
) -> None:
    registered.becomes(state)
    hers, path = sign_in("director"), f"/api/devices/{registered.phone}/stores"
    assert hers.post(path, headers=WRITE).json["code"] == "phone_revoked"
    assert hers.post(f"{path}/{registered.given['store']}/lease", headers=WRITE).json["code"] == "phone_revoked"


@pytest.mark.parametrize(("asked", "given"), [(3, 14), (14, 14), (45, 45), (400, 60)])
def test_a_county_chooses_between_two_weeks_and_two_months(township: Flask, asked: int, given: int) -> None:
    object.__setattr__(township.extensions["suifang_settings"], "lease_days", asked)
    with township.app_context():
        assert leases.days() == given


def test_a_phone_at_work_gets_no_order(registered: Registered) -> None:
    assert "order" not in registered.asks()


def test_a_lost_phone_is_ordered_to_wipe_itself_over_its_own_nonce(registered: Registered, township: Flask) -> None:
    registered.becomes("lost")
    order = registered.asks()["order"]
    assert (order["order"], order["nonce"]) == ("wipe", NONCE)
    raw = unb64(order["signature"])
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key = township.extensions["suifang_keys"].sign.public_key()
    key.verify(der, order_text(registered.phone, NONCE), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(der, order_text(registered.phone, "another nonce of it"), ec.ECDSA(hashes.SHA256()))


def test_a_suspended_phone_keeps_what_it_holds(registered: Registered) -> None:
    registered.becomes("suspended")
    assert "order" not in registered.asks()


def test_the_desk_sees_that_a_lost_phone_has_wiped_itself(registered: Registered) -> None:
    registered.becomes("lost")
    assert registered.row()["wiped_at"] is None
    assert registered.signed(f"/api/devices/{registered.phone}/wiped", {}).json == {"ok": True}
    assert registered.row()["wiped_at"] is not None


def test_a_parcel_of_sealed_rows_is_taken_in_at_the_desk(registered: Registered) -> None:
    data = json.dumps({"proto": 1, "rows": []}).encode()
    parcel = {"phone": registered.phone, "store": registered.given["store"], "body": b64(data)}
    file = {"suifang": 1, "parcels": [parcel | {"signature": registered.signature(data)}]}
    assert registered.desk.post("/api/phones/parcels", json=file, headers=WRITE).json == {"taken": 0, "parked": 0}
    file["parcels"] = [parcel | {"signature": registered.signature(b"another body")}]
    assert registered.desk.post("/api/phones/parcels", json=file, headers=WRITE).json["code"] == "bad_signature"


def test_a_phone_that_was_not_told_to_is_not_believed_to_be_wiped(registered: Registered) -> None:
    registered.signed(f"/api/devices/{registered.phone}/wiped", {})
    assert registered.row()["wiped_at"] is None


def test_wiping_is_said_with_the_phones_own_signature(registered: Registered) -> None:
    registered.becomes("lost")
    stranger = Registered(registered.desk, registered.hers, ec.generate_private_key(ec.SECP256R1()), registered.given)
    answer = stranger.signed(f"/api/devices/{registered.phone}/wiped", {})
    assert (answer.status_code, answer.json["code"]) == (401, "bad_signature")
