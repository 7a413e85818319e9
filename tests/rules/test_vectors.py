"""The server's rules pass the vectors; pwa/src/rules/vectors.test.ts sits the same exam."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from server.rules import (
    book,
    consent,
    dates,
    digest,
    document,
    episodes,
    forms,
    idnumber,
    indicator,
    masks,
    method,
    otherdays,
    schedule,
    stock,
)
from tests.rules.exam import VECTORS, sits

BOOK = book.load()
CLEAR: dict[str, Any] = json.loads((VECTORS / "us_mec.json").read_text("utf-8"))["clear"]


@sits("forms", "programmes")
def test_answers_get_their_remarks(case: Any) -> None:
    form, answers = BOOK.versions[f"{case['form']}/{case.get('version', 1)}"], case["answers"]
    found = forms.check(form, answers, case["today"], case["role"], case.get("birth"))
    assert [[f.field, f.code, f.level, f.rule] for f in found] == case["findings"]
    if "visible" in case:
        assert forms.visible(form, answers, case["role"]) == case["visible"]
    if "referrals" in case:
        assert [rule["id"] for rule in forms.referrals(form, answers, case["role"])] == case["referrals"]


@sits("schedules", "programmes_due")
def test_what_is_due(case: Any) -> None:
    items = [asdict(item) for item in schedule.due_items(BOOK.schedules, case["records"], case["today"])]
    seen: list[dict[str, Any]] = [item | {"why": item["why"]["zh"]} for item in items]
    wanted = [item["schedule"] for item in case["due"]]
    assert [item["schedule"] for item in seen] == wanted
    assert [{key: item[key] for key in want} for item, want in zip(seen, case["due"], strict=True)] == case["due"]


@sits("county_days")
def test_what_is_due_where_the_county_set_other_days(case: Any) -> None:
    here = otherdays.overlaid(BOOK.schedules, case["changes"])
    items = [asdict(item) for item in schedule.due_items(here, case["records"], case["today"])]
    assert [[item[key] for key in ("record", "due", "opens", "closes", "expires")] for item in items] == case["due"]


@sits("consent")
def test_where_she_stands(case: Any) -> None:
    assert consent.standing(case["records"], case["today"]) == case["standing"]


@sits("episodes")
def test_a_pregnancy_as_her_records_tell_it(case: Any) -> None:
    told = [asdict(one) for one in episodes.of(BOOK.forms["anc"], case["records"], case["today"])]
    assert json.loads(json.dumps(told)) == case["episodes"]


@sits("methods")
def test_the_current_method(case: Any) -> None:
    assert method.current(case["records"], case["today"]) == case["method"]


@sits("dates")
def test_the_days_a_value_can_mean(case: Any) -> None:
    assert [dates.earliest(case["value"]), dates.latest(case["value"])] == [case["earliest"], case["latest"]]


@sits("ages")
def test_completed_years(case: Any) -> None:
    assert dates.age(case["birth"], case["on"]) == case["age"]


@sits("canonical")
def test_there_is_one_way_to_write_a_value(case: Any) -> None:
    if case["canonical"] is None:
        with pytest.raises(digest.NotCanonical):
            digest.canonical(case["value"])
    else:
        assert digest.canonical(case["value"]).decode() == case["canonical"]


@sits("digests")
def test_the_digest_of_an_event(case: Any) -> None:
    assert digest.digest(bytes.fromhex(case["salt"]), case["event"]).hex() == case["digest"]


@sits("id_numbers")
def test_what_an_identity_number_says(case: Any) -> None:
    value = case["value"]
    assert [idnumber.fault(value), idnumber.birth(value), idnumber.sex(value)] == [
        case["fault"],
        case["birth"],
        case["sex"],
    ]


@sits("masks")
def test_what_a_mask_shows(case: Any) -> None:
    masked = {"name": masks.name, "phone": masks.phone, "id_number": masks.id_number, "id_last4": masks.id_last4}
    assert masked[case["of"]](case["value"]) == case["shown"]


@sits("rates")
def test_a_rate_is_rounded_half_up(case: Any) -> None:
    assert indicator.rate(case["part"], case["whole"], case["scale"]) == case["rate"]


@sits("us_mec")
def test_each_row_of_the_medical_criteria(case: Any) -> None:
    [row] = [row for row in BOOK.criteria["rows"] if row["id"] == case["row"]]
    assert (row["chc"], row["pop"]) == (case["chc"], case["pop"])
    found = forms.check(BOOK.forms["pill_screen"], CLEAR | case["answers"], "2026-12-01", "technician")
    assert (found == []) is case["pill_today"]
    assert {(one.code, one.field) for one in found} <= {("refer", row.get("question"))}
    assert case["stricter"] == (not case["pill_today"] and row["chc"] in ("1", "2"))


@sits("stock")
def test_the_ledger_adds_up(case: Any) -> None:
    found = stock.ledger(BOOK.stock, case["records"])
    assert [[list(row.at), row.usable, row.set_aside] for row in found.balances] == case["balances"]
    assert [[row.record, list(row.at), row.book, row.counted] for row in found.differences] == case["differences"]
    assert [list(one) for one in stock.taken_again(case["records"])] == case.get("again", [])
    if "want" in case:
        proposed = stock.propose(found.balances, *case["want"], case["today"])
        assert [[list(lot), amount] for lot, amount in proposed] == case["proposed"]


@sits("documents")
def test_what_the_code_of_a_document_says(case: Any) -> None:
    if "document" in case:
        assert document.text_of(case["document"]) == case["text"]
        assert document.number_of(case["document"]["record"]) == case["document"]["number"]


@sits("lots")
def test_what_is_said_of_a_lot(case: Any) -> None:
    said = stock.judge(BOOK.stock, case["expiry"], case["today"], clock_in_doubt=case["clock_in_doubt"])
    assert said == case["says"]
