"""The public page: small, of this server alone, neutral, without a cookie; is a card in force, where is the station."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from server.cards import keys, revoking, sheets
from server.clock import now_ms
from server.extensions import writing
from server.ids import b64
from server.page import CARD_FOLDER, CARD_PAGE
from tests.api.conftest import (
    TOWNSHIP,
    VILLAGE,
    WRITE,
    SignIn,
)

MOST_BYTES = 30 * 1024
HEALTH = ("生殖", "避孕", "计生", "怀孕", "妇", "reproduc", "contracep", "pregnan", "birth", "health")


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
