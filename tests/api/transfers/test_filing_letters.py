"""What came as a file from another server becomes records of hers there, as what came from the next township does."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from server.clock import now_ms
from server.extensions import writing
from server.ids import new_id
from server.models import Area
from server.sync.append import write_events
from tests.api.conftest import SignIn
from tests.api.transfers.conftest import FAR, content, post

VILLAGE = FAR + "201"


def write(far: FlaskClient, drafts: list[dict[str, Any]]) -> None:
    """Say these things at the other server, as its station does."""
    clerk = far.get("/api/auth/me").json["worker"]["id"]
    head = {"actor": clerk, "role": "director", "area": VILLAGE}
    with far.application.app_context(), writing() as session:
        answers = write_events(session, FAR[:6], [head | draft for draft in drafts], "desk", now=now_ms())
    assert {code for code, _ in answers} == {"accepted"}


def agree(far: FlaskClient, her: str, *purposes: str) -> None:
    said = {"decision": "given", "mode": "oral_witness", "witness": "何站长"}
    bodies = [said | {"purpose": one, "text_version": f"{one}_1"} for one in purposes]
    write(
        far,
        [
            {
                "kind": "record",
                "schema": "consent/1",
                "person": her,
                "body": {"occurred_on": "2026-10-01", "answers": one},
            }
            for one in bodies
        ],
    )


@pytest.fixture
def herself(far: FlaskClient) -> str:
    """She as she is registered where she lives now, on the other server."""
    with far.application.app_context(), writing() as session:
        session.add(Area(code=VILLAGE, name="远山村", position=1))
    her, house = new_id(), new_id()
    place = {"set": {"area": VILLAGE, "number": "3"}, "base": {}}
    woman = {"set": {"household": house, "name": "周桂兰", "sex": "f"}, "base": {}}
    write(
        far,
        [
            {"kind": "patch", "schema": "household/1", "household": house, "body": place},
            {"kind": "patch", "schema": "person/1", "person": her, "household": house, "body": woman},
        ],
    )
    return her


@pytest.fixture
def came(letter: tuple[str, str], far: FlaskClient) -> str:
    """A letter with supplies and method, taken in and acknowledged at the other server; its id."""
    transfer, file = letter
    post(far, "/take", file=file)
    assert post(far, f"/{transfer}/answer", decision="acknowledged", reason="").status_code == 200
    return transfer


def on_her_page(far: FlaskClient, her: str) -> list[dict[str, Any]]:
    return [one for one in far.get(f"/api/people/{her}").json["records"] if one["source"] == "transfer"]


def test_a_letter_becomes_records_that_say_which_station_sent_it(came: str, herself: str, far: FlaskClient) -> None:
    agree(far, herself, "service_record", "supply")
    assert post(far, f"/{came}/file", person=herself).status_code == 200
    found = {one["form"]: one for one in on_her_page(far, herself)}
    assert found["contraceptive_supply"]["answers"] == {"item": "condom", "qty": 20}
    assert found["contraceptive_followup"]["answers"] == {"method": "iud", "still_using": True}
    assert {one["author"]["name"] for one in found.values()} == {"柏坡镇"}


def test_without_her_word_there_nothing_of_it_shows(came: str, herself: str, far: FlaskClient) -> None:
    post(far, f"/{came}/file", person=herself)
    assert on_her_page(far, herself) == []
    agree(far, herself, "supply")
    assert [one["form"] for one in on_her_page(far, herself)] == ["contraceptive_supply"]


def test_the_same_letter_again_and_filing_again_change_nothing(
    came: str, letter: tuple[str, str], herself: str, far: FlaskClient
) -> None:
    agree(far, herself, "service_record", "supply")
    for _ in range(2):
        assert post(far, f"/{came}/file", person=herself).status_code == 200
        assert post(far, "/take", file=letter[1]).json["state"] == "acknowledged"
    assert len(on_her_page(far, herself)) == 2


def test_the_letter_that_takes_it_back_erases_those_records(
    came: str, herself: str, far: FlaskClient, sign_in: SignIn
) -> None:
    agree(far, herself, "service_record", "supply")
    post(far, f"/{came}/file", person=herself)
    desk = sign_in("station")
    post(desk, f"/{came}/revoke")
    back = post(desk, f"/{came}/letter").json["file"]
    assert [post(far, "/take", file=back).json["state"] for _ in range(2)] == ["revoked", "revoked"]
    assert on_her_page(far, herself) == []
    assert content(far, came).status_code == 404
