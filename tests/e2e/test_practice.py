"""Practice: a fake village that is marked on every screen and of which nothing is ever sent."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.day import pick
from tests.e2e.phones import Phone

BAND = "练习：这是假的村子，什么都不会发出去"


def test_what_is_practised_is_never_sent_and_is_gone_afterwards(working_phone: Phone) -> None:
    page = working_phone.page
    page.goto("/app/settings")
    page.get_by_role("button", name="先练一练").click()
    expect(page.get_by_text(BAND)).to_be_visible()
    sent: list[str] = []
    working_phone.context.on("request", lambda one: sent.append(one.url) if one.method != "GET" else None)

    page.get_by_role("link", name="苹果", exact=False).last.click()
    expect(page.get_by_text(BAND)).to_be_visible()
    pick(page, "见到了吗", "没在家")
    page.get_by_role("button", name="下一步：下次").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_text("练了 1 条，不外发")).to_be_visible()
    page.get_by_role("link", name="不外发").click()
    expect(page.get_by_text("练了 1 条", exact=True)).to_be_visible()
    assert [url for url in sent if "/api/" in url] == []

    page.get_by_role("button", name="回真的村子").click()
    expect(page.get_by_text(BAND)).to_have_count(0)
    page.get_by_role("navigation", name="主要页面").get_by_role("link").last.click()
    expect(page.get_by_text("都发完了，手机上没有剩")).to_be_visible()
    assert (
        page.evaluate("async () => (await indexedDB.databases()).some((db) => db.name === 'suifang-practice')") is False
    )


def test_one_can_practise_before_the_first_sign_in_without_a_network(phone: Phone) -> None:
    phone.open().get_by_role("textbox").first.wait_for()
    phone.wait_until_installed()
    phone.go_offline()
    phone.page.get_by_role("button", name="先练一练").click()
    expect(phone.page.get_by_role("link", name="2组 7号 葡萄家")).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_label("用户名")).to_be_visible()
