"""A record goes with a woman who moves: what she picked and nothing else, answered or declined, taken back."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.app import create_app
from server.auth import COOKIE
from server.clock import now_ms
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.models import Area, Audit, Peer, Transfer
from server.sync.append import write_events
from server.transfers import letters
from tests.databases import Lender
from tests.e2e.server import LiveServer
from tests.sync.handset import Handset

from .conftest import NEXT_TOWNSHIP, PASSWORD, TOWNSHIP, WRITE, Phone, SignIn, a_worker, married_woman, method_record

FAR = "970202303"


@pytest.fixture
def director(phone: Phone) -> Handset:
    return phone("director")


@pytest.fixture
def her(director: Handset) -> str:
    """A woman with a method, condoms and an antenatal visit on record."""
    person = married_woman(director, children=2)
    method_record(director, person)
    supply = director.record("contraceptive_supply", {"item": "condom", "qty": 20, "lot": "L77"}, person=person)
    director.codes(director.consent(person, purpose="supply"), supply)
    return person


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/transfers{path}", json=body, headers=WRITE)


def seen(desk: FlaskClient, her: str, *items: str) -> Any:
    return post(desk, f"/of/{her}/preview", items=list(items)).json


def send(desk: FlaskClient, her: str, *items: str, to: str = NEXT_TOWNSHIP, server: str | None = None) -> Any:
    what = {"items": list(items), "to": to, "server": server, "urgent": False, "witness": "李梅"}
    return post(desk, f"/of/{her}", **what, seen=seen(desk, her, *items)["seen"])


def sent(desk: FlaskClient, her: str, *items: str) -> str:
    answer = send(desk, her, *items)
    assert answer.status_code == 200, answer.text
    return str(answer.json["id"])


def content(client: FlaskClient, transfer: str, side: str = "in") -> Any:
    return client.get(f"/api/transfers/{transfer}/{side}")


# -- what goes


def test_only_what_she_picked_goes_and_of_it_only_the_named_fields(her: str, sign_in: SignIn) -> None:
    desk = sign_in("station")
    told = seen(desk, her, "supply")
    [line] = told["lines"]
    assert (told["name"], line["zh"]) == ("周桂兰", line["zh"])
    assert {one["key"] for one in line["answers"]} == {"item", "qty"}
    assert "L77" not in json.dumps(told)
    assert len(seen(desk, her, "supply", "method")["lines"]) == 2
    assert post(desk, f"/of/{her}/preview", items=[]).json["code"] == "nothing_picked"


def test_pregnancies_and_children_go_only_when_maternal_care_is_picked_and_the_clerk_sees_no_content(
    her: str, phone: Phone, sign_in: SignIn, township: Flask
) -> None:
    technician, desk = phone("technician"), sign_in("station")
    visit = {"step": "visit", "danger": ["none"], "ga_weeks": 20, "hb": 110, "parity": 1}
    technician.codes(technician.record("anc", visit, person=her))
    others = json.dumps(seen(desk, her, "supply", "method", "folic", "screening"))
    assert ("anc" in others, "children" in others) == (False, False)
    [line] = seen(desk, her, "maternal")["lines"]
    assert (line["clinical"], line["answers"]) == (True, None)
    transfer = sent(desk, her, "maternal")
    assert content(sign_in("next-station"), transfer).json["lines"][0]["answers"] is None
    with township.app_context():
        held = json.dumps(db.session.get_one(Transfer, (transfer, "in")).content)
    assert ("parity" in held, "ga_weeks" in held) == (False, True)


def test_what_she_no_longer_agrees_to_does_not_go(her: str, director: Handset, sign_in: SignIn) -> None:
    director.codes(director.consent(her, "withdrawn", purpose="supply"))
    assert seen(sign_in("station"), her, "supply")["lines"] == []


def test_what_changed_since_she_saw_it_is_not_sent(her: str, director: Handset, sign_in: SignIn) -> None:
    desk = sign_in("station")
    old = seen(desk, her, "supply")["seen"]
    director.codes(director.record("contraceptive_supply", {"item": "condom", "qty": 10}, person=her))
    body = {"items": ["supply"], "to": NEXT_TOWNSHIP, "server": None, "urgent": False, "witness": "李梅", "seen": old}
    assert post(desk, f"/of/{her}", **body).json["code"] == "content_changed"


def test_a_place_that_is_not_known_gets_nothing(her: str, sign_in: SignIn) -> None:
    for place in (TOWNSHIP, FAR):
        assert send(sign_in("station"), her, "supply", to=place).json["code"] == "unknown_place"


# -- between townships of one server


def test_the_receiving_station_acknowledges_and_both_sides_show_it(her: str, sign_in: SignIn) -> None:
    desk, there = sign_in("station"), sign_in("next-station")
    transfer = sent(desk, her, "supply")
    [row] = there.get("/api/transfers").json["transfers"]
    assert (row["side"], row["state"], row["name"], row["other_name"]) == ("in", "sent", "周桂兰", "柏坡镇")
    assert post(there, f"/{transfer}/answer", decision="acknowledged", reason="").json["state"] == "acknowledged"
    for client in (desk, there):
        assert [one["state"] for one in client.get("/api/transfers").json["transfers"]] == ["acknowledged"]
    assert there.get("/api/transfers").json["rates"] == {
        "asked": 0, "sent": 0, "received": 1, "answered": 1, "in_time": 1,
    }  # fmt: skip


def test_declining_wants_a_reason_and_takes_the_content_away(her: str, sign_in: SignIn) -> None:
    desk, there = sign_in("station"), sign_in("next-station")
    transfer = sent(desk, her, "supply")
    assert post(there, f"/{transfer}/answer", decision="declined", reason="").json["code"] == "reason_missing"
    assert post(there, f"/{transfer}/answer", decision="declined", reason="她没到这里").json["state"] == "declined"
    assert content(there, transfer).status_code == 404
    [row] = desk.get("/api/transfers").json["transfers"]
    assert (row["state"], row["reason"]) == ("declined", "她没到这里")
    assert post(there, f"/{transfer}/answer", decision="acknowledged", reason="").json["code"] == "transfer_over"


def test_what_is_taken_back_is_gone_on_both_sides(her: str, sign_in: SignIn) -> None:
    desk, there = sign_in("station"), sign_in("next-station")
    transfer = sent(desk, her, "supply")
    assert post(desk, f"/{transfer}/revoke").json["state"] == "revoked"
    assert (content(there, transfer).status_code, content(desk, transfer, "out").status_code) == (404, 404)
    assert post(there, f"/{transfer}/answer", decision="acknowledged", reason="").json["code"] == "transfer_over"


def test_withdrawing_her_word_ends_an_open_transfer(her: str, director: Handset, sign_in: SignIn) -> None:
    there, transfer = sign_in("next-station"), sent(sign_in("station"), her, "supply")
    director.codes(director.consent(her, "withdrawn", "transfer", on="2099-01-01"))
    answer = post(there, f"/{transfer}/answer", decision="acknowledged", reason="")
    assert (answer.status_code, answer.json["code"]) == (409, "transfer_taken_back")
    assert content(there, transfer).status_code == 404


def test_nobody_elses_station_sees_or_answers_it(her: str, sign_in: SignIn) -> None:
    desk = sign_in("station")
    transfer = sent(desk, her, "supply")
    assert content(desk, transfer).status_code == 404
    assert content(sign_in("next-station"), transfer, "out").status_code == 404
    assert post(desk, f"/{transfer}/answer", decision="acknowledged", reason="").status_code == 404
    assert post(sign_in("next-station"), f"/{transfer}/revoke").status_code == 404


def test_both_townships_logs_hold_every_step(her: str, sign_in: SignIn, township: Flask) -> None:
    desk, there = sign_in("station"), sign_in("next-station")
    transfer = sent(desk, her, "supply")
    content(there, transfer)
    post(there, f"/{transfer}/answer", decision="acknowledged", reason="")
    with township.app_context():
        rows = db.session.execute(select(Audit.chain, Audit.action).order_by(Audit.at, Audit.id)).all()
    steps = {place: [a for chain, a in rows if chain == place and a.startswith("transfer.")] for place, _ in rows}
    assert steps[TOWNSHIP] == ["transfer.preview", "transfer.send", "transfer.answer"]
    assert steps[NEXT_TOWNSHIP] == ["transfer.arrive", "transfer.read", "transfer.answer"]


# -- between servers


@pytest.fixture
def far(lender: Lender, tmp_path: Path) -> Iterator[FlaskClient]:
    """The desk of a station on another server."""
    name, address = lender.migrated()
    app = create_app(Settings(data=tmp_path / "far", database_url=address))
    furnish(app)
    client = app.test_client()
    client.post("/api/auth/login", json={"username": "far", "password": PASSWORD}, headers=WRITE)
    yield client
    with app.app_context():
        db.engine.dispose()
    lender.databases.drop(name)


def furnish(app: Flask) -> None:
    """A township of another county with a clerk."""
    with app.app_context(), writing() as session:
        session.add_all(Area(code=code, name="远山镇", position=0) for code in (FAR[:6], FAR))
        session.flush()
        clerk = a_worker("far", "station", FAR)
        clerk.county = FAR[:6]
        session.add(clerk)


def introduce(one: FlaskClient, other: FlaskClient) -> str:
    """`one` knows `other`, having heard its mark on the telephone; answers its id."""
    card = other.get("/api/transfers/server").json
    said = other.get("/api/transfers").json["mark"]
    assert post(one, "/servers", card=card, mark=said).status_code == 200
    return letters.card_id(card)


@pytest.fixture
def letter(her: str, sign_in: SignIn, far: FlaskClient) -> tuple[str, str]:
    """A transfer to the other server as a file: (id, file). The two know each other."""
    desk = sign_in("station")
    server = introduce(desk, far)
    introduce(far, desk)
    transfer = send(desk, her, "supply", "method", to=FAR, server=server).json
    assert transfer["state"] == "waiting"
    return transfer["id"], post(desk, f"/{transfer['id']}/letter").json["file"]


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


def settle(app: Flask) -> str:
    """A township with a clerk and a woman with one record; answers her id."""
    village, person = TOWNSHIP + "201", new_id()
    with app.app_context(), writing() as session:
        session.add_all(Area(code=code, name="柏坡镇", position=0) for code in (TOWNSHIP[:6], TOWNSHIP, village))
        session.flush()
        clerk = a_worker("station", "station", TOWNSHIP)
        session.add(clerk)
        session.flush()
        head = {"actor": clerk.id, "role": "director", "area": village}
        house = {"kind": "patch", "schema": "household/1", "household": new_id(), **head}
        house["body"] = {"set": {"area": village, "number": "12"}, "base": {}}
        woman = {"kind": "patch", "schema": "person/1", "person": person, "household": house["household"], **head}
        woman["body"] = {"set": {"household": house["household"], "name": "周桂兰", "sex": "f"}, "base": {}}
        agreed = {"purpose": "service_record", "decision": "given", "text_version": "service_record_1",
                  "mode": "oral_witness", "witness": "李梅"}  # fmt: skip
        records = (("consent", agreed), ("contraceptive_followup", {"method": "iud", "still_using": True}))
        told = [
            {"kind": "record", "schema": f"{form}/1", "person": person, **head,
             "body": {"occurred_on": "2026-10-02", "answers": answers}}
            for form, answers in records
        ]  # fmt: skip
        answers = write_events(session, TOWNSHIP[:6], [house, woman, *told], "desk", now=now_ms())
    assert [code for code, _ in answers] == ["accepted"] * 4
    return person


class Desk:
    """A clerk's browser against a server on loopback."""

    def __init__(self, server: LiveServer, username: str) -> None:
        self.server, self.cookie = server, ""
        self("POST", "/api/auth/login", {"username": username, "password": PASSWORD})

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        line = HTTPConnection("localhost", self.server.port, timeout=30)
        headers = WRITE | {"Content-Type": "application/json", "Cookie": self.cookie}
        line.request(method, path, json.dumps(body if body is not None else {}), headers)
        answer = line.getresponse()
        said = json.loads(answer.read())
        if COOKIE in (answer.getheader("Set-Cookie") or ""):
            self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        assert answer.status == 200, (path, said)
        return said


