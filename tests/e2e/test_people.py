"""Who is who: a newcomer who may be known already, details changed on two phones at once, a move and its way back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e import album
from tests.e2e.baddays import at_the_town
from tests.e2e.conftest import MakePhone
from tests.e2e.day import first_day, login, pick, send_now
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

FIRST_DOOR = re.compile("1组 1号")


def in_the_first_group(page: Page) -> None:
    """People → the first village → its first group."""
    page.goto("/app/people")
    page.get_by_role("link", name="东坡村").click()
    page.get_by_role("link", name="1组").first.click()


def behind_the_first_door(page: Page) -> str:
    """Opens the first person of the first household; answers the name."""
    in_the_first_group(page)
    page.get_by_role("link", name=FIRST_DOOR).first.click()
    expect(page.get_by_role("heading", name="家里人")).to_be_visible()
    page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="以前的事")).to_be_visible()
    return str(page.get_by_role("heading", level=1).evaluate("h => h.firstChild.textContent"))


def adds_a_household_with_one(page: Page) -> None:
    """Door 99 of the first group, and someone behind it whose ID number is first typed wrong; ends on the new page."""
    in_the_first_group(page)
    page.get_by_role("link", name="加一户").click()
    page.get_by_label("门牌号").fill("99")
    page.get_by_role("button", name="记下").click()
    page.get_by_role("link", name="加家里人").click()
    page.get_by_label("姓名").fill("欧阳试试")
    page.get_by_text("电话、身份证和别的").click()
    page.get_by_label("身份证号").fill("110101198805020021")
    expect(page.get_by_text("最后一位对不上")).to_be_visible()
    page.get_by_label("身份证号").fill("11010519491231002x")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("heading", name="以前的事")).to_be_visible()
    expect(page.get_by_text("新加的")).to_be_visible()
    expect(page.get_by_text("002X")).to_be_visible()


def test_a_newcomer_is_added_offline_unless_she_is_there_already(working_phone: Phone) -> None:
    page = working_phone.page
    working_phone.go_offline()
    known = behind_the_first_door(page)

    page.goto("/app/people")
    page.get_by_label("找人").fill(known)
    page.get_by_role("link", name="都不是，加个新人").click()
    expect(page.get_by_label("姓名")).to_have_value(known)
    maybe = page.get_by_role("region", name="看看是不是已经有了")
    maybe.get_by_role("link", name=FIRST_DOOR).click()
    expect(page.get_by_role("heading", level=1, name=known)).to_be_visible()

    adds_a_household_with_one(page)
    address = page.url

    working_phone.go_online()
    send_now(page)
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name="欧阳试试")).to_be_visible()
    page.goto("/app/people?q=oyss")
    expect(page.get_by_role("link", name="欧阳试试")).to_contain_text("1组 99号")


def the_other_changes_and_sends(second: Page, address: str) -> None:
    second.goto(f"{address}/edit")
    second.get_by_label("电话").fill("13900002222")
    second.get_by_label("备注").fill("住村口小楼")
    second.get_by_role("button", name="记下").click()
    expect(second.get_by_role("heading", name="以前的事")).to_be_visible()
    send_now(second)


def test_what_two_phones_change_at_once_comes_in_around_what_she_is_typing(
    live_server: LiveServer, make_phone: MakePhone
) -> None:
    hers, other = make_phone("director"), make_phone("technician")
    page = first_day(hers, login(live_server, "director"))
    colleague = login(live_server, "technician")
    second = first_day(other, colleague)
    behind_the_first_door(page)
    address = page.url

    hers.go_offline()
    page.get_by_role("link", name="改资料").click()
    pick(page, "婚姻状况", "离婚")
    page.get_by_role("button", name="记下").click()
    page.get_by_role("link", name="改资料").click()
    page.get_by_label("电话").fill("13900001111")

    the_other_changes_and_sends(second, address)

    hers.go_online()
    expect(page.get_by_label("备注")).to_have_value("住村口小楼")
    expect(page.get_by_label("电话")).to_have_value("13900001111")
    expect(page.get_by_text("刚被别人改成了 2222")).to_be_visible()
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("button", name="改成 1111")).to_be_visible()
    expect(page.get_by_role("button", name="2222").filter(has_text=f"{colleague['name']}改的")).to_be_visible()
    album.keep(page, "one-person-on-two-phones")

    send_now(page)
    page.goto(address)
    page.get_by_role("button", name="改成 1111").click()
    page.get_by_role("button", name="改回去").click()
    expect(page.get_by_role("button", name="从 1111 改成 2222")).to_be_visible()
    assert at_the_town(live_server.data, address.rpartition("/")[2], "person") >= 3


def test_she_moves_to_another_door_and_back(working_phone: Phone) -> None:
    page = working_phone.page
    behind_the_first_door(page)
    working_phone.go_offline()
    page.get_by_role("link", name="搬家").click()
    page.get_by_label("门牌号").fill("2")
    expect(page.get_by_text("就记在这一户")).to_be_visible()
    page.get_by_role("button", name="搬到这里").click()
    moved = page.get_by_role("button", name="改成 1组 2号")
    expect(moved).to_contain_text("还在手机上")
    expect(page.get_by_role("link", name="1组 2号")).to_be_visible()
    moved.click()
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_role("link", name=FIRST_DOOR)).to_be_visible()
    expect(moved).to_be_hidden()


def test_the_list_is_narrowed_by_ticks_and_back_brings_it_again(working_phone: Phone) -> None:
    page = working_phone.page
    page.goto("/app/people")
    page.get_by_label("流出").click()
    pick_service = page.get_by_label("哪项服务")
    expect(page.get_by_role("status").filter(has_text="找到")).to_be_visible()
    page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").click()
    expect(page.get_by_text("流出").first).to_be_visible()
    page.go_back()
    expect(page.get_by_label("流出")).to_be_checked()
    pick_service.select_option(label="转诊")
    expect(page.get_by_text("没有这样的人")).to_be_visible()
