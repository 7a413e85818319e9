"""Signing in: sessions on the server, one cookie, slow after wrong tries."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server import accounts, passwords
from server.clock import now_ms
from server.errors import BadInput
from server.extensions import db, writing
from server.models import Attempt, Audit, Event, Feed, FeedRow, SignIn
from server.sync import log

from .conftest import PASSWORD, TOWNSHIP, VILLAGE, WRITE
from .conftest import SignIn as SignInAs


def login(client: FlaskClient, username: str, password: str, **more: object) -> object:
    body = {"username": username, "password": password}
    return client.post("/api/auth/login", json=body, headers=WRITE, **more)  # type: ignore[arg-type]


def test_a_worker_who_signs_in_is_told_where_she_works(sign_in: SignInAs) -> None:
    client = sign_in("director")
    worker = client.get("/api/auth/me").json["worker"]
    assert worker["name"] == "director 同志"
    assert worker["areas"] == [{"code": VILLAGE, "name": "东坡村", "role": "director"}]


def test_the_cookie_is_bound_to_this_host_and_hidden_from_scripts(township: Flask) -> None:
    cookie = login(township.test_client(), "director", PASSWORD).headers["Set-Cookie"]
    name, _, attributes = cookie.partition("; ")
    assert name.startswith("__Host-suifang=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(attributes.split("; "))
    assert "Domain" not in attributes


def test_only_the_hash_of_a_token_is_kept(township: Flask) -> None:
    client = township.test_client()
    login(client, "director", PASSWORD)
    token = client.get_cookie("__Host-suifang").value
    with township.app_context():
        kept = db.session.scalars(select(SignIn.id)).all()
    assert len(kept) == 1
    assert token.encode() not in kept[0]


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(township: Flask) -> None:
    wrong = login(township.test_client(), "director", "not-the-one")
    unknown = login(township.test_client(), "nobody", "not-the-one")
    assert (wrong.status_code, wrong.json) == (unknown.status_code, unknown.json)
    assert wrong.json["code"] == "wrong_password"


def test_the_sixth_try_in_a_quarter_of_an_hour_has_to_wait_even_with_the_right_password(township: Flask) -> None:
    client = township.test_client()
    codes = [login(client, "director", "wrong-guess").status_code for _ in range(5)]
    sixth = login(client, "director", PASSWORD)
    assert codes == [401] * 5
    assert (sixth.status_code, sixth.json["code"]) == (429, "slow_down")
    assert 0 < int(sixth.headers["Retry-After"]) <= 900


def test_an_unknown_name_is_slowed_like_a_known_one(township: Flask) -> None:
    client = township.test_client()
    codes = [login(client, "nobody", "wrong-guess").status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


def test_another_account_at_the_same_address_is_not_slowed(township: Flask) -> None:
    client = township.test_client()
    for _ in range(6):
        login(client, "director", "wrong-guess")
    assert login(client, "station", PASSWORD).status_code == 200


def test_an_address_has_two_hundred_tries(township: Flask) -> None:
    login(township.test_client(), "nobody", "wrong-guess")
    with township.app_context(), writing() as session:
        seen = session.scalars(select(Attempt)).all()
        for attempt in list(seen):
            session.add_all(Attempt(subject=attempt.subject, at=attempt.at) for _ in range(199))
    assert login(township.test_client(), "station", PASSWORD).status_code == 429
    elsewhere = {"environ_base": {"REMOTE_ADDR": "10.9.8.7"}}
    assert login(township.test_client(), "station", PASSWORD, **elsewhere).status_code == 200


def test_a_right_password_clears_the_wrong_tries_before_it(township: Flask) -> None:
    client = township.test_client()
    for _ in range(2):
        for _ in range(4):
            login(client, "director", "wrong-guess")
        assert login(client, "director", PASSWORD).status_code == 200


def test_after_a_quarter_of_an_hour_the_tries_are_forgotten(township: Flask) -> None:
    client = township.test_client()
    for _ in range(5):
        login(client, "director", "wrong-guess")
    with township.app_context(), writing() as session:
        session.execute(update(Attempt).values(at=now_ms() - 15 * 60_000 - 1))
    assert login(client, "director", PASSWORD).status_code == 200


def test_signing_out_ends_the_session_on_the_server(sign_in: SignInAs) -> None:
    client = sign_in("director")
    token = client.get_cookie("__Host-suifang").value
    client.post("/api/auth/logout", headers=WRITE)
    client.set_cookie("__Host-suifang", token)
    assert client.get("/api/auth/me").status_code == 401


def test_disabling_a_worker_ends_her_sessions(sign_in: SignInAs, township: Flask) -> None:
    client = sign_in("director")
    with township.app_context(), writing() as session:
        accounts.disable_worker(session, accounts.find_worker(session, "director"), now_ms())
    assert client.get("/api/auth/me").json["code"] == "not_signed_in"
    assert login(township.test_client(), "director", PASSWORD).json["code"] == "wrong_password"


def test_a_reset_password_ends_her_sessions_and_is_the_new_one(sign_in: SignInAs, township: Flask) -> None:
    client = sign_in("director")
    with township.app_context(), writing() as session:
        accounts.reset_password(session, accounts.find_worker(session, "director"), "plum-rain-season", now_ms())
    assert client.get("/api/auth/me").status_code == 401
    assert login(township.test_client(), "director", "plum-rain-season").status_code == 200


def test_changing_her_password_ends_her_other_sessions_only(sign_in: SignInAs) -> None:
    here, elsewhere = sign_in("director"), sign_in("director")
    change = {"old": PASSWORD, "new": "plum-rain-season"}
    assert here.post("/api/auth/password", json=change, headers=WRITE).status_code == 200
    assert here.get("/api/auth/me").status_code == 200
    assert elsewhere.get("/api/auth/me").status_code == 401


def test_an_easily_guessed_password_is_refused(sign_in: SignInAs) -> None:
    client = sign_in("director")
    for guess in ("short", "11111111", "password", "director2026"):
        answer = client.post("/api/auth/password", json={"old": PASSWORD, "new": guess}, headers=WRITE)
        assert answer.json["code"] == "weak_password"


def test_a_session_ends_at_its_time(sign_in: SignInAs, township: Flask) -> None:
    client = sign_in("director")
    with township.app_context(), writing() as session:
        session.execute(update(SignIn).values(expires_at=now_ms()))
    assert client.get("/api/auth/me").status_code == 401


def test_a_session_in_use_is_moved_on_when_half_its_time_is_over(sign_in: SignInAs, township: Flask) -> None:
    client = sign_in("director")
    with township.app_context(), writing() as session:
        session.execute(update(SignIn).values(expires_at=now_ms() + 10 * 86_400_000))
    assert "__Host-suifang=" in client.get("/api/auth/me").headers["Set-Cookie"]
    with township.app_context():
        assert db.session.scalar(select(SignIn.expires_at)) > now_ms() + 29 * 86_400_000


def test_a_fresh_session_sets_no_cookie_again(sign_in: SignInAs) -> None:
    assert "Set-Cookie" not in sign_in("director").get("/api/auth/me").headers


def test_a_write_without_our_header_is_refused(township: Flask) -> None:
    answer = township.test_client().post("/api/auth/login", json={"username": "director", "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (403, "missing_header")


def test_a_write_from_another_site_is_refused(township: Flask) -> None:
    headers = WRITE | {"Sec-Fetch-Site": "cross-site"}
    body = {"username": "director", "password": PASSWORD}
    answer = township.test_client().post("/api/auth/login", json=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "cross_site")


def test_a_revoked_grant_is_gone_with_the_next_request(sign_in: SignInAs, township: Flask) -> None:
    client = sign_in("station")
    with township.app_context(), writing() as session:
        accounts.find_worker(session, "station").grants[0].revoked_at = now_ms()
    assert client.get("/api/auth/me").json["worker"]["areas"] == []


def test_foreign_cookies_mean_nothing(township: Flask) -> None:
    client = township.test_client()
    client.set_cookie("remember_token", "1|abc")
    for token in ("", "x", "!", "A" * 43, "A" * 3000):
        client.set_cookie("__Host-suifang", token)
        assert client.get("/api/auth/me").status_code == 401


def test_passwords_are_argon2id_with_the_chosen_cost() -> None:
    one, other = passwords.hash_password(PASSWORD), passwords.hash_password(PASSWORD)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other


def test_an_added_worker_can_sign_in_and_stands_in_the_audit_log(township: Flask) -> None:
    with township.app_context(), writing() as session:
        added = accounts.add_worker(session, "zhou", "周桂兰", [("director", VILLAGE)], PASSWORD, now_ms())
    assert login(township.test_client(), "zhou", PASSWORD).json["worker"]["name"] == "周桂兰"
    with township.app_context():
        row = db.session.scalars(select(Audit)).one()
    assert (row.action, row.subject, row.chain) == ("worker.add", added.id, TOWNSHIP)


def test_an_added_workers_own_feed_names_her_areas(township: Flask) -> None:
    with township.app_context(), writing() as session:
        added = accounts.add_worker(session, "zhou", "周桂兰", [("director", VILLAGE)], PASSWORD, now_ms())
    with township.app_context():
        told = db.session.scalars(
            select(Event)
            .join(FeedRow, (FeedRow.county == Event.county) & (FeedRow.event_id == Event.id))
            .join(Feed, (Feed.county == FeedRow.county) & (Feed.id == FeedRow.feed_id))
            .where(Feed.area == f"worker:{added.id}")
        ).one()
        body = log.body_of(told)
    assert told.kind == "grant"
    assert body == {"worker": added.id, "areas": [{"code": VILLAGE, "name": "东坡村", "role": "director"}]}


@pytest.mark.parametrize(
    ("username", "role", "area", "code"),
    [
        ("director", "director", VILLAGE, "name_taken"),
        ("zhou", "boss", VILLAGE, "unknown_role"),
        ("zhou", "director", TOWNSHIP, "wrong_area"),
        ("zhou", "director", "990131101299", "wrong_area"),
    ],
)
def test_a_worker_who_does_not_fit_is_not_added(
    township: Flask, username: str, role: str, area: str, code: str
) -> None:
    with township.app_context(), pytest.raises(BadInput) as refused, writing() as session:
        accounts.add_worker(session, username, "周桂兰", [(role, area)], PASSWORD, now_ms())
    assert refused.value.code == code
