"""Figures of services at the desk: both counts beside each, small ones hidden outside, open to the records behind them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db
from server.models import Audit

from .conftest import NEXT_TOWNSHIP, TOWNSHIP, Phone, SignIn, married_woman

ON = "2026-11-01"


def figures(client: FlaskClient, area: str = TOWNSHIP) -> dict[str, Any]:
    answer = client.get("/api/figures/rates", query_string={"area": area, "on": ON})
    return {one["id"]: one for one in answer.json["rates"]}


def behind(client: FlaskClient, name: str, part: str = "numerator", **more: str) -> Any:
    asked = {"area": TOWNSHIP, "on": ON, "part": part, **more}
    return client.get(f"/api/figures/rates/{name}/records", query_string=asked)


def referred(phone: Phone) -> tuple[str, str]:
    """A referral that was sent and attended, and a visit that met her; answers her and the referral."""
    director, technician = phone("director"), phone("technician")
    her = married_woman(director)
    sent = director.record("referral", {"step": "sent", "urgency": "soon", "reason": "血压"}, "2026-10-01", person=her)
    met = director.record("household_visit", {"presence": "met"}, "2026-10-01", person=her)
    director.codes(director.consent(her), sent, met)
    answers = {"step": "attended", "of": sent["id"], "attended_on": "2026-10-05", "result": "正常"}
    technician.codes(technician.record("referral", answers, "2026-10-05", person=her))
    return her, str(sent["id"])


def test_each_figure_stands_with_both_counts_and_what_they_count(phone: Phone, sign_in: SignIn) -> None:
    referred(phone)
    found = figures(sign_in("station"))
    assert [found[name]["percent"] for name in ("met", "referral_attended", "referral_14")] == ["100.00"] * 3
    one = found["referral_attended"]
    assert (one["numerator"], one["denominator"], one["of"]["zh"], one["part"]["zh"]) == (1, 1, "次转诊", "次看过了")
    assert found["knowledge"]["percent"] is None


def test_a_count_opens_to_its_records_and_the_look_is_written_down(phone: Phone, sign_in: SignIn, app: Flask) -> None:
    her, sent = referred(phone)
    answer = behind(sign_in("station"), "referral_attended").json
    assert [(row["record"], row["person"], row["name"], row["area"]) for row in answer["rows"]] == [
        (sent, her, "周**", "东坡村")
    ]
    assert (answer["total"], answer["next"]) == (1, None)
    with app.app_context():
        assert db.session.scalars(select(Audit.action).where(Audit.action == "figure.records")).all() == [
            "figure.records"
        ]


def test_behind_what_only_a_technician_may_know_nobody_is_named(phone: Phone, sign_in: SignIn) -> None:
    technician, her = phone("technician"), married_woman(phone("director"))
    smear = technician.record(
        "cervical_screening", {"step": "screen", "method": "hpv", "hpv": "p1618"}, "2026-10-05", person=her
    )
    technician.codes(technician.consent(her, purpose="screening"), smear)
    [row] = behind(sign_in("station"), "cervical_followed", "denominator").json["rows"]
    assert (row["record"], row["person"], row["name"]) == (smear["id"], None, None)


def test_without_her_consent_nothing_is_counted(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    her = married_woman(director)
    director.codes(
        director.record("referral", {"step": "sent", "urgency": "soon", "reason": "x"}, "2026-10-01", person=her)
    )
    assert figures(sign_in("station"))["referral_attended"]["denominator"] == 0


def test_outside_the_station_small_counts_are_hidden(phone: Phone, sign_in: SignIn) -> None:
    referred(phone)
    one = figures(sign_in("county"))["referral_attended"]
    assert (one["numerator"], one["denominator"], one["percent"], one["hidden"]) == (None, None, None, True)


def test_another_townships_figures_and_unknown_ones_are_refused(sign_in: SignIn) -> None:
    desk = sign_in("station")
    assert desk.get("/api/figures/rates", query_string={"area": NEXT_TOWNSHIP}).status_code == 403
    assert behind(sign_in("next-station"), "met").status_code == 404
    assert (behind(desk, "births").json["code"], behind(desk, "met", "x").json["code"]) == (
        "unknown_figure",
        "unknown_part",
    )
