"""A line that keeps breaking, and browsers that cannot: it still gets there, or says in words why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.e2e.conftest import MakePhone
from tests.e2e.day import badge, login, pick, register, sign_in
from tests.e2e.line import BadLine
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

CUT_AFTER = 90_000  # bytes; 50 kbit/s for 30 s carry 187,500


@pytest.fixture
def bad_line(live_server: LiveServer) -> Iterator[BadLine]:
    line = BadLine(live_server.port, CUT_AFTER)
    yield line
    line.close()


def open_whatever_it_takes(phone: Phone) -> Page:
    """What she does: tries again until the sign-in is there."""
    for _ in range(10):
        try:
            phone.page.goto("/app/")
        except Error:
            continue
        here = phone.page.locator("#start-cut:not([hidden]), input[name=username]")
        missing = phone.page.get_by_role("button", name="再试一次")  # of the app, where only a part of it came
        here.or_(missing).or_(phone.page.get_by_role("heading", name="随访没打开")).first.wait_for()
        if phone.page.get_by_label("用户名").is_visible():
            return phone.page
    raise AssertionError("it never opened")


def test_a_first_day_over_a_line_that_keeps_breaking(
    live_server: LiveServer, bad_line: BadLine, make_phone: MakePhone
) -> None:
    director = login(live_server, "director")
    phone = make_phone("far", url=bad_line.url)
    page = open_whatever_it_takes(phone)
    until_done(page, director)
    phone.wait_until_installed()
    page.locator("main a[href*='/visit/']").first.click()
    pick(page, "见到了吗", "没在家")
    page.get_by_role("button", name="下一步：下次").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(badge(page)).to_have_accessible_name("镇里收到 同步")
    assert bad_line.cuts >= 2


def until_done(page: Page, who: dict[str, Any]) -> None:
    """Sign in and register; a broken answer is asked for again by the same tap."""
    sign_in(page, who)
    page.get_by_label("登记码").or_(page.get_by_role("alert")).first.wait_for()
    if page.get_by_role("alert").is_visible():
        page.get_by_role("button", name="登录").click()
    register(page, who["phone_code"])
    page.get_by_role("button", name="和纸条一样，开始").click()
    today, again = page.get_by_role("heading", name="今日"), page.get_by_role("button", name="再试一次")
    for _ in range(8):  # a page whose file the line cut off says so and offers to try again
        today.or_(again).first.wait_for()
        if today.is_visible():
            return
        again.click()
        page.wait_for_load_state()
    expect(today).to_be_visible()


def test_a_browser_that_is_too_old_is_told_what_to_install(phone: Phone) -> None:
    phone.context.add_init_script("delete String.prototype.replaceAll")
    page = phone.open()
    expect(page.get_by_role("heading", name="这个浏览器太旧，打不开随访")).to_be_visible()
    expect(page.get_by_text("请装新的 Chrome、Edge 或手机自带浏览器")).to_be_visible()


@pytest.mark.parametrize("script", ["assets/first-*.js", "start.js"])
def test_a_script_that_did_not_come_is_the_lines_fault_and_can_be_tried_again(phone: Phone, script: str) -> None:
    phone.context.route(f"**/app/{script}", lambda route: route.abort())
    page = phone.open()
    expect(page.get_by_role("heading", name="网断了一下，没打开")).to_be_visible()
    phone.context.unroute(f"**/app/{script}")
    page.get_by_role("link", name="再试一次").click()
    expect(page.get_by_label("用户名")).to_be_visible()
