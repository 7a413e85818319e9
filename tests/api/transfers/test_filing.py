"""What came with her becomes records of hers where she lives now: with her word, once, and gone when she takes it back."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import NEXT_TOWNSHIP, Phone, SignIn, married_woman
from tests.api.transfers.conftest import post, sent
from tests.sync.handset import Handset


@pytest.fixture
def there(phone: Phone) -> Handset:
    """A director's phone where she lives now."""
    return phone("next-director")


@pytest.fixture
def herself(there: Handset) -> str:
    """She as she is registered at the new place."""
    return married_woman(there)


@pytest.fixture
def next_desk(sign_in: SignIn) -> FlaskClient:
    return sign_in("next-station")


@pytest.fixture
def came(her: str, sign_in: SignIn, next_desk: FlaskClient) -> str:
    """A transfer of supplies and method that the new place acknowledged; its id."""
    transfer = sent(sign_in("station"), her, "supply", "method")
    assert post(next_desk, f"/{transfer}/answer", decision="acknowledged", reason="").status_code == 200
    return transfer


def file(desk: FlaskClient, transfer: str, person: str) -> Any:
    return post(desk, f"/{transfer}/file", person=person)


def on_her_page(desk: FlaskClient, person: str) -> list[dict[str, Any]]:
    found = desk.get(f"/api/people/{person}").json["records"]
    return [one for one in found if one["source"] == "transfer"]


def forms_on(there: Handset) -> list[str]:
    """Forms of the records that reached the director's phone, each as often as it came, new in this pull."""
    rows = there.pull()
    inner = [one for row in rows for one in (row["body"]["events"] if row["kind"] == "reveal" else [row])]
    return sorted(one["schema"] for one in inner if one["kind"] == "record" and one["schema"][:7] != "consent")


def agree(there: Handset, person: str) -> None:
    there.codes(there.consent(person), there.consent(person, purpose="supply"))


def test_what_came_opens_from_her_page_and_says_which_station_sent_it(
    came: str, there: Handset, herself: str, next_desk: FlaskClient
) -> None:
    agree(there, herself)
    assert file(next_desk, came, herself).status_code == 200
    found = {one["form"]: one for one in on_her_page(next_desk, herself)}
    assert found["contraceptive_supply"]["answers"] == {"item": "condom", "qty": 20}
    assert found["contraceptive_followup"]["answers"] == {"method": "iud", "still_using": True}
    assert {one["author"]["name"] for one in found.values()} == {"柏坡镇"}
    [row] = next_desk.get("/api/transfers").json["transfers"]
    assert row["person"] == herself


def test_without_her_word_at_the_new_place_nothing_shows_and_it_opens_when_she_gives_it(
    came: str, there: Handset, herself: str, next_desk: FlaskClient
) -> None:
    there.pull()
    file(next_desk, came, herself)
    assert (on_her_page(next_desk, herself), forms_on(there)) == ([], [])
    there.codes(there.consent(herself))
    assert forms_on(there) == ["contraceptive_followup/1"]
    assert [one["form"] for one in on_her_page(next_desk, herself)] == ["contraceptive_followup"]


def test_what_she_declined_at_the_new_place_is_left_out(
    came: str, there: Handset, herself: str, next_desk: FlaskClient
) -> None:
    agree(there, herself)
    there.codes(there.consent(herself, "withdrawn", "supply", on="2099-01-01"))
    file(next_desk, came, herself)
    assert [one["form"] for one in on_her_page(next_desk, herself)] == ["contraceptive_followup"]


def test_taken_in_twice_it_stands_once(came: str, there: Handset, herself: str, next_desk: FlaskClient) -> None:
    agree(there, herself)
    assert [file(next_desk, came, herself).status_code for _ in range(2)] == [200, 200]
    assert len(on_her_page(next_desk, herself)) == 2
    other = married_woman(there, "何秀兰")
    assert file(next_desk, came, other).json["code"] == "transfer_over"


def test_before_it_is_acknowledged_nothing_becomes_a_record(
    her: str, sign_in: SignIn, herself: str, next_desk: FlaskClient
) -> None:
    transfer = sent(sign_in("station"), her, "supply")
    assert file(next_desk, transfer, herself).json["code"] == "transfer_over"


def test_nobody_of_another_township_is_given_what_came(came: str, her: str, next_desk: FlaskClient) -> None:
    assert file(next_desk, came, her).status_code == 404


def test_what_she_takes_back_leaves_her_page_and_the_phones(
    came: str, there: Handset, herself: str, sign_in: SignIn, next_desk: FlaskClient
) -> None:
    agree(there, herself)
    file(next_desk, came, herself)
    there.pull()
    post(sign_in("station"), f"/{came}/revoke")
    assert on_her_page(next_desk, herself) == []
    [erased] = [row for row in there.pull() if row["kind"] == "erase"]
    assert len(erased["body"]["ids"]) == 2


def test_withdrawing_her_word_hides_what_came_like_any_record(
    came: str, there: Handset, herself: str, next_desk: FlaskClient
) -> None:
    agree(there, herself)
    file(next_desk, came, herself)
    there.codes(there.consent(herself, "withdrawn", on="2099-01-01"))
    assert [one["form"] for one in on_her_page(next_desk, herself)] == ["contraceptive_supply"]


def test_check_ups_that_came_stay_the_technicians(
    her: str, phone: Phone, there: Handset, herself: str, sign_in: SignIn, next_desk: FlaskClient
) -> None:
    technician = phone("technician")
    visit = {"step": "visit", "danger": ["none"], "ga_weeks": 20, "hb": 110, "parity": 1}
    technician.codes(technician.record("anc", visit, person=her))
    transfer = sent(sign_in("station"), her, "maternal")
    post(next_desk, f"/{transfer}/answer", decision="acknowledged", reason="")
    agree(there, herself)
    file(next_desk, transfer, herself)
    [one] = on_her_page(next_desk, herself)
    assert (one["clinical"], one["form"], one["answers"]) == (True, None, None)
    assert forms_on(there) == []


def test_what_came_is_no_service_of_the_new_station(
    came: str, there: Handset, herself: str, next_desk: FlaskClient
) -> None:
    agree(there, herself)
    before = figures(next_desk)
    file(next_desk, came, herself)
    assert figures(next_desk) == before


def figures(desk: FlaskClient) -> list[Any]:
    """Rates, stock and the monthly sheet of the new township."""
    asked = (f"figures/rates?area={NEXT_TOWNSHIP}", f"stock?area={NEXT_TOWNSHIP}", "migrants?month=2026-10")
    answers = [desk.get(f"/api/{path}") for path in asked]
    assert [answer.status_code for answer in answers] == [200] * 3
    return [answer.json for answer in answers]
