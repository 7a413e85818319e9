"""Between servers: a sealed file, taken in once; what is cut, changed or foreign is named and changes nothing."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.extensions import db, writing
from server.models import Peer, Transfer
from server.transfers import letters
from tests.api.conftest import TOWNSHIP, SignIn
from tests.api.transfers.conftest import FAR, content, post
from tests.sync.handset import Handset


def changed(file: str, **what: Any) -> str:
    return base64.b64encode(json.dumps(json.loads(base64.b64decode(file)) | what).encode()).decode()


def test_a_file_shows_no_name_and_the_other_server_takes_it_in_once(letter: tuple[str, str], far: FlaskClient) -> None:
    transfer, file = letter
    assert "周桂兰".encode() not in base64.b64decode(file)
    assert [post(far, "/take", file=file).json["state"] for _ in range(2)] == ["sent", "sent"]
    [row] = far.get("/api/transfers").json["transfers"]
    assert (row["id"], row["name"], row["items"]) == (transfer, "周桂兰", ["method", "supply"])
    assert len(content(far, transfer).json["lines"]) == 2


def test_the_answer_travels_back_as_a_file(letter: tuple[str, str], far: FlaskClient, sign_in: SignIn) -> None:
    transfer, file = letter
    desk = sign_in("station")
    post(far, "/take", file=file)
    post(far, f"/{transfer}/answer", decision="declined", reason="没找到她")
    back = post(far, f"/{transfer}/letter").json["file"]
    assert post(desk, "/take", file=back).json["state"] == "declined"
    [row] = desk.get("/api/transfers").json["transfers"]
    assert (row["state"], row["reason"]) == ("declined", "没找到她")
    assert post(desk, "/take", file=back).json["state"] == "declined"


def test_a_file_that_takes_it_back_removes_the_content_there(
    letter: tuple[str, str], far: FlaskClient, sign_in: SignIn
) -> None:
    transfer, file = letter
    desk = sign_in("station")
    post(far, "/take", file=file)
    post(far, f"/{transfer}/answer", decision="acknowledged", reason="")
    post(desk, f"/{transfer}/revoke")
    assert post(far, "/take", file=post(desk, f"/{transfer}/letter").json["file"]).json["state"] == "revoked"
    assert content(far, transfer).status_code == 404
    assert post(far, "/take", file=file).json["state"] == "revoked"


def test_a_cut_changed_or_foreign_file_is_named_and_changes_nothing(
    letter: tuple[str, str], far: FlaskClient, sign_in: SignIn
) -> None:
    _, file = letter
    cut = base64.b64encode(base64.b64decode(file)[:-20]).decode()
    other_id = "01a20317-d438-73b0-9dd9-18b10c1a71cc"
    for wrong, code in (
        (cut, "broken_letter"), ("!!", "broken_letter"), (changed(file, id=other_id), "bad_signature"),
        (changed(file, kind="revocation"), "bad_signature"), (changed(file, sealed="AAAA"), "bad_signature"),
        (changed(file, **{"from": "0" * 32}), "unknown_peer"), (changed(file, to="0" * 32), "not_for_us"),
        (changed(file, v=2), "broken_letter"),
    ):  # fmt: skip
        assert post(far, "/take", file=wrong).json["code"] == code
    assert post(sign_in("station"), "/take", file=file).json["code"] == "not_for_us"
    assert far.get("/api/transfers").json["transfers"] == []


def test_after_she_withdrew_her_word_the_file_says_that_alone(
    letter: tuple[str, str], far: FlaskClient, director: Handset, sign_in: SignIn
) -> None:
    (transfer, file), desk = letter, sign_in("station")
    person = desk.get("/api/transfers").json["transfers"][0]["person"]
    director.codes(director.consent(person, "withdrawn", "transfer", on="2099-01-01"))
    late = post(desk, f"/{transfer}/letter").json["file"]
    assert content(desk, transfer, "out").status_code == 404
    assert post(far, "/take", file=late).json["code"] == "unknown_transfer"
    post(far, "/take", file=file)
    assert post(far, "/take", file=late).json["state"] == "revoked"
    assert content(far, transfer).status_code == 404


def test_a_file_that_is_too_old_brings_no_content(
    letter: tuple[str, str], far: FlaskClient, sign_in: SignIn, township: Flask
) -> None:
    transfer, _ = letter
    with township.app_context(), writing() as session:
        session.execute(update(Transfer).values(expires_on="2026-01-01"))
    old = post(sign_in("station"), f"/{transfer}/letter").json["file"]
    assert post(far, "/take", file=old).json["state"] == "revoked"
    assert content(far, transfer).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"bundle": {"resourceType": "Bundle", "entry": []}}, {"items": ["children"]}, {"expires_on": ["2099-01-01"]},
        {"bundle": {"resourceType": "Bundle", "entry": [
            {"resource": {"resourceType": "Patient", "name": [{"text": "周桂兰"}]}},
            {"resource": {"resourceType": "Observation", "category": [{"text": "service"}], "code": 5}},
        ]}},
    ],
    ids=["empty", "unknown item", "no day", "no code"],
)  # fmt: skip
def test_a_signed_letter_of_another_shape_is_named_and_not_kept(
    letter: tuple[str, str], far: FlaskClient, township: Flask, wrong: dict[str, Any]
) -> None:
    transfer, _ = letter
    with township.app_context():
        row, peer = db.session.get_one(Transfer, (transfer, "out")), db.session.scalars(select(Peer)).one()
        told = {
            "from": {"code": TOWNSHIP, "name": "柏坡镇"}, "to": FAR, "items": ["supply"], "urgent": False,
            "due_on": row.due_on, "expires_on": row.expires_on, "bundle": row.content,
        }  # fmt: skip
        good, bad = (letters.write("transfer", transfer, peer, told | more) for more in ({}, wrong))
    assert post(far, "/take", file=base64.b64encode(bad).decode()).json["code"] == "broken_letter"
    assert post(far, "/take", file=base64.b64encode(good).decode()).status_code == 200


def test_a_server_is_not_known_by_a_mark_that_differs(sign_in: SignIn, far: FlaskClient) -> None:
    card = far.get("/api/transfers/server").json
    answer = post(sign_in("station"), "/servers", card=card, mark="AAAAAAAA")
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_mark")
    assert all(place["server"] is None for place in sign_in("station").get("/api/transfers/places").json["places"])
