"""A director's day at the doors and a clerk's at the desk, each short."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import cast
from tests.e2e.conftest import MakePhone
from tests.e2e.day import (
    at_the_desk,
    badge,
    change_telephone,
    first_day,
    open_person,
    pick,
)  # fmt: skip
from tests.e2e.server import LiveServer


def test_a_directors_day_goes_from_todays_first_door_to_the_towns_receipt(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    phone = shared_phones("director")
    page = first_day(phone, cast.with_new_code(shared_server, cast.director(shared_server)))
    phone.go_offline()
    link = page.locator("main a[href*='/visit/']").first
    her = str(link.get_attribute("href")).rpartition("/")[2]
    link.click()
    pick(page, "见到了吗", "没在家")
    page.get_by_role("button", name="下一步：下次").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()
    name = open_person(phone, her)
    change_telephone(page, "19912345678")
    page.goto("/app/people")
    page.get_by_role("searchbox").fill(name)
    expect(page.locator(f"main a[href$='/person/{her}']")).to_be_visible()
    phone.go_online()
    expect(badge(page)).to_have_accessible_name("镇里收到 同步")


def test_a_clerks_day_finds_a_person_decides_an_item_and_makes_a_code(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    desk = shared_phones("clerk", width=1280, height=800)
    page = at_the_desk(desk, cast.clerk(shared_server))
    page.goto("/app/desk/villages")
    expect(page.get_by_role("row")).not_to_have_count(0)
    page.goto("/app/desk/people")
    page.get_by_role("searchbox").fill("王")
    page.keyboard.press("Enter")
    page.locator("main a[href*='/desk/person/']").first.click()
    expect(page.get_by_text("打开这一页已记入查看记录。")).to_be_visible()
    page.goto("/app/desk/inbox")
    page.get_by_role("button", name="的电话").first.click()
    page.get_by_role("button", name="留", exact=False).first.click()
    expect(page.get_by_role("status")).to_contain_text("两个写法都还在")
    page.goto("/app/desk/phones")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
