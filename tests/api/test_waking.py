"""A phone's session sleeps; the key the phone registered with wakes it, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server import auth
from server.clock import now_ms
from server.extensions import db, writing
from server.ids import b64
from server.keys import public_jwk
from server.models import SignIn, Worker
from server.waking import wake_text

from .conftest import WRITE
from .conftest import SignIn as SignInAs
from .test_devices import code_for, register

DAY_MS = 86_400_000


@dataclass
class Sleeper:
    """A registered phone with its key and the session in its cookie jar."""

    app: Flask
    client: FlaskClient
    desk: FlaskClient
    key: ec.EllipticCurvePrivateKey
    phone: str
    store: str

    def sleep(self, awake_until: int = 0) -> None:
        """The session's minutes are over; or it is awake until another moment (ms)."""
        with self.app.app_context(), writing() as session:
            session.execute(update(SignIn).where(SignIn.phone_id == self.phone).values(awake_until=awake_until))

    def ask(self) -> Any:
        return self.client.get("/api/auth/me")

    def challenge(self) -> str:
        answer = self.ask()
        assert (answer.status_code, answer.json["code"]) == (401, "session_asleep")
        phone, challenge = answer.headers["Suifang-Asleep"].split(" ")
        assert phone == self.phone
        return str(challenge)

    def sign(self, challenge: str) -> dict[str, str]:
        r, s = decode_dss_signature(self.key.sign(wake_text(self.phone, challenge), ec.ECDSA(hashes.SHA256())))
        return {"challenge": challenge, "signature": b64(r.to_bytes(32) + s.to_bytes(32))}

    def wake(self, given: dict[str, str]) -> tuple[int, str | None]:
        answer = self.client.post("/api/auth/wake", json=given, headers=WRITE)
        return answer.status_code, answer.json.get("code")

    def awake_until(self) -> int | None:
        with self.app.app_context():
            return db.session.scalar(select(SignIn.awake_until).where(SignIn.phone_id == self.phone))


@pytest.fixture
def sleeper(township: Flask, sign_in: SignInAs) -> Sleeper:
    client, desk = sign_in("director"), sign_in("station")
    key = ec.generate_private_key(ec.SECP256R1())
    given = register(client, code_for(desk, client), public_jwk(key)).json
    return Sleeper(township, client, desk, key, given["phone"], given["store"])


def test_a_phone_that_has_just_registered_is_awake_for_a_quarter_of_an_hour(sleeper: Sleeper) -> None:
    assert sleeper.ask().status_code == 200
    assert 0 < (sleeper.awake_until() or 0) - now_ms() <= 15 * 60_000


def test_a_sleeping_session_opens_nothing_and_says_by_what_it_wakes(sleeper: Sleeper) -> None:
    sleeper.sleep()
    poll = {"device": sleeper.phone, "store": sleeper.store}
    assert sleeper.client.get("/api/sync/pull", query_string=poll).json["code"] == "session_asleep"
    lease = f"/api/devices/{sleeper.phone}/stores/{sleeper.store}/lease"
    assert sleeper.client.post(lease, headers=WRITE).json["code"] == "session_asleep"
    assert len(sleeper.challenge()) == 22


def test_the_phones_signature_wakes_it_for_as_long_again(sleeper: Sleeper) -> None:
    sleeper.sleep(now_ms() - 20 * DAY_MS)
    assert sleeper.wake(sleeper.sign(sleeper.challenge())) == (200, None)
    assert sleeper.ask().json["phone"] == sleeper.phone
    assert 14 * 60_000 < (sleeper.awake_until() or 0) - now_ms() <= 15 * 60_000


def test_requests_do_not_keep_it_awake(sleeper: Sleeper) -> None:
    until = sleeper.awake_until()
    join = f"/api/devices/{sleeper.phone}/stores"
    assert sleeper.client.post(join, headers=WRITE).status_code == sleeper.ask().status_code == 200
    assert sleeper.awake_until() == until


def test_a_signature_wakes_it_once(sleeper: Sleeper) -> None:
    sleeper.sleep()
    signed = sleeper.sign(sleeper.challenge())
    assert sleeper.wake(signed) == (200, None)
    assert sleeper.wake(signed) == (401, "challenge_over")
    sleeper.sleep(now_ms() - 1)
    assert sleeper.wake(signed) == (401, "challenge_over")


def test_a_stolen_cookie_is_worth_nothing_without_the_phones_key(sleeper: Sleeper) -> None:
    sleeper.sleep()
    sleeper.key = ec.generate_private_key(ec.SECP256R1())
    assert sleeper.wake(sleeper.sign(sleeper.challenge())) == (401, "bad_signature")
    assert sleeper.wake({"challenge": sleeper.challenge(), "signature": "A" * 86}) == (401, "bad_signature")
    assert sleeper.ask().json["code"] == "session_asleep"


