"""`suifang worker …` and `suifang phone …`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Suifang
from tests.registers.sheets import register, woman

VILLAGE = "990131101201"
ADD = ("worker", "add", "limei", "--name", "李梅", "--role", "director", "--area", VILLAGE)


@pytest.fixture
def place(suifang: Suifang, tmp_path: Path) -> Suifang:
    """A deployment with one village."""
    suifang("import-register", register(tmp_path / "r.xlsx", [woman(1)]))
    return suifang


def test_a_worker_is_added_with_a_password_that_is_printed_once(place: Suifang) -> None:
    added = place(*ADD, "--json").json
    assert len(added["password"]) >= 8
    (worker,) = place("worker", "list", "--json").json["workers"]
    assert (worker["username"], worker["name"], worker["role"]) == ("limei", "李梅", "director")
    assert worker["areas"] == [{"code": VILLAGE, "name": "东坡村", "role": "director"}]
    assert "password" not in worker


def test_a_password_that_was_given_is_not_repeated(place: Suifang) -> None:
    assert "password" not in place(*ADD, "--password", "taohua-xiaoxi-48", "--json").json


def test_a_taken_name_or_a_wrong_area_is_refused(place: Suifang) -> None:
    place(*ADD)
    assert place(*ADD, "--json").json["code"] == "name_taken"
    wrong = ("worker", "add", "other", "--name", "他", "--role", "station", "--area", VILLAGE, "--json")
    assert place(*wrong).json["code"] == "wrong_area"


def test_a_worker_is_disabled_and_says_so(place: Suifang) -> None:
    place(*ADD)
    assert place("worker", "disable", "limei", "--json").json["disabled_at"] > 0
    assert "已停用" in place("worker", "list").out
    assert place("phone", "code", "limei", "--json").json["code"] == "worker_disabled"


def test_a_new_password_is_another_one(place: Suifang) -> None:
    first = place(*ADD, "--json").json["password"]
    second = place("worker", "reset-password", "limei", "--json").json["password"]
    assert first != second


def test_an_unknown_worker_is_refused(place: Suifang) -> None:
    for words in (("worker", "disable", "nobody"), ("worker", "reset-password", "nobody"), ("phone", "code", "nobody")):
        assert place(*words, "--json").json["code"] == "unknown_worker"


def test_a_phone_code_comes_with_its_end_and_the_servers_fingerprint(place: Suifang) -> None:
    place(*ADD)
    slip = place("phone", "code", "limei", "--json").json
    assert (len(slip["code"]), len(slip["fingerprint"])) == (11, 8)
    assert slip["expires_at"] > 0


def test_no_phone_is_listed_before_one_registers_and_an_unknown_one_cannot_be_revoked(place: Suifang) -> None:
    assert place("phone", "list", "--json").json == {"phones": []}
    said = place("phone", "revoke", "01890000-0000-7000-8000-000000000000", "--json")
    assert (said.status, said.json["code"]) == (1, "not_found")
