"""Between townships of one server: answered or declined, taken back, and written down on both sides."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Audit
from tests.api.conftest import NEXT_TOWNSHIP, TOWNSHIP, SignIn
from tests.api.transfers.conftest import content, post, sent
from tests.sync.handset import Handset


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
