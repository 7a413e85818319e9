"""From the printed slip to the first recorded visit."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import MakePhone
from tests.e2e.day import at_the_desk, badge, login, pick, register, sign_in
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer


def slip_for(desk: Phone, worker: str) -> dict[str, Any]:
    """What the desk prints: the code and the check mark of the server's keys."""
    made = desk.page.request.post("/api/phones/codes", data={"worker": worker}, headers={"X-Suifang": "1"})
    assert made.ok, made.text()
    return made.json()


def test_the_slip_leads_to_a_recorded_visit_and_its_check_mark_is_on_the_phone(
    live_server: LiveServer, make_phone: MakePhone, desk: Phone
) -> None:
    at_the_desk(desk, login(live_server, "station"))
    director = login(live_server, "director")
    slip = slip_for(desk, director["worker"])
    page = make_phone("new").open()
    sign_in(page, director)
    register(page, slip["code"])

    mark = page.get_by_role("region", name="核对码").get_by_text(re.compile(r"^[A-Z2-7]{4} [A-Z2-7]{4}$"))
    expect(mark).to_have_text(f"{slip['fingerprint'][:4]} {slip['fingerprint'][4:]}")
    expect(page.get_by_text("名单都取好了")).to_be_visible()
    page.get_by_role("button", name="和纸条一样，开始").click()

    page.locator("main a[href*='/visit/']").first.click()
    pick(page, "见到了吗", "没在家")
    page.get_by_role("button", name="下一步：下次").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()
    expect(badge(page)).to_have_accessible_name("镇里收到 同步")
