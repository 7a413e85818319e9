"""A day of each: the director at the doors, the liaison in the township, the technician, the clerk at the desk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests import cast
from tests.e2e import album
from tests.e2e.baddays import SENT, at_the_town
from tests.e2e.conftest import MakePhone
from tests.e2e.day import (
    at_the_desk,
    badge,
    change_telephone,
    first_day,
    open_person,
    pick,
    say_yes,
    section,
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
    expect(badge(page)).to_have_accessible_name(SENT)
    assert at_the_town(shared_server.data, her) == 1


def test_a_liaisons_day_adds_who_moved_in_and_refers_her_and_keeps_her_on_the_phone(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    phone = shared_phones("liaison")
    page = first_day(phone, cast.new_liaison(shared_server))
    page.goto("/app/people")
    expect(page.locator("main a[href*='/village/']")).to_have_count(16)
    album.keep(page, "liaison-people")
    page.get_by_role("searchbox").fill("阿依古丽")
    page.get_by_role("link", name="加个新人").click()
    expect(page.get_by_role("group", name="常住还是流动").get_by_label("流入")).to_be_checked()
    expect(page.get_by_label("姓名")).to_have_value("阿依古丽")
    pick(page, "性别", "女")
    page.get_by_label("哪个村").select_option(label="西坡村")
    page.get_by_label("门牌号").fill("88")
    album.keep(page, "liaison-newcomer")
    page.get_by_role("button", name="记下").click()
    page.get_by_role("link", name="记服务").click()
    pick(page, "今天做了什么", "转给技术员")
    deed = section(page, "转诊")
    deed.get_by_role("button", name="去问她").click()
    say_yes(page, witness="林青")
    pick(deed, "急不急", "不急")
    deed.get_by_label("为了什么").fill("想做一次检查")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(badge(page)).to_have_accessible_name(SENT)
    person = page.url.rpartition("done=")[2]
    assert at_the_town(shared_server.data, person, "referral") == 1
    page.goto("/app/people?q=aygl")
    expect(page.get_by_role("link", name="阿依古丽")).to_contain_text("西坡村")


def test_a_liaison_whose_list_is_empty_is_told_so_and_adds_the_first_person(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    phone = shared_phones("first-of-all")
    page = first_day(phone, cast.new_liaison(shared_server, cast.empty_township(shared_server)))
    page.goto("/app/people")
    expect(page.get_by_text("名单里还没有人")).to_be_visible()
    expect(
        page.get_by_role("heading", name="按组找").or_(page.get_by_role("link", name="柳林村")).first
    ).to_be_visible()
    album.keep(page, "empty-list")
    page.get_by_role("main").get_by_role("link", name="加个新人").click()
    page.get_by_label("姓名").fill("何秋菊")
    page.get_by_label("门牌号").fill("3")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("heading", name="以前的事")).to_be_visible()
    person = page.url.rpartition("/")[2]
    expect(badge(phone.open())).to_have_accessible_name(SENT)
    assert at_the_town(shared_server.data, person, "person") == 1


def test_a_technicians_day_records_a_service_and_no_visit(shared_server: LiveServer, shared_phones: MakePhone) -> None:
    phone = shared_phones("technician")
    page = first_day(phone, cast.with_new_code(shared_server, cast.technician(shared_server)))
    page.locator("main a[href*='/visit/']").first.click()
    person = page.url.partition("/visit/")[2].partition("/")[0]
    pick(page, "今天做了什么", "问用药")
    section(page, "问用药").get_by_label("现在用什么").select_option(label="避孕套")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(badge(page)).to_have_accessible_name(SENT)
    assert at_the_town(shared_server.data, person, "contraceptive_followup") == 1


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


def test_what_the_clerk_writes_into_a_bag_is_offered_on_the_directors_phone(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    page = at_the_desk(shared_phones("bag-clerk", width=1280, height=800), cast.clerk(shared_server))
    page.goto("/app/desk/workers")
    name = cast.director(shared_server)["name"]
    page.get_by_role("button", name=f"改{name}的").press("Enter")
    page.locator("summary", has_text="包里的药具").press("Enter")
    writes_a_line(page, "外用凝胶", "G2611", "2031-05-31", "12")
    page.get_by_role("button", name="改回原来的").press("Enter")
    expect(page.get_by_label("批号")).to_have_count(2)
    writes_a_line(page, "外用凝胶", "G2611", "2031-05-31", "12")
    album.keep(page, "desk-bag")
    phone = shared_phones("bag-director")
    director = cast.with_new_code(shared_server, cast.director(shared_server))
    first_day(phone, director)
    page = phone.open(f"/app/visit/{cast.unasked(shared_server.data, director['areas'])}/did?do=supply")
    page.get_by_role("button", name="去问她").click()
    say_yes(page, witness="王芳")
    expect(page.get_by_role("group", name="发什么")).to_contain_text("包里 12 支")


def writes_a_line(page: Page, item: str, lot: str, expiry: str, count: str) -> None:
    """One more line of the open bag, saved; by keyboard."""
    page.get_by_role("button", name="加一行").press("Enter")
    line = page.get_by_role("group", name="第 3 行")
    expect(line.get_by_label("药具")).to_be_focused()
    line.get_by_label("药具").select_option(label=item)
    line.get_by_label("批号").fill(lot)
    line.get_by_label("哪天到期").fill(expiry)
    line.get_by_label("多少").fill(count)
    line.get_by_label("多少").press("Enter")
    expect(page.get_by_text("记下了，她的手机下次联网就有。")).to_be_visible()
