"""The public page of cards: what anybody may ask, what a one-time code opens, and what it never gives away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.cards import keys, revoking, sheets
from server.clock import now_ms
from server.extensions import db, writing
from server.ids import b64
from server.models import Audit, Event, HolderCode, HolderRequest, Rating
from server.page import CARD_FOLDER, CARD_PAGE
from server.reports import small_cells
from server.sync.erasing import erase

from .conftest import COUNTY, NEXT_VILLAGE, TOWNSHIP, VILLAGE, WRITE, Phone, SignIn, married_woman, method_record

MOST_BYTES = 30 * 1024
HEALTH = ("生殖", "避孕", "计生", "怀孕", "妇", "reproduc", "contracep", "pregnan", "birth", "health")


@pytest.fixture
def anybody(township: Flask) -> FlaskClient:
    """A telephone with a browser: no account, no cookie."""
    return township.test_client()


def post(client: FlaskClient, path: str, **body: Any) -> Any:
    return client.post(f"/api/holder/{path}", json=body, headers=WRITE)


def ask(client: FlaskClient, kind: str = "call_back", **more: str) -> Any:
    return post(client, "ask", kind=kind, **{"township": TOWNSHIP, "phone": "13900000111", **more})


def code_for(desk: FlaskClient, person: str) -> str:
    answer = desk.post(f"/api/people/{person}/code", headers=WRITE)
    assert answer.status_code == 200, answer.text
    return str(answer.json["code"])


def opened(anybody: FlaskClient, code: str) -> str:
    return str(post(anybody, "open", code=code).json["token"])


def asked_items(desk: FlaskClient) -> list[Any]:
    return [item for item in desk.get("/api/inbox").json["items"] if item["kind"] == "asked"]


@pytest.fixture
def her(phone: Phone) -> str:
    """A woman of the village who agreed to a record and has one."""
    director = phone("director")
    person = married_woman(director)
    method_record(director, person)
    return person


# -- the page itself


def test_the_page_with_all_it_loads_is_small_and_comes_from_this_server_alone(anybody: FlaskClient) -> None:
    page = anybody.get("/C")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    files = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert {file.removeprefix("/C/") for file in files} | {"c.html", "card.js"} == CARD_PAGE
    assert sum((CARD_FOLDER / name).stat().st_size for name in CARD_PAGE) <= MOST_BYTES
    everything = "".join((CARD_FOLDER / name).read_text("utf-8") for name in CARD_PAGE)
    assert "://" not in everything.replace("HTTPS://", "").replace(r"HTTPS:\/\/", "")
    for kept in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "serviceWorker", "innerHTML"):
        assert kept not in everything


def test_nothing_that_anybody_sees_says_what_the_service_is_for(anybody: FlaskClient) -> None:
    seen = anybody.get("/C").text + "".join((CARD_FOLDER / name).read_text("utf-8") for name in ("c.js", "card.js"))
    assert [word for word in HEALTH if word in seen.lower()] == []


def test_the_page_sets_no_cookie_and_no_other_file_is_served(anybody: FlaskClient) -> None:
    for path in ("/C", "/C/c.js", "/api/holder/places", f"/api/holder/places/{TOWNSHIP}", "/api/holder/cards/3"):
        answer = anybody.get(path)
        assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None), path
    for path in ("/C/__init__.py", "/C/../codes.py", "/C/nothing.js"):
        assert anybody.get(path).status_code == 404


def test_a_worker_finds_no_session_used_on_the_page(sign_in: SignIn) -> None:
    for path in ("c.js", "card.js"):
        assert "credentials: 'include'" not in (CARD_FOLDER / path).read_text("utf-8")
    assert "credentials: 'omit'" in (CARD_FOLDER / "c.js").read_text("utf-8")


# -- whether a card is in force


def test_a_sixteenth_of_the_list_tells_what_is_out_of_force_and_names_no_card(
    township: Flask, anybody: FlaskClient
) -> None:
    with township.app_context(), writing() as session:
        keys.create(session, now_ms())
        list(sheets.make(session, 1, "card.example.org", now_ms()))
        for first in (0x30, 0x3F, 0x40):
            revoking.revoke_card(session, bytes([first]) + bytes(15), now_ms())
    told = anybody.get("/api/holder/cards/3").json
    assert told["cards"] == [b64(bytes([0x30]) + bytes(7)), b64(bytes([0x3F]) + bytes(7))]
    assert (len(told["keys"]), "private" in str(told)) == (1, False)
    assert anybody.get("/api/holder/cards/16").status_code == 404


# -- where the station is


def test_the_station_says_where_it_is_and_everybody_reads_it(sign_in: SignIn, anybody: FlaskClient) -> None:
    face = {"address": "柏坡镇东街 3 号", "phone": "0311-5550123", "hours": "周一到周五 8–17 点"}
    assert sign_in("station").post("/api/station", json=face, headers=WRITE).status_code == 200
    told = anybody.get(f"/api/holder/places/{TOWNSHIP}").json
    assert (told["face"], told["villages"][0]) == (face, {"code": VILLAGE, "name": "东坡村"})
    assert told["promises"]["days"]["complaint"] > 0
    assert {"code": TOWNSHIP, "name": "柏坡镇"} in anybody.get("/api/holder/places").json["townships"]


def test_what_anybody_reads_holds_no_person_and_no_worker(her: str, anybody: FlaskClient) -> None:
    told = anybody.get("/api/holder/places").text + anybody.get(f"/api/holder/places/{TOWNSHIP}").text
    for name in ("周桂兰", "同志", her):
        assert name not in told


# -- asking without a code


def test_a_wish_to_be_called_lies_in_the_desks_inbox_with_a_due_day_and_names_nobody(
    anybody: FlaskClient, sign_in: SignIn
) -> None:
    due = ask(anybody, words="下午打").json["due_on"]
    [item] = asked_items(sign_in("station"))
    assert (item["reason"], item["subject"], item["choices"]) == ("call_back", None, ["done"])
    assert item["asked"] == {"due_on": due, "phone": "13900000111", "words": "下午打", "number": None}
    assert asked_items(sign_in("next-station")) == []


def test_somebody_who_answered_says_so_and_can_take_it_back(anybody: FlaskClient, sign_in: SignIn) -> None:
    ask(anybody, "complaint")
    desk = sign_in("station")
    [item] = asked_items(desk)
    path = f"/api/inbox/{item['id']}/decide"
    assert desk.post(path, json={"choice": "done"}, headers=WRITE).json["decision"] == "done"
    assert asked_items(desk) == []
    assert desk.post(path, json={"choice": "undo"}, headers=WRITE).json["decision"] is None
    assert len(asked_items(desk)) == 1
    assert sign_in("next-station").post(path, json={"choice": "done"}, headers=WRITE).status_code == 404


def test_a_card_told_lost_by_anybody_stays_in_force_and_the_answer_does_not_tell_whether_it_exists(
    township: Flask, anybody: FlaskClient
) -> None:
    known, unknown = (ask(anybody, "card_lost", number=number) for number in ("000000000", "572572571"))
    assert (known.status_code, known.json) == (unknown.status_code, unknown.json)
    with township.app_context():
        told = [db.session.scalar(select(Event.id).limit(1)), anybody.get("/api/holder/cards/0").json["cards"]]
    assert told == [None, []]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "delete"},
        {"phone": "x" * 9},
        {"words": "长" * 301},
        {"number": "12"},
        {"township": VILLAGE},
        {"more": "1"},
    ],
    ids=str,
)
def test_another_shape_is_refused(anybody: FlaskClient, wrong: dict[str, str]) -> None:
    assert ask(anybody, **wrong).status_code == 400


def test_one_address_asks_ten_times_in_a_quarter_of_an_hour(anybody: FlaskClient) -> None:
    codes = [ask(anybody).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_a_flood_from_many_addresses_ends_at_fifty_and_leaves_the_inbox_usable(anybody: FlaskClient) -> None:
    def from_(n: int) -> int:
        body = {"kind": "call_back", "township": TOWNSHIP, "phone": "13900000111"}
        where = {"REMOTE_ADDR": f"10.0.{n}.1"}
        return anybody.post("/api/holder/ask", json=body, headers=WRITE, environ_base=where).status_code

    assert [from_(n) for n in range(52)] == [200] * 50 + [429] * 2


def test_a_request_from_another_site_is_refused(anybody: FlaskClient) -> None:
    body = {"village": VILLAGE, "answer": "good"}
    assert anybody.post("/api/holder/rate", json=body).json["code"] == "missing_header"
    elsewhere = WRITE | {"Sec-Fetch-Site": "cross-site"}
    assert anybody.post("/api/holder/rate", json=body, headers=elsewhere).json["code"] == "cross_site"


# -- rating


def rate(anybody: FlaskClient, *answers: str, village: str = VILLAGE) -> None:
    for answer in answers:
        assert post(anybody, "rate", village=village, answer=answer).status_code == 200


def end_the_month(township: Flask) -> None:
    with township.app_context(), writing() as session:
        session.execute(update(Rating).values(month="2020-01"))


def test_ratings_are_a_count_and_nothing_else(township: Flask, anybody: FlaskClient) -> None:
    rate(anybody, "good", "good", "poor")
    with township.app_context():
        rows = {(row.area, row.answer, row.count) for row in db.session.scalars(select(Rating))}
    assert rows == {(VILLAGE, "good", 2), (VILLAGE, "poor", 1)}
    assert {column.name for column in Rating.__table__.columns} == {"area", "month", "answer", "count"}


def test_the_station_sees_ratings_after_the_month_and_from_five_on(
    township: Flask, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    rate(anybody, *["good"] * (small_cells.k_for("county") - 1))
    assert desk.get("/api/station").json["ratings"] == []
    end_the_month(township)
    assert [row["total"] for row in desk.get("/api/station").json["ratings"]] == [None]
    rate(anybody, "poor")
    end = [row for row in desk.get("/api/station").json["ratings"] if row["month"] != "2020-01"]
    assert end == []


def test_five_answers_of_a_month_are_shown(township: Flask, anybody: FlaskClient, sign_in: SignIn) -> None:
    rate(anybody, "good", "good", "good", "fair", "poor")
    end_the_month(township)
    [row] = sign_in("station").get("/api/station").json["ratings"]
    assert (row["name"], row["total"], row["good"], row["fair"], row["poor"]) == ("东坡村", 5, 3, 1, 1)
    assert sign_in("next-station").get("/api/station").json["ratings"] == []


def test_a_village_that_there_is_not_cannot_be_rated(anybody: FlaskClient) -> None:
    for village in ("990131101999", TOWNSHIP + "000"):
        assert post(anybody, "rate", village=village, answer="good").status_code == 404


def test_one_address_rates_twenty_times_in_a_quarter_of_an_hour(anybody: FlaskClient) -> None:
    rate(anybody, *["good"] * 20)
    assert post(anybody, "rate", village=VILLAGE, answer="good").status_code == 429


# -- with a code


def test_a_code_opens_her_next_day_and_what_she_agreed_to_and_not_her_name(
    her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    answer = post(anybody, "mine", token=token)
    assert answer.json["next"]["on"] > "2026"
    assert [(one["purpose"], one["decision"], one["zh"]) for one in answer.json["consents"]] == [
        ("service_record", "given", "记下随访")
    ]
    assert "周桂兰" not in answer.text
    assert her not in answer.text


def test_a_code_is_good_once(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    code = code_for(sign_in("station"), her)
    opened(anybody, code)
    again = post(anybody, "open", code=code)
    assert (again.status_code, again.json["code"]) == (403, "wrong_code")


def test_a_newer_code_ends_the_older_and_the_visit_it_opened(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    desk = sign_in("station")
    first = code_for(desk, her)
    token = opened(anybody, code_for(desk, her))
    assert post(anybody, "open", code=first).json["code"] == "wrong_code"
    code_for(desk, her)
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_a_code_and_a_visit_end_with_their_minutes(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    code = code_for(desk, her)
    with township.app_context(), writing() as session:
        session.execute(update(HolderCode).values(until=now_ms()))
    assert post(anybody, "open", code=code).json["code"] == "wrong_code"
    token = opened(anybody, code_for(desk, her))
    with township.app_context(), writing() as session:
        session.execute(update(HolderCode).values(visit_until=now_ms()))
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_neither_code_nor_secret_lie_in_the_database(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    code = code_for(sign_in("station"), her)
    token = opened(anybody, code)
    with township.app_context():
        [row] = db.session.execute(select(HolderCode.code, HolderCode.visit)).all()
    assert code.encode() not in row.code
    assert token.encode() not in row.visit


def test_five_wrong_tries_close_a_code_from_every_address(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    code = code_for(sign_in("station"), her)
    wrong = code[:4] + f"{(int(code[4:]) + 1) % 10**6:06}"

    def try_(what: str, n: int) -> int:
        where = {"REMOTE_ADDR": f"10.0.0.{n}"}
        return anybody.post("/api/holder/open", json={"code": what}, headers=WRITE, environ_base=where).status_code

    assert [try_(wrong, n) for n in range(5)] == [403] * 5
    assert try_(code, 9) == 429


def test_she_takes_a_consent_back_and_what_it_covered_is_hidden_on_every_phone(
    phone: Phone, anybody: FlaskClient, sign_in: SignIn
) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    record = method_record(director, her)
    token = opened(anybody, code_for(desk, her))
    told = post(anybody, "withdraw", token=token, purpose="service_record").json
    assert ([one["decision"] for one in told["consents"]], told["next"]) == (["withdrawn"], None)
    director.pull()
    hidden = [row["body"]["ids"] for row in director.rows(VILLAGE, "common") if row["kind"] == "hide"]
    assert record["id"] in hidden[-1]
    assert post(anybody, "withdraw", token=token, purpose="service_record").json["code"] == "not_agreed"


@pytest.mark.parametrize("kind", ["read", "carry", "correct", "delete"])
def test_what_she_asks_of_her_record_lies_in_the_desks_inbox_with_her_name(
    kind: str, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    desk = sign_in("station")
    token = opened(anybody, code_for(desk, her))
    first, again = (post(anybody, "request", token=token, kind=kind).json for _ in range(2))
    [item] = asked_items(desk)
    assert (first, item["reason"], item["subject"]["name"]) == (again, kind, "周桂兰")
    assert post(anybody, "mine", token=token).json["asked"] == [
        {"kind": kind, "due_on": first["due_on"], "done": False}
    ]


def test_what_is_asked_with_a_code_is_not_asked_without(anybody: FlaskClient) -> None:
    nobody = "A" * 43
    for path, more in (("mine", {}), ("withdraw", {"purpose": "supply"}), ("request", {"kind": "delete"})):
        assert post(anybody, path, token=nobody, **more).json["code"] == "visit_over"


def test_a_page_that_was_left_opens_no_more(her: str, anybody: FlaskClient, sign_in: SignIn) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    assert post(anybody, "leave", token=token).status_code == 200
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_every_step_of_a_visit_stands_in_the_audit_log(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    post(anybody, "mine", token=token)
    post(anybody, "request", token=token, kind="read")
    post(anybody, "withdraw", token=token, purpose="service_record")
    with township.app_context():
        rows = db.session.scalars(select(Audit.action).where(Audit.subject == her).order_by(Audit.at, Audit.id)).all()
    assert [row for row in rows if row.startswith("holder.")] == [
        "holder.code", "holder.open", "holder.read", "holder.ask", "holder.withdraw",
    ]  # fmt: skip


def test_a_code_is_made_by_her_own_station_alone(her: str, phone: Phone, sign_in: SignIn) -> None:
    assert sign_in("next-station").post(f"/api/people/{her}/code", headers=WRITE).status_code == 404
    other = married_woman(phone("next-director"), "李秀英")
    assert sign_in("station").post(f"/api/people/{other}/code", headers=WRITE).status_code == 404
    assert NEXT_VILLAGE != VILLAGE


def test_who_was_erased_leaves_neither_code_nor_request(
    township: Flask, her: str, anybody: FlaskClient, sign_in: SignIn
) -> None:
    token = opened(anybody, code_for(sign_in("station"), her))
    post(anybody, "request", token=token, kind="delete")
    with township.app_context(), writing() as session:
        erase(session, COUNTY, [her], now=now_ms())
        left = [session.scalar(select(table.person)) for table in (HolderCode, HolderRequest)]
    assert left == [None, None]
    assert post(anybody, "mine", token=token).json["code"] == "visit_over"


def test_the_numbers_of_days_are_marked_as_to_be_confirmed() -> None:
    text = (Path(__file__).parents[2] / "server" / "rulebook" / "holder.json").read_text("utf-8")
    assert text.count('"status": "L"') >= 8
