"""Cards at the desk: printed for a township, counted, taken out of force by their numbers."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.cards import payload
from server.extensions import db
from server.models import Audit

from .conftest import WRITE, SignIn

HOST = "card.example.org"


@pytest.fixture
def desk(township: Flask, sign_in: SignIn) -> FlaskClient:
    """The station's desk on a server that knows the name on its cards."""
    settings = township.extensions["suifang_settings"]
    township.extensions["suifang_settings"] = replace(settings, public_host=HOST)
    return sign_in("station")


def made(desk: FlaskClient, count: int = 1) -> Any:
    answer = desk.post("/api/cards/sheets", json={"sheets": count}, headers=WRITE)
    assert answer.status_code == 200, answer.text
    return answer.json


def stopped(desk: FlaskClient, first: int, last: int) -> Any:
    return desk.post("/api/cards/sheets/stop", json={"first": first, "last": last}, headers=WRITE)


def test_a_print_is_a_page_of_ten_cards_with_the_public_name(desk: FlaskClient) -> None:
    paper = pypdfium2.PdfDocument(base64.b64decode(made(desk)["file"]))
    codes = zxingcpp.read_barcodes(paper[0].render(scale=200 / 72).to_pil())
    assert [len(paper), len({payload.read(code.text)[0].id for code in codes})] == [1, 10]
    assert all(code.text.startswith(f"HTTPS://{HOST.upper()}/C#") for code in codes)


def test_what_was_printed_is_counted_and_who_printed_stands_in_the_audit_log(
    desk: FlaskClient, township: Flask
) -> None:
    made(desk, 3)
    made(desk)
    told = desk.get("/api/cards").json
    assert [(run["first"], run["last"], run["stopped"]) for run in told["runs"]] == [(4, 4, False), (1, 3, False)]
    assert [told["host"], told["sheets"], told["cards"], told["stopped"]] == [HOST, 4, 40, 0]
    with township.app_context():
        rows = db.session.execute(select(Audit.chain, Audit.actor).where(Audit.action == "cards.print")).all()
    assert [(place, actor is not None) for place, actor in rows] == [("990131101", True)] * 2


def test_a_lost_bundle_is_out_of_force_and_the_rest_of_its_print_stays(desk: FlaskClient) -> None:
    made(desk, 3)
    told = stopped(desk, 2, 3).json
    assert [(run["first"], run["last"], run["stopped"]) for run in told["runs"]] == [(2, 3, True), (1, 1, False)]


def test_the_sheets_of_another_township_are_neither_shown_nor_stopped(desk: FlaskClient, sign_in: SignIn) -> None:
    made(desk)
    other = sign_in("next-station")
    assert other.get("/api/cards").json["runs"] == []
    answer = stopped(other, 1, 1)
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_sheet")


def test_a_server_without_a_public_name_says_so_and_prints_nothing(sign_in: SignIn) -> None:
    desk = sign_in("station")
    answer = desk.post("/api/cards/sheets", json={"sheets": 1}, headers=WRITE)
    assert (answer.json["code"], desk.get("/api/cards").json["host"]) == ("public_host_missing", None)


@pytest.mark.parametrize("asked", [{"sheets": 0}, {"sheets": 21}, {}, {"sheets": "2"}])
def test_a_print_has_one_to_twenty_sheets(desk: FlaskClient, asked: dict[str, Any]) -> None:
    assert desk.post("/api/cards/sheets", json=asked, headers=WRITE).status_code == 400


def test_numbers_out_of_order_are_refused(desk: FlaskClient) -> None:
    assert stopped(desk, 3, 2).status_code == 400
