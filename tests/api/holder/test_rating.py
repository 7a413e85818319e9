"""Rating the last service: a count of village, month and answer, and nothing else."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.extensions import db, writing
from server.models import Rating
from server.reports import small_cells
from tests.api.conftest import (
    TOWNSHIP,
    VILLAGE,
    SignIn,
)
from tests.api.holder.conftest import post


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
