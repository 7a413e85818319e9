"""A village of five thousand: it is fetched, found in, and worked in like any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from benchmarks.handset import township
from benchmarks.server import Deployment
from tests.e2e import album
from tests.e2e.baddays import SENT, at_the_town, save
from tests.e2e.day import badge, first_day, pick
from tests.e2e.phones import Phone


@pytest.mark.long
def test_a_village_of_five_thousand_is_fetched_searched_and_visited(
    playwright: Playwright, chromium: str, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    deployment = Deployment(tmp_path / "data")
    who = township.found(deployment, township.LARGE_VILLAGE, list(township.VILLAGES)[:1])
    phone = Phone(playwright, chromium, tmp_path / "phone", f"http://localhost:{deployment.ports[0]}").switch_on()
    try:
        page = first_day(phone, who)
        page.goto("/app/people")
        expect(page.get_by_role("heading", level=1)).to_contain_text("5000 人")
        page.get_by_role("searchbox").fill("王")
        album.keep(page, "large-village")
        page.locator("main a[href*='/person/']").first.click()
        page.get_by_role("link", name="开始访视").click()
        person = page.url.partition("/visit/")[2].partition("/")[0]
        before = at_the_town(tmp_path / "data", person)
        pick(page, "见到了吗", "没在家")
        page.get_by_role("button", name="下一步：下次").click()
        save(page).click()
        expect(badge(page)).to_have_accessible_name(SENT)
        assert at_the_town(tmp_path / "data", person) == before + 1
    finally:
        phone.switch_off()
        deployment.stop()
