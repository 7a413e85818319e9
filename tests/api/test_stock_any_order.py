"""Balances are the sum of what was written down, in whatever order it came."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.clock import now_ms, today
from server.extensions import db, writing
from server.ids import new_id
from server.models import Event, FeedRow, Record, Worker
from server.sync.append import write_events

from .conftest import COUNTY, TOWNSHIP, VILLAGE, SignIn
from .shelf import balances

DOCUMENTS = [new_id() for _ in range(2)]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_arrival_gives_the_same_balances(township: Flask, sign_in: SignIn, seed: int) -> None:
    chance = random.Random(seed)
    with township.app_context():
        who = db.session.scalars(select(Worker.id).where(Worker.username == "station")).one()
    days = [(today() - timedelta(days=n)).isoformat() for n in range(9)]
    stories = [_happening(chance, who, days) for _ in range(24)]
    found = []
    for _ in range(2):
        with township.app_context():
            for batch in (stories[:10], stories[10:]):
                with writing() as session:
                    write_events(session, COUNTY, batch, "desk", now=now_ms())
        found.append(balances(sign_in("station")))
        _forget(township)
        chance.shuffle(stories)
    assert found[0] == found[1] != {}


def _happening(chance: random.Random, who: str, days: list[str]) -> dict[str, Any]:
    movement = chance.choice(["in", "out", "return", "count", "damage", "destroy", "given"])
    lot = {"item": chance.choice(["condom", "coc"]), "lot": chance.choice("AB"), "qty": chance.randrange(60)}
    answers: dict[str, Any] = {"movement": movement, "from_place": TOWNSHIP, "to_place": VILLAGE, "lines": [lot]}
    if movement == "in":
        answers["of"] = chance.choice(DOCUMENTS)  # several receive the same one
    if movement == "given":
        answers = {**lot, "qty": lot["qty"] + 1, "screen": "clear", "point": chance.choice(["village", "centre"])}
    return {
        "kind": "record", "schema": "contraceptive_supply/2" if movement == "given" else "stock/1", "actor": who,
        "role": "station", "area": TOWNSHIP, "id": new_id(),
        "body": {"occurred_on": chance.choice(days), "answers": answers},
    }  # fmt: skip


def _forget(app: Flask) -> None:
    """Take the records out again, so that they can come another way round."""
    with app.app_context(), writing() as session:
        for table in (FeedRow, Record, Event):
            session.query(table).delete()
