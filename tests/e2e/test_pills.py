"""Every branch of the questions before a pill, on a director's and on a technician's phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from server.rules import book
from tests import cast
from tests.e2e.conftest import MakePhone
from tests.e2e.day import first_day, pick, section
from tests.e2e.server import LiveServer

pytestmark = pytest.mark.long

FORM = book.shipped().forms["pill_screen"]
CLEAR, NOT_TODAY = "都问过了，可以发", "今天先不发这种药，先发避孕套"
FIRST = ("age_smoke", "high_bp", "clot_stroke_heart", "migraine", "breast_cancer", "liver", "diabetes", "gallbladder",
         "drugs", "surgery", "postpartum", "lupus_kidney", "bleeding")  # fmt: skip
AGAIN = ("new_illness", "severe_headache", "leg_pain", "chest", "vision", "jaundice")
DANGER = AGAIN[1:]
SOON = {"routine": "不急", "soon": "尽快", "emergency": "马上"}

Opened = Callable[[str], Locator]


def words(key: str) -> str:
    return next(field["zh"] for field in FORM["fields"] if field["key"] == key)


def option(key: str, code: str) -> str:
    field = next(field for field in FORM["fields"] if field["key"] == key)
    return next(one["zh"] for one in field["options"] if one["code"] == code)


def answer(asked: Locator, key: str, code: str) -> None:
    pick(asked, words(key), option(key, code))


def urgency(key: str, code: str) -> str:
    """The most urgent of the rules that this answer calls."""
    called = [rule["urgency"] for rule in FORM["rules"] if rule["field"] == key and said_by(rule["when"], key, code)]
    return SOON[max(called, key=list(SOON).index)]


def said_by(when: Any, key: str, code: str) -> bool:
    return any(
        cond["field"] == key and code in cond.get("is", []) for cond in (when if isinstance(when, list) else [when])
    )


@pytest.fixture
def pill(shared_server: LiveServer, shared_phones: MakePhone) -> Iterator[Opened]:
    """Her hand-out of a combined pill on a role's phone, at the questions: `pill("director")`."""

    def opened(role: str) -> Locator:
        phone = shared_phones(role)
        first_day(phone, cast.with_new_code(shared_server, cast.login(shared_server, role)))
        her = cast.agreed(shared_server.data, cast.director(shared_server)["areas"], "supply", "service_record")
        page = phone.open(f"/app/visit/{her}/did?do=supply")
        pick(page, "发什么", "别的")
        pick(page, "别的什么", "短效口服药（21 片）")
        return section(page, "吃药前问一问")

    yield opened


def stands(asked: Locator, how: str) -> None:
    """No pill today, condoms at a tap, and a referral as urgent as that."""
    page = asked.page
    expect(asked.get_by_text(NOT_TODAY)).to_be_visible()
    expect(page.get_by_role("button", name="先发避孕套")).to_be_visible()
    expect(section(page, "转诊").get_by_role("radio", name=how)).to_be_checked()
    expect(asked.get_by_role("link", name="打 120")).to_have_count(1 if how == SOON["emergency"] else 0)
    expect(page.get_by_label("发几个", exact=True)).to_have_count(0)


def is_clear(asked: Locator) -> None:
    expect(asked.get_by_text(CLEAR)).to_be_visible()
    expect(asked.page.get_by_label("发几个", exact=True).last).to_be_visible()


def each_answer_and_back(asked: Locator, keys: tuple[str, ...]) -> None:
    for key in keys:
        for code in ("yes", "unknown"):
            answer(asked, key, code)
            stands(asked, urgency(key, code))
        answer(asked, key, "no")
        is_clear(asked)


def pressure(asked: Locator, high: int, low: int) -> None:
    asked.get_by_label(words("bp_sys")).fill(str(high))
    asked.get_by_label(words("bp_dia")).fill(str(low))


def test_a_director_who_gives_more_of_the_same_pill_meets_every_branch(pill: Opened) -> None:
    asked = pill("director")
    for key in AGAIN:
        answer(asked, key, "no")
    expect(asked.get_by_text(CLEAR)).to_have_count(0)
    answer(asked, "talk", "no")
    is_clear(asked)
    each_answer_and_back(asked, AGAIN)
    answer(asked, "talk", "yes")
    is_clear(asked)
    expect(section(asked.page, "转诊").get_by_role("radio", name="不急")).to_be_checked()
    answer(asked, "talk", "no")
    answer(asked, "bp_done", "cannot")
    is_clear(asked)


def test_a_technician_who_gives_a_first_pill_meets_every_branch(pill: Opened) -> None:
    asked = pill("technician")
    answer(asked, "kind", "first")
    for code in ("yes", "unknown"):
        answer(asked, "preg_sign", code)
        expect(asked.get_by_text(NOT_TODAY)).to_be_visible()
        expect(asked.get_by_role("group", name=words("preg_check"))).to_have_count(0)
    answer(asked, "preg_sign", "no")
    for key in FIRST:
        answer(asked, key, "no")
    answer(asked, "preg_check", "none")
    answer(asked, "bp_done", "measured")
    pressure(asked, 118, 76)
    expect(asked.get_by_text(NOT_TODAY)).to_be_visible()
    for code in ("preg_menses7", "preg_abstain", "preg_method", "preg_abort7", "preg_birth4w", "preg_lam"):
        answer(asked, "preg_check", code)
        is_clear(asked)
        answer(asked, "preg_check", "none")
        expect(asked.get_by_text(NOT_TODAY)).to_be_visible()
    answer(asked, "preg_check", "preg_menses7")
    is_clear(asked)
    each_answer_and_back(asked, FIRST)
    every_pressure(asked)


def every_pressure(asked: Locator) -> None:
    """Under and at each limit; without a reading there is no first pill."""
    for high, low, how in ((139, 89, ""), (140, 89, "soon"), (159, 99, "soon"), (160, 80, "emergency"), (120, 90, "soon"),
                           (120, 100, "emergency")):  # fmt: skip
        pressure(asked, high, low)
        if how:
            stands(asked, SOON[how])
        else:
            is_clear(asked)
    pressure(asked, 118, 76)
    is_clear(asked)
    answer(asked, "bp_done", "cannot")
    stands(asked, "不急")
