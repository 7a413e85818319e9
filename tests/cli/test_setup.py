"""`suifang migrate`, `rulebook check`, `openapi`, the help, and what every verb has in common."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from server.cli import SECTIONS, Verbs, main
from tests.cli.conftest import Suifang


def test_migrating_is_free_to_repeat(suifang: Suifang) -> None:
    first, again = suifang("migrate", "--json"), suifang("migrate", "--json")
    assert first.json == again.json
    assert ("Tables are ready" in first.err, "Tables are ready" in again.err) == (True, False)


def test_a_verb_makes_an_empty_data_folder_by_itself(suifang: Suifang, tmp_path: Path) -> None:
    assert suifang("worker", "list", "--json").json == {"workers": []}
    assert (tmp_path / "data" / "keys.json").exists()


def test_the_rulebook_that_ships_is_sound(suifang: Suifang) -> None:
    found = suifang("rulebook", "check", "--json").json
    assert list(found) == ["forms", "fields", "schedules", "indicators", "to_be_confirmed"]
    assert (found["forms"], found["fields"] > 250, found["to_be_confirmed"] > 50) == (20, True, True)


def test_a_form_is_printed_with_its_ranges_rules_sources_and_what_is_to_be_confirmed(suifang: Suifang) -> None:
    said = suifang("rulebook", "show", "anc").out
    for words in ("胎心率", "范围 Range 80–200", "平常 Usual 110–160", "35.0–42.0", "S[W12]", "★ 待当地主管部门确认"):
        assert words in said, words
    for words in ("转诊 refer (马上 now)", "112 / 126 / 141 / 147", "不满 Under 14"):
        assert words in said, words


def test_the_pills_screen_is_printed_with_the_medical_criteria(suifang: Suifang) -> None:
    said = suifang("rulebook", "show", "pill_screen").out
    assert "CHC 4    POP 1          有先兆的偏头痛  Migraine with aura    [migraine]" in said


def test_an_older_version_of_a_form_can_be_printed(suifang: Suifang) -> None:
    assert "referral/1" in suifang("rulebook", "show", "referral/1").out


def test_an_unknown_form_is_a_clear_refusal(suifang: Suifang) -> None:
    said = suifang("rulebook", "show", "fortune", "--json")
    assert (said.status, said.json["code"]) == (1, "unknown_form")


def test_the_apis_description_is_openapi_3_1(suifang: Suifang) -> None:
    assert suifang("openapi").json["openapi"].startswith("3.1")


def test_a_database_that_is_not_there_is_a_clear_refusal(suifang: Suifang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    said = suifang("migrate", "--json")
    assert (said.status, said.json["code"]) == (1, "database_unavailable")


@pytest.mark.parametrize("name", [name for section in SECTIONS.values() for name in section])
def test_each_verb_has_a_manual_and_the_two_common_options(name: str) -> None:
    for command in leaves(name):
        assert command.help
        assert len(command.help) > 60
        assert {"data", "as_json"} <= {option.name for option in command.params}


def leaves(name: str) -> list[click.Command]:
    assert isinstance(main, Verbs)
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return list(command.commands.values()) if isinstance(command, click.Group) else [command]