@pytest.fixture
def two_servers(tmp_path: Path) -> Iterator[tuple[Desk, Desk, str]]:
    """Two servers that run, each with a clerk, and a woman of the first one's township."""
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    here, there = (LiveServer(tmp_path / name / "data").start() for name in ("here", "there"))
    try:
        person = settle(create_app(Settings(data=here.data)))
        furnish(create_app(Settings(data=there.data)))
        yield Desk(here, "station"), Desk(there, "far"), person
    finally:
        here.stop()
        there.stop()


def test_two_running_servers_exchange_a_record_an_answer_and_a_withdrawal(
    two_servers: tuple[Desk, Desk, str],
) -> None:
    here, there, her = two_servers
    for one, other in ((here, there), (there, here)):
        card, mark = other("GET", "/api/transfers/server"), other("GET", "/api/transfers")["mark"]
        one("POST", "/api/transfers/servers", {"card": card, "mark": mark})
    [place] = [one for one in here("GET", "/api/transfers/places")["places"] if one["server"]]
    told = here("POST", f"/api/transfers/of/{her}/preview", {"items": ["method"]})
    what = {"items": ["method"], "to": place["code"], "server": place["server"], "urgent": True, "witness": "李梅"}
    transfer = here("POST", f"/api/transfers/of/{her}", what | {"seen": told["seen"]})["id"]
    there("POST", "/api/transfers/take", here("POST", f"/api/transfers/{transfer}/letter"))
    assert there("GET", f"/api/transfers/{transfer}/in") == told
    there("POST", f"/api/transfers/{transfer}/answer", {"decision": "acknowledged", "reason": ""})
    here("POST", "/api/transfers/take", there("POST", f"/api/transfers/{transfer}/letter"))
    [row] = here("GET", "/api/transfers")["transfers"]
    assert row["state"] == "acknowledged"
    here("POST", f"/api/transfers/{transfer}/revoke")
    there("POST", "/api/transfers/take", here("POST", f"/api/transfers/{transfer}/letter"))
    assert there("GET", "/api/transfers")["transfers"][0]["state"] == "revoked"
