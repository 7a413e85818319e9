"""The county’s pages in a browser: days counted and decided, advice confirmed; at the station a lot called back."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.e2e import album
from tests.e2e.conftest import MakePhone
from tests.e2e.day import at_the_desk, first_day, pick, send_now
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

pytestmark = pytest.mark.long

GROUND = "县卫健局会议纪要"
SLOW, OPEN = "胎心偏慢：再听一次。", "待当地确认"


def a_desk(phones: MakePhone, server: LiveServer, role: str, name: str) -> Phone:
    desk = phones(name, width=1440, height=900)
    at_the_desk(desk, cast.login(server, role))
    return desk


def decide(page: Page, button: str) -> None:
    """By which paper, then the button, all by keyboard."""
    form = page.locator("form").filter(has=page.get_by_role("button", name=button)).last
    form.get_by_label("凭哪份文件、哪次会").fill(GROUND)
    form.get_by_role("button", name=button).press("Enter")


def test_days_are_counted_decided_with_a_ground_and_taken_back(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    page = a_desk(shared_phones, shared_server, "county", "days").open("/app/desk/trial")
    page.get_by_label("哪项服务").select_option("condom")
    day = page.get_by_label("满 30 天 第几天该做")
    expect(day).to_have_value("30")
    day.fill("29")
    page.get_by_role("button", name="算一算").press("Enter")
    expect(page.get_by_role("status").filter(has_text="要去提的人")).to_be_visible()
    decide(page, "就按这些天数")
    expect(page.get_by_role("status").filter(has_text="定下了")).to_be_visible()
    expect(page.get_by_role("heading", name="改过的（1）")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="27/30/31/61 → 27/29/31/61")).to_contain_text(GROUND)
    album.keep(page, "county-days")
    page.get_by_role("button", name="收回这一次").press("Enter")
    decide(page, "收回这一次")
    expect(page.get_by_role("heading", name="改过的（2）")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="收回第 1 次")).to_contain_text("27/29/31/61 → 27/30/31/61")
    expect(day).to_have_value("30")


def test_advice_that_the_county_confirmed_is_no_longer_marked_on_a_technicians_phone(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    technician = shared_phones("technician")
    first_day(technician, cast.with_new_code(shared_server, cast.technician(shared_server)))
    her = cast.agreed(shared_server.data, cast.director(shared_server)["areas"], "service_record")
    page = technician.open(f"/app/record/{her}/anc")
    pick(page, "这次记什么", "一次随访")
    page.get_by_label("胎心率").fill("105")
    said = page.get_by_role("status").filter(has_text="胎心偏慢")
    expect(said).to_contain_text(OPEN)
    confirm(a_desk(shared_phones, shared_server, "county", "values").open("/app/desk/county"))
    send_now(page)
    page = technician.open(f"/app/record/{her}/anc")
    expect(page.get_by_label("胎心率")).to_have_value("105")
    expect(page.get_by_role("status").filter(has_text="胎心偏慢")).not_to_contain_text(OPEN)


def confirm(page: Page) -> None:
    page.get_by_label("哪一类").select_option("forms")
    album.keep(page, "county-values")
    page.get_by_role("row").filter(has_text=SLOW).get_by_role("checkbox").check()
    decide(page, "确认")
    expect(page.get_by_role("status").filter(has_text="记下了")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=SLOW)).to_have_count(0)


def test_a_lot_called_back_names_who_received_it_and_each_look_is_written_down(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    page = a_desk(shared_phones, shared_server, "station", "recall").open("/app/desk/stock")
    recall = page.get_by_role("region", name="召回一批")
    recall.get_by_label("品种").select_option("condom")
    recall.get_by_label("批号").fill("2409A")
    before = looks(shared_server)
    recall.get_by_role("button", name="查谁领过").press("Enter")
    received = recall.get_by_role("table", name="领过的人")
    expect(received.get_by_role("row").nth(1)).to_be_visible()
    expect(recall.get_by_text("还在这些地方")).to_be_visible()
    album.keep(page, "recall")
    assert looks(shared_server) == before + 1
    name = received.get_by_role("link").first.inner_text()
    received.get_by_role("link").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def looks(server: LiveServer) -> int:
    """How many looks at who received a lot stand in the audit log, whose chain is whole."""
    assert server.suifang("audit", "verify")
    with sqlite3.connect(server.data / "suifang.db") as database:
        [(found,)] = database.execute("select count(*) from audit where action = 'stock.recall'")
    return int(found)
