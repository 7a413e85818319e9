"""A lot called back, and what stays of a hand-out when she is erased."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from server.clock import now_ms
from server.extensions import db, writing
from server.models import Audit, Record
from server.sync import erasing

from .conftest import COUNTY, TOWNSHIP, WRITE, Phone, SignIn, married_woman
from .shelf import bag, balances, line, move, supply


def test_a_recall_names_who_received_the_lot_and_where_the_rest_lies_and_is_written_down(
    phone: Phone, sign_in: SignIn, app: Flask
) -> None:
    director, desk = phone("director"), sign_in("station")
    move(desk, "out", line(200), from_place=TOWNSHIP, to_place=bag(director.worker))
    her, shy = married_woman(director), married_woman(director, "李秀英")
    director.codes(director.consent(her, purpose="supply"), supply(director, her, 30), supply(director, shy, 5))
    director.codes(supply(director, None, 20), supply(director, her, 9, lot="2502C"))
    for reader in (desk, sign_in("technician")):
        answer = reader.post("/api/stock/recall", json={"item": "condom", "lot": "2409A"}, headers=WRITE).json
        assert [(one["name"], one["qty"], one["area"]) for one in answer["people"]] == [("周桂兰", 30, "东坡村")]
        held = {one["point"]: one["usable"] for one in answer["held"]}
        assert (answer["unnamed"], held) == (2, {"director 同志": 145, "柏坡镇": -200})
    with app.app_context():
        assert (
            list(db.session.scalars(select(Audit.action).where(Audit.action == "stock.recall"))) == ["stock.recall"] * 2
        )


def test_erasing_her_leaves_the_pieces_handed_out_and_nothing_of_her(
    phone: Phone, sign_in: SignIn, township: Flask
) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    given = supply(director, her, 30)
    director.codes(director.consent(her, purpose="supply"), given, director.amend(given, {"qty": 25}))
    before = balances(desk)
    with township.app_context(), writing() as session:
        erasing.erase(session, COUNTY, [her], now=now_ms())
    assert balances(desk) == before == {(bag(director.worker), "condom", "2409A"): -25}
    answer = desk.post("/api/stock/recall", json={"item": "condom", "lot": "2409A"}, headers=WRITE).json
    assert (answer["people"], answer["unnamed"]) == ([], 1)
    with township.app_context():
        [left] = db.session.scalars(select(Record).where(Record.form == "contraceptive_supply"))
        assert (left.person, left.household, left.id == given["id"], left.shown) == (None, None, False, False)
