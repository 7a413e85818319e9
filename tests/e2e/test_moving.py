"""A record that goes along, from one township's desk to another's; and the sheets of cards that a desk prints."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.e2e import day
from tests.e2e.conftest import MakePhone
from tests.e2e.server import LiveServer, suifang

THERE = {"username": "liulin", "password": "peach-blossom-7"}
"""The clerk of the next township of the county."""


@pytest.fixture(scope="module")
def shared_server(demo_township: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The demo township's server, which knows the address on its cards, with a clerk in the next township."""
    folder, printed = demo_township
    data = tmp_path_factory.mktemp("moving") / "data"
    shutil.copytree(folder, data)
    with sqlite3.connect(data / "suifang.db") as database:
        database.execute("insert into area (code, name, position) values ('990131102', '柳林镇', 2)")
    asked = ("--name", "柳站长", "--role", "station", "--area", "990131102", "--password", THERE["password"])
    suifang("worker", "add", THERE["username"], *asked, data=data)
    server = LiveServer(data, printed, env={"SUIFANG_PUBLIC_HOST": "card.example.org"}).start()
    yield server
    server.stop()


def with_supplies(server: LiveServer) -> str:
    """A woman who was given condoms and agreed to that being kept."""
    asked = """select r.person from record r join consent c on c.county = r.county and c.person = r.person
        where r.form = 'contraceptive_supply' and r.shown and not r.blocked and r.status = 'live'
        and c.purpose = 'supply' and c.decision = 'given' order by r.person"""
    with sqlite3.connect(server.data / "suifang.db") as database:
        return str(database.execute(asked).fetchone()[0])


def sign(page: Page) -> None:
    """Her name, with the mouse."""
    sheet = page.get_by_role("img", name="签字")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 90, steps=12)
    page.mouse.up()


def sends_what_she_picks(page: Page) -> tuple[str, list[str]]:
    """From her page at the desk: she picks supplies, sees them, signs. Answers her name and what she saw."""
    page.get_by_role("link", name="给她转记录").click()
    page.get_by_role("checkbox", name="药具").check()
    page.get_by_role("button", name="看看转什么").click()
    expect(page.get_by_role("heading", name="就转这些，请她看")).to_be_visible()
    seen = page.get_by_role("listitem").filter(has_text="发几个").all_text_contents()
    page.get_by_label("转到哪里").select_option(label="柳林镇")
    sign(page)
    page.get_by_role("button", name="她答应了，转").click()
    expect(page.get_by_text("等回话")).to_be_visible()
    name = page.get_by_role("article").get_by_role("heading").evaluate("h => h.firstChild.textContent")
    return str(name), seen


def acknowledges(page: Page, name: str, seen: list[str]) -> None:
    """The other township's clerk opens what came, the same that she saw, and takes it."""
    came = page.get_by_role("article").filter(has_text=name)
    came.get_by_role("button", name="看内容").click()
    expect(came.get_by_role("listitem")).to_have_text(seen)
    came.get_by_role("button", name="收下", exact=True).click()
    expect(came.get_by_text("收到了")).to_be_visible()


def takes_it_back(page: Page, code: str) -> None:
    """On her own telephone, with the code that the desk showed her."""
    page.get_by_label("10 个数字").fill(code)
    page.get_by_role("button", name="打开").click()
    along = page.locator("section").filter(has=page.get_by_role("heading", name="转到别处的"))
    expect(along).to_contain_text("对方收下了")
    along.get_by_role("button", name="收回").click()
    along.get_by_role("button", name="再按一次就收回").click()
    expect(along).to_contain_text("收回了")


def test_what_she_picked_goes_to_the_next_township_which_says_that_it_came(
    shared_phones: MakePhone, shared_server: LiveServer
) -> None:
    here, there = (shared_phones(name, width=1280, height=800) for name in ("here", "there"))
    day.at_the_desk(here, day.login(shared_server, "station"))
    name, seen = sends_what_she_picks(here.open(f"/app/desk/person/{with_supplies(shared_server)}"))
    day.at_the_desk(there, THERE)
    acknowledges(there.open("/app/desk/transfers"), name, seen)
    expect(here.open("/app/desk/transfers").get_by_text("收到了")).to_be_visible()
    page = here.open(f"/app/desk/person/{with_supplies(shared_server)}")
    page.get_by_role("button", name="出一个码").click()
    takes_it_back(shared_phones("hers", pin=None).open("/C"), page.locator(".slip").inner_text())
    expect(there.open("/app/desk/transfers").get_by_text("收回了")).to_be_visible()


def test_a_desk_prints_a_sheet_of_cards_that_can_be_read(
    shared_phones: MakePhone, shared_server: LiveServer, tmp_path: Path
) -> None:
    desk = shared_phones("printing", width=1280, height=800)
    day.at_the_desk(desk, day.login(shared_server, "station"))
    page = desk.open("/app/desk/cards")
    page.get_by_role("button", name="做成 PDF").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="存下来打印").click()
    saved.value.save_as(tmp_path / "cards.pdf")
    sheet = pypdfium2.PdfDocument(tmp_path / "cards.pdf")[0].render(scale=200 / 72).to_pil().convert("L")
    assert [one.text.partition("#")[0] for one in zxingcpp.read_barcodes(sheet)] == ["HTTPS://CARD.EXAMPLE.ORG/C"] * 10
    expect(page.get_by_role("row").filter(has_text="000001")).to_contain_text("能用")
