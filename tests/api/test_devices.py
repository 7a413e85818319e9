"""Phones: the desk's one-time code, registration, a second worker's store, a lost phone."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.clock import now_ms
from server.devices import fingerprint
from server.extensions import db, writing
from server.keys import public_jwk
from server.models import Audit, PhoneCode

from .conftest import WRITE, SignIn


def worker_id(client: FlaskClient) -> str:
    return str(client.get("/api/auth/me").json["worker"]["id"])


def a_key() -> dict[str, str]:
    return public_jwk(ec.generate_private_key(ec.SECP256R1()))


def code_for(desk: FlaskClient, worker: FlaskClient) -> str:
    answer = desk.post("/api/phones/codes", json={"worker": worker_id(worker)}, headers=WRITE)
    assert answer.status_code == 200, answer.text
    return str(answer.json["code"])


def register(client: FlaskClient, code: str, key: object = None, **more: str) -> Any:
    body = {"code": code, "public_key": a_key() if key is None else key, **more}
    return client.post("/api/devices", json=body, headers=WRITE)


def registered(sign_in: SignIn) -> tuple[FlaskClient, FlaskClient, dict[str, Any]]:
    desk, director = sign_in("station"), sign_in("director")
    return desk, director, register(director, code_for(desk, director)).json


def test_a_phone_registers_with_the_desks_code_and_learns_the_servers_keys(sign_in: SignIn, township: Flask) -> None:
    _, _, answer = registered(sign_in)
    keys = township.extensions["suifang_keys"]
    assert answer["server_sign_key"] == public_jwk(keys.sign)
    assert answer["server_seal_key"] == public_jwk(keys.unseal)
    assert len(answer["phone"]) == len(answer["store"]) == 36


def test_the_slip_shows_the_fingerprint_of_the_server_keys(sign_in: SignIn, township: Flask) -> None:
    desk, director = sign_in("station"), sign_in("director")
    slip = desk.post("/api/phones/codes", json={"worker": worker_id(director)}, headers=WRITE).json
    assert slip["fingerprint"] == fingerprint(township.extensions["suifang_keys"])
    assert len(slip["fingerprint"]) == 8
    assert 0 < slip["expires_at"] - now_ms() <= 24 * 3_600_000


def test_the_code_itself_is_kept_nowhere(sign_in: SignIn, township: Flask) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code = code_for(desk, director)
    with township.app_context():
        row = db.session.scalars(select(PhoneCode)).one()
    assert code.replace("-", "").encode() not in row.id


def test_a_code_works_once(sign_in: SignIn) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code = code_for(desk, director)
    assert register(director, code).status_code == 200
    assert register(director, code).json["code"] == "wrong_code"


def test_asking_again_with_the_same_key_gives_the_same_phone(sign_in: SignIn) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code, key = code_for(desk, director), a_key()
    first, again = register(director, code, key).json, register(director, code, key).json
    assert again.pop("lease")["share"] == first.pop("lease")["share"]
    assert again == first


def test_a_code_may_be_typed_small_with_spaces_and_in_full_width(sign_in: SignIn) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code = code_for(desk, director).lower().replace("-", "  ")
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code)
    assert register(director, wide).status_code == 200


def test_a_code_is_worth_nothing_to_another_worker(sign_in: SignIn) -> None:
    code = code_for(sign_in("station"), sign_in("director"))
    assert register(sign_in("liaison"), code).json["code"] == "wrong_code"


def test_a_code_ends_after_a_day(sign_in: SignIn, township: Flask) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code = code_for(desk, director)
    with township.app_context(), writing() as session:
        session.execute(update(PhoneCode).values(expires_at=now_ms()))
    assert register(director, code).json["code"] == "wrong_code"


def test_a_new_code_ends_the_one_before(sign_in: SignIn) -> None:
    desk, director = sign_in("station"), sign_in("director")
    first, second = code_for(desk, director), code_for(desk, director)
    assert register(director, first).json["code"] == "wrong_code"
    assert register(director, second).status_code == 200


def test_after_five_wrong_codes_even_the_right_one_has_to_wait(sign_in: SignIn) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code = code_for(desk, director)
    assert [register(director, "AAAAABBBB" + n).json["code"] for n in "23456"] == ["wrong_code"] * 5
    answer = register(director, code)
    assert (answer.status_code, answer.json["code"]) == (429, "slow_down")
    assert int(answer.headers["Retry-After"]) > 0


def test_keys_that_are_no_public_p256_keys_are_refused(sign_in: SignIn) -> None:
    desk, director = sign_in("station"), sign_in("director")
    code, good = code_for(desk, director), a_key()
    bad: list[dict[str, Any]] = [
        {}, good | {"crv": "P-384"}, good | {"kty": "RSA"}, good | {"x": good["y"]}, good | {"x": "AA"},
        good | {"x": 5}, good | {"y": None}, good | {"d": good["x"]}, good | {"x": "=" * 43},
    ]  # fmt: skip
    assert [register(director, code, key).json["code"] for key in bad] == ["bad_key"] * len(bad)
    assert register(director, code, good).status_code == 200


def test_the_station_lists_the_phones_of_its_township(sign_in: SignIn) -> None:
    desk, director, answer = registered(sign_in)
    [phone] = desk.get("/api/phones").json["phones"]
    assert (phone["id"], phone["state"]) == (answer["phone"], "active")
    assert phone["worker"] == {"id": worker_id(director), "name": "director 同志"}
    assert [store["id"] for store in phone["stores"]] == [answer["store"]]
    assert sign_in("next-station").get("/api/phones").json["phones"] == []
    assert len(sign_in("county").get("/api/phones").json["phones"]) == 1


def test_a_station_makes_no_code_for_another_townships_worker(sign_in: SignIn) -> None:
    elsewhere = {"worker": worker_id(sign_in("next-director"))}
    assert sign_in("station").post("/api/phones/codes", json=elsewhere, headers=WRITE).status_code == 404


def test_a_second_worker_gets_her_own_store_on_the_same_phone(sign_in: SignIn) -> None:
    _, director, answer = registered(sign_in)
    path, liaison = f"/api/devices/{answer['phone']}/stores", sign_in("liaison")
    hers = liaison.post(path, headers=WRITE).json
    assert hers["store"] != answer["store"]
    assert (hers["have"], hers["top"]) == (0, 0)
    assert liaison.post(path, headers=WRITE).json["store"] == hers["store"]
    assert director.post(path, headers=WRITE).json["store"] == answer["store"]


def test_registering_binds_the_session_to_the_phone(sign_in: SignIn) -> None:
    _, director, answer = registered(sign_in)
    assert director.get("/api/auth/me").json["phone"] == answer["phone"]


def test_a_lost_phone_loses_its_sessions_and_opens_no_store(sign_in: SignIn) -> None:
    desk, director, answer = registered(sign_in)
    path = f"/api/phones/{answer['phone']}/state"
    assert desk.post(path, json={"state": "lost"}, headers=WRITE).json["state"] == "lost"
    assert director.get("/api/auth/me").status_code == 401
    again = sign_in("director").post(f"/api/devices/{answer['phone']}/stores", headers=WRITE)
    assert (again.status_code, again.json["code"]) == (403, "phone_revoked")


def test_a_found_phone_may_be_made_active_again_but_a_retired_one_not(sign_in: SignIn) -> None:
    desk, _, answer = registered(sign_in)
    path = f"/api/phones/{answer['phone']}/state"
    for state in ("suspended", "lost", "active", "retired"):
        assert desk.post(path, json={"state": state}, headers=WRITE).status_code == 200
    assert desk.post(path, json={"state": "active"}, headers=WRITE).json["code"] == "phone_retired"


def test_another_townships_station_cannot_touch_a_phone(sign_in: SignIn) -> None:
    _, _, answer = registered(sign_in)
    path = f"/api/phones/{answer['phone']}/state"
    assert sign_in("next-station").post(path, json={"state": "lost"}, headers=WRITE).status_code == 404


def test_phones_leave_traces_in_the_audit_log(sign_in: SignIn, township: Flask) -> None:
    desk, _, answer = registered(sign_in)
    desk.post(f"/api/phones/{answer['phone']}/state", json={"state": "lost"}, headers=WRITE)
    with township.app_context():
        rows = {row.action: row for row in db.session.scalars(select(Audit))}
    assert {"phone.code", "phone.register", "phone.state"} <= set(rows)
    assert (rows["phone.state"].subject, rows["phone.state"].detail["to"]) == (answer["phone"], "lost")
