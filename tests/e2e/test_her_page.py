"""What a director does on one woman's page and on her own: each small thing of a day, and what the town has afterwards."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.e2e import album
from tests.e2e.baddays import Arrived, arrived, same_director, visit
from tests.e2e.day import open_person, pick, send_now
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

__all__ = ["arrived", "same_director"]

pytestmark = pytest.mark.long


def of_hers(server: LiveServer, asked: str) -> list[str]:
    """Ids of people in the director's villages: what `asked` selects from `person p`."""
    areas = cast.director(server)["areas"]
    with sqlite3.connect(server.data / "suifang.db") as database:
        marks = ",".join("?" * len(areas))
        found = database.execute(
            f"select p.id from person p where p.area in ({marks}) and {asked} order by p.id", areas
        )
        return [str(person) for (person,) in found]


def decision(server: LiveServer, person: str) -> list[str]:
    """What stands at the town of her service record."""
    with sqlite3.connect(server.data / "suifang.db") as database:
        asked = "select decision from consent where person = ? and purpose = 'service_record'"
        return [str(said) for (said,) in database.execute(asked, (person,))]


def corrections(server: LiveServer, person: str) -> int:
    """How many corrections of records of hers the town holds."""
    with sqlite3.connect(server.data / "suifang.db") as database:
        asked = """select count(*) from event one join event first on first.id = one."of"
            where one.kind = 'amend' and first.person = ?"""
        return int(database.execute(asked, (person,)).fetchone()[0])


def test_her_telephone_shows_only_while_it_is_held(shared_server: LiveServer, same_director: Phone) -> None:
    open_person(same_director, of_hers(shared_server, "p.phone is not null and p.merged_into is null")[0])
    page = same_director.page
    covered = page.get_by_text("****").first
    expect(covered).to_be_visible()
    held = page.get_by_role("button", name="按住看电话")
    held.hover()
    page.mouse.down()
    expect(held).to_have_attribute("aria-pressed", "true")
    expect(held.locator("xpath=..")).not_to_contain_text("****")
    page.mouse.up()
    expect(held.locator("xpath=..")).to_contain_text("****")


def test_what_was_done_a_moment_ago_is_taken_back_and_never_reaches_the_town(
    same_director: Phone, arrived: Arrived
) -> None:
    same_director.go_offline()
    page = same_director.open()
    person = visit(page)
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()
    page.get_by_role("button", name="今天的记录").first.click()
    expect(page.get_by_text("今天的记录已拿掉")).to_be_visible()
    album.keep(page, "taken-back")
    same_director.go_online()
    send_now(page)
    assert arrived(person) == 0


def test_a_record_is_corrected_with_its_reason_and_the_town_has_both(
    shared_server: LiveServer, same_director: Phone
) -> None:
    person = visit(same_director.open())
    open_person(same_director, person)
    page = same_director.page
    page.get_by_role("button", name="没在家").first.click()
    page.get_by_role("dialog").get_by_role("button", name="改", exact=True).click()
    sheet = page.get_by_role("dialog")
    pick(sheet, "见到了吗", "搬走了")
    pick(sheet, "为什么改", "填错了")
    sheet.get_by_role("button", name="照这样改").click()
    expect(page.get_by_text("改过 1 次").first).to_be_visible()
    album.keep(page, "corrected")
    send_now(page)
    assert corrections(shared_server, person) == 1


def test_she_signs_with_her_finger_and_takes_it_back_without_a_reason(
    shared_server: LiveServer, same_director: Phone
) -> None:
    her = cast.unasked(shared_server.data, cast.director(shared_server)["areas"])
    page = same_director.open(f"/app/visit/{her}/ask?for=service_record&alone=1")
    expect(page.get_by_text("这台手机不会念。请念给她听，或让她自己看。")).to_be_visible()
    page.get_by_role("button", name="她同意").click()
    expect(page.get_by_role("alert")).to_contain_text("请她先签字")
    signs(page)
    page.get_by_role("button", name="她同意").click()
    page.wait_for_url(lambda url: "/ask" not in url)  # it is kept before the page is left
    open_person(same_director, her)
    expect(page.get_by_text("手指签字")).to_be_visible()
    page.get_by_role("button", name="撤回", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="她要撤回").click()
    expect(page.get_by_text("撤回了，")).to_be_visible()
    album.keep(page, "withdrawn")
    send_now(page)
    assert decision(shared_server, her) == ["withdrawn"]


def signs(page: Page) -> None:
    """A stroke with the finger."""
    glass = page.get_by_role("img", name="她的签字").bounding_box()
    assert glass
    page.mouse.move(glass["x"] + 30, glass["y"] + 30)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(glass["x"] + 30 + step * 15, glass["y"] + 30 + step % 3 * 20)
    page.mouse.up()


def test_tongue_type_and_theme_are_changed_in_the_settings_and_stay(same_director: Phone) -> None:
    page = same_director.open("/app/settings")
    pick(page, "用什么话", "English")
    expect(page.get_by_role("heading", name="Me and this phone")).to_be_visible()
    small = type_of(page)
    pick(page, "Size of type", "Larger")
    pick(page, "Light or dark", "Dark")
    album.keep(page, "another-look")
    page.reload()
    expect(page.get_by_role("heading", name="Me and this phone")).to_be_visible()
    expect(page.locator("html[data-theme=dark][data-size='3'][lang=en]")).to_be_attached()
    assert type_of(page) > small * 1.2
    for legend, choice in (("Size of type", "Normal"), ("Light or dark", "As the phone"), ("Language", "中文")):
        pick(page, legend, choice)
    expect(page.get_by_role("heading", name="我和这台手机")).to_be_visible()


def type_of(page: Page) -> float:
    """The size of running text, in px."""
    return float(page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)"))