def test_another_registered_phone_cannot_wake_it_nor_take_it_over(sleeper: Sleeper, sign_in: SignInAs) -> None:
    liaison, theirs = sign_in("liaison"), ec.generate_private_key(ec.SECP256R1())
    other = register(liaison, code_for(sleeper.desk, liaison), public_jwk(theirs)).json["phone"]
    assert sleeper.client.post(f"/api/devices/{other}/stores", headers=WRITE).status_code == 200
    sleeper.sleep()
    challenge, sleeper.key = sleeper.challenge(), theirs
    assert sleeper.wake(sleeper.sign(challenge)) == (401, "bad_signature")


def test_a_challenge_wakes_no_other_session_of_the_same_phone(sleeper: Sleeper, sign_in: SignInAs) -> None:
    sleeper.sleep()
    signed = sleeper.sign(sleeper.challenge())
    again = sign_in("director")
    assert again.post(f"/api/devices/{sleeper.phone}/stores", headers=WRITE).status_code == 200
    sleeper.sleep()
    sleeper.client = again
    assert sleeper.wake(signed) == (401, "challenge_over")


@pytest.mark.parametrize("state", ["suspended", "lost", "retired"])
def test_a_phone_that_is_not_active_is_not_woken(sleeper: Sleeper, state: str) -> None:
    sleeper.sleep()
    signed = sleeper.sign(sleeper.challenge())
    answer = sleeper.desk.post(f"/api/phones/{sleeper.phone}/state", json={"state": state}, headers=WRITE)
    assert answer.status_code == 200, answer.text
    assert sleeper.wake(signed) == (401, "not_signed_in")


def test_a_session_that_an_old_backup_brings_back_is_not_woken_by_a_lost_phone(sleeper: Sleeper) -> None:
    token = sleeper.client.get_cookie(auth.COOKIE).value
    lost = f"/api/phones/{sleeper.phone}/state"
    assert sleeper.desk.post(lost, json={"state": "lost"}, headers=WRITE).status_code == 200
    with sleeper.app.app_context(), writing() as session:
        worker = session.scalars(select(Worker.id).where(Worker.username == "director")).one()
        times = {"created_at": now_ms(), "expires_at": now_ms() + DAY_MS, "awake_until": 0}
        session.add(SignIn(id=auth.session_key(token), worker_id=worker, phone_id=sleeper.phone, **times))
    assert sleeper.wake(sleeper.sign(sleeper.challenge())) == (403, "phone_revoked")


def test_a_disabled_worker_wakes_nothing(sleeper: Sleeper) -> None:
    sleeper.sleep()
    signed = sleeper.sign(sleeper.challenge())
    with sleeper.app.app_context(), writing() as session:
        session.execute(update(Worker).where(Worker.username == "director").values(disabled_at=1))
    assert sleeper.wake(signed) == (401, "not_signed_in")


@pytest.mark.parametrize("off", [-3650 * DAY_MS, 3650 * DAY_MS])
def test_a_servers_clock_that_was_wrong_neither_locks_out_nor_keeps_awake(sleeper: Sleeper, off: int) -> None:
    sleeper.sleep(now_ms() + off)
    assert sleeper.wake(sleeper.sign(sleeper.challenge())) == (200, None)
    assert sleeper.ask().status_code == 200


def test_the_desks_session_belongs_to_no_phone_and_does_not_sleep(sleeper: Sleeper) -> None:
    sleeper.sleep()
    assert sleeper.desk.get("/api/phones").status_code == 200
    given = {"challenge": "A" * 22, "signature": "A" * 86}
    assert sleeper.desk.post("/api/auth/wake", json=given, headers=WRITE).json["code"] == "challenge_over"


def test_nobody_signed_in_wakes_nothing(township: Flask) -> None:
    given = {"challenge": "A" * 22, "signature": "A" * 86}
    answer = township.test_client().post("/api/auth/wake", json=given, headers=WRITE)
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")


def test_signing_out_needs_no_waking(sleeper: Sleeper) -> None:
    sleeper.sleep()
    assert sleeper.client.post("/api/auth/logout", headers=WRITE).status_code == 200
    assert sleeper.ask().json["code"] == "not_signed_in"


def test_registering_another_key_needs_a_session_that_is_awake(sleeper: Sleeper) -> None:
    code = code_for(sleeper.desk, sleeper.client)
    sleeper.sleep()
    key = public_jwk(ec.generate_private_key(ec.SECP256R1()))
    assert register(sleeper.client, code, key).json["code"] == "session_asleep"
