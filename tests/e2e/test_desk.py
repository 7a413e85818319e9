"""A clerk's week at the desk, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.day import at_the_desk, login
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer
from tests.registers.sheets import register, woman


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_clerks_week_by_keyboard_alone(live_server: LiveServer, desk: Phone, tmp_path: Path) -> None:
    page = at_the_desk(desk, login(live_server, "station"))
    sees_the_villages_and_help(page)
    finds_a_person_and_comes_back(page)
    decides_and_takes_it_back(page)
    adds_a_director_and_a_code(page)
    imports_a_register(page, register(tmp_path / "r.xlsx", [woman(401, 姓名="方晓梅"), woman(402, 姓名=None)]))


def sees_the_villages_and_help(page: Page) -> None:
    heading(page, "这周")
    expect(page.get_by_role("rowheader", name="东坡村")).to_be_visible()
    press(page, "?")
    expect(page.get_by_role("dialog", name="这一页怎么用")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_key_pressed_while_a_sheet_still_closes_leads_where_it_should(live_server: LiveServer, desk: Phone) -> None:
    page = at_the_desk(desk, login(live_server, "station"))
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate(
        """() => {
            const back = history.back.bind(history);
            history.back = () => {
                back();
                dispatchEvent(new KeyboardEvent('keydown', { key: '/' }));
            };
        }"""
    )
    press(page, "Escape")
    heading(page, "人员")
    page.go_back()
    heading(page, "这周")


def finds_a_person_and_comes_back(page: Page) -> None:
    press(page, "/")
    heading(page, "人员")
    page.keyboard.type("wang")
    press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("先列 50 人")
    press(page, "ArrowDown", "ArrowDown", "Enter")
    expect(page.get_by_text("打开这一页已记入查看记录。")).to_be_visible()
    expect(page.get_by_role("heading", name="谁看过她的记录")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("status")).to_contain_text("先列 50 人")


def decides_and_takes_it_back(page: Page) -> None:
    page.get_by_role("heading", level=1).focus()
    press(page, "g", "2")
    heading(page, "要你定")
    items = page.get_by_role("navigation", name="要你定").get_by_role("button")
    expect(items).to_have_count(2)
    press(page, "2")
    expect(items).to_have_count(1)
    press(page, "u")
    expect(page.get_by_role("status")).to_contain_text("撤回了")
    expect(items).to_have_count(2)


def adds_a_director_and_a_code(page: Page) -> None:
    press(page, "g", "6")
    heading(page, "同事")
    page.locator("summary", has_text="加一个人").focus()
    press(page, "Enter")
    page.get_by_label("名字").focus()
    page.keyboard.type("何小红")
    press(page, "Tab")
    page.keyboard.type("hexiaohong")
    page.get_by_role("checkbox", name="东坡村").focus()
    press(page, "Space")
    page.get_by_role("button", name="加上").focus()
    press(page, "Enter")
    expect(page.get_by_text("只显示这一次，抄好")).to_be_visible()
    page.get_by_role("heading", level=1).focus()
    press(page, "g", "5")
    page.get_by_label("给谁").select_option(label="何小红，村妇女主任，东坡村")
    page.get_by_role("button", name="出登记码").focus()
    press(page, "Enter")
    expect(page.get_by_role("status")).to_contain_text("核对码")


def imports_a_register(page: Page, path: Path) -> None:
    page.get_by_role("heading", level=1).focus()
    press(page, "g", "7")
    heading(page, "导入登记册")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("收不进来 1 行")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="导入 1 人").focus()
    press(page, "Enter")
    expect(page.get_by_text("导好了：收进 1 人")).to_be_visible()


def test_the_county_sees_figures_workers_and_phones_and_no_person(live_server: LiveServer, desk: Phone) -> None:
    page = at_the_desk(desk, login(live_server, "county"))
    names = page.get_by_role("navigation", name="主要页面").get_by_role("link").all_inner_texts()
    assert [name.split()[0] for name in names] == ["数字", "手机", "同事", "药具", "当地确认"]
    page = desk.open("/app/desk/people")
    heading(page, "综合避孕率")
