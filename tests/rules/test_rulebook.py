"""What the shipped forms, schedules and texts promise."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from server.rules import book, forms
from tests.parity.asking import node

BOOK = book.load()
ROOT = Path(__file__).resolve().parent.parent.parent
FIELDS = [(form["id"], field) for form in BOOK.forms.values() for field in form["fields"]]
DIRECTOR = [(form, field) for form, field in FIELDS
            if "director" in BOOK.forms[form]["writers"] and "director" in field.get("roles", ["director"])]  # fmt: skip
SCHEDULES: dict[str, Any] = {schedule["id"]: schedule for schedule in BOOK.schedules}


def texts(value: Any) -> list[str]:
    """Every text below a value, keys and codes too."""
    if isinstance(value, dict):
        return [*value, *(text for inner in value.values() for text in texts(inner))]
    return (
        [text for inner in value for text in texts(inner)]
        if isinstance(value, list)
        else [value]
        if isinstance(value, str)
        else []
    )


@pytest.mark.parametrize(
    "word",
    ["怀孕", "孕情", "末次月经", "月经", "备孕", "想要孩子", "lmp", "pregnan", "last period", "menses", "menstrua"],
)
def test_a_directors_form_asks_no_suspected_pregnancy_wish_for_one_or_last_period(word: str) -> None:
    asked = [text.lower() for _, field in DIRECTOR for text in texts(field)]
    assert not [text for text in asked if word in text]


def test_nobody_is_asked_why_she_declines() -> None:
    for form in BOOK.forms.values():
        declined = {"declined": True, "presence": "met", "decision": "declined", "purpose": "supply"}
        asked = forms.visible(
            form, declined if form["id"] != "referral" else {"step": "closed", "close_reason": "refused"}
        )
        assert not [key for key in asked if "reason" in key and key != "close_reason"]


def test_a_consent_withdrawn_or_declined_asks_no_reason() -> None:
    assert not [field["key"] for field in BOOK.forms["consent"]["fields"] if "reason" in field["key"]]


def test_nothing_blocks_condoms() -> None:
    supply = BOOK.forms["contraceptive_supply"]
    for role in supply["writers"]:
        found = forms.check(supply, {"item": "condom", "qty": 9999}, "2026-11-01", role)
        assert not [finding for finding in found if finding.level == "error" or finding.code == "refer"]


def test_a_years_usual_amount_is_a_soft_note() -> None:
    given = {"id": "a", "form": "contraceptive_supply", "occurred_on": "2026-03-01", "status": "live",
             "answers": {"item": "condom", "qty": 110}}  # fmt: skip
    supply, now = BOOK.forms["contraceptive_supply"], {"item": "condom", "qty": 20}
    [(note, total)] = forms.year_notes(supply, now, [given], "2026-11-01")
    assert (note["id"], total) == ("condoms_year", 130)
    assert forms.check(supply, now, "2026-11-01", "director") == []


def test_last_years_hand_outs_are_not_counted() -> None:
    given = {"id": "a", "form": "contraceptive_supply", "occurred_on": "2025-12-31", "status": "live",
             "answers": {"item": "condom", "qty": 110}}  # fmt: skip
    assert (
        forms.year_notes(BOOK.forms["contraceptive_supply"], {"item": "condom", "qty": 20}, [given], "2026-11-01") == []
    )


def test_quota_is_no_reason_for_giving_nothing() -> None:
    [field] = [field for form, field in FIELDS if form == "contraceptive_supply" and field["key"] == "no_supply"]
    assert "quota" not in [option["code"] for option in field["options"]]


@pytest.mark.parametrize(("form", "role", "feed"), [
    ("household_visit", "director", "common"), ("consent", "technician", "common"),
    ("contraceptive_supply", "technician", "common"),
    ("contraceptive_followup", "director", "common"), ("contraceptive_followup", "technician", "clinical"),
    ("contraceptive_followup", "import", "common"), ("contraceptive_followup", "station", "common"),
    ("referral", "director", "common"), ("referral", "liaison", "common"), ("referral", "technician", "clinical"),
    ("referral", "county", "clinical"), ("household_visit", "__proto__", "clinical"),
])  # fmt: skip
def test_who_may_read_what_a_role_wrote(form: str, role: str, feed: str) -> None:
    assert forms.audience(BOOK.forms[form], role) == feed


@pytest.mark.parametrize(("role", "birth", "may"), [
    ("director", "2008-11-02", False), ("director", "2008-11-01", True), ("technician", "2012-01-01", True),
    ("director", None, True), ("station", "1990-01-01", False),
])  # fmt: skip
def test_under_eighteen_there_is_no_directors_form(role: str, birth: str | None, may: bool) -> None:
    assert forms.may_write(BOOK.forms["contraceptive_followup"], role, birth, "2026-11-01") is may


def test_every_purpose_has_five_short_sentences_in_both_languages() -> None:
    for versions in BOOK.consent_texts.values():
        for text in versions:
            assert len(text["zh"]) == len(text["en"]) == 5
            assert max(map(len, text["zh"])) <= 26


def test_every_consent_text_says_that_a_no_costs_nothing_and_can_come_later() -> None:
    for versions in BOOK.consent_texts.values():
        for text in versions:
            assert text["zh"][3].startswith("不愿意也没事")
            assert text["zh"][4].startswith("以后改主意")


def test_every_schedule_rests_a_year_after_a_decline() -> None:
    assert {s["decline"]["rest_days"] for s in SCHEDULES.values() if s["kind"] == "record"} == {365}
    assert {s["decline"]["status"] for s in SCHEDULES.values() if s["kind"] == "record"} == {"L"}


@pytest.mark.parametrize(("schedule", "days"), [
    ("iud_who", [(21, 42, 49)]), ("inj_3m", [(84, 85, 112)]), ("inj_2m", [(56, 57, 84)]),
    ("pill", [(84, 85, 92), (365, 366, 373)]), ("ster_f", [(7, 14, 28)]), ("ster_m", [(84, 91, 98)]),
])  # fmt: skip
def test_the_days_of_the_world_health_organisation_are_as_it_has_them(
    schedule: str, days: list[tuple[int, int, int]]
) -> None:
    own = SCHEDULES[schedule]
    steps = [*own["steps"], *([own["then"]] if "then" in own else [])]
    assert [(step["due"], step["overdue"], step["expire"]) for step in steps] == days


def test_the_chinese_routine_for_an_iud_is_the_active_one() -> None:
    assert [step["due"] for step in SCHEDULES["iud_cn"]["steps"]] == [30, 90, 180, 365]
    assert [SCHEDULES[name]["active"] for name in ("iud_cn", "iud_who", "iud_fpc")] == [True, False, False]


def test_a_note_says_neither_form_nor_method() -> None:
    said = " ".join(texts(SCHEDULES["note"]["why"])).lower()
    named = [
        text
        for form in BOOK.forms.values()
        for field in form["fields"]
        for option in field.get("options", [])
        for text in (option["zh"],)
    ]
    assert not [text for text in named if len(text) > 1 and text in said]


def test_the_phones_copy_of_the_rulebook_is_fresh() -> None:
    script = ROOT / "pwa" / "scripts" / "rulebook.mjs"
    done = subprocess.run([node(), str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_file_is_written_in_plain_characters() -> None:
    for path in book.HOME.rglob("*.json"):
        assert "\\u" not in path.read_text("utf-8")
        json.loads(path.read_text("utf-8"))
