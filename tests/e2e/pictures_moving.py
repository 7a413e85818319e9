"""The guide's pictures about cards and people who move: a liaison at a factory, a woman's own telephone, the desk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests import cast
from tests.e2e import clips, day
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer
from tests.e2e.test_moving import sign, with_supplies

HOST = "card.example.org"
Take = Callable[[Page, str], None]
Taker = Callable[[str], Take]


def take_all(playwright: Playwright, place: Path, server: LiveServer, taker: Taker) -> None:
    """All of them; `server` knows HOST."""
    card = _printed(server, place)
    address = _address(card)
    with _phone(playwright, place / "hers", server, scale=2, pin=None) as phone:
        _any_telephone(phone, server, address, taker("page"))
    with _phone(playwright, place / "liaison", server, scale=2, clip=_filmed(card, place)) as phone:
        _at_the_factory(phone, server, taker("phone"))
    server.suifang("cards", "revoke", "--sheets", "1")
    with _phone(playwright, place / "station", server, width=1280, height=800, scale=1.5) as desk:
        code = _at_the_desk(desk, server, taker("desk"))
    with _phone(playwright, place / "hers", server, scale=2, pin=None) as phone:
        _on_her_own(phone, code, taker("page"))


@contextmanager
def _phone(playwright: Playwright, profile: Path, server: LiveServer, **more: object) -> Iterator[Phone]:
    phone = Phone(playwright, os.environ["SUIFANG_CHROMIUM"], profile, server.url, **more)  # type: ignore[arg-type]
    phone.switch_on()
    try:
        yield phone
    finally:
        phone.switch_off()


def _printed(server: LiveServer, place: Path) -> Path:
    server.suifang("cards", "print", "--sheets", "1", "--out", str(place / "cards.pdf"), "--png", str(place / "png"))
    return min((place / "png").glob("*.png"))


def _filmed(card: Path, place: Path) -> Path:
    return clips.film(card, "straight", place / "clip.mjpeg")


def _at_the_factory(phone: Phone, server: LiveServer, take: Take) -> None:
    """She scans a card, gives it, has it held out again, reads an old paper, writes down who leaves."""
    page = day.first_day(phone, day.login(server, "liaison"))
    page.evaluate(day.READER_IS_HERE)
    her = _somebody(server, "liaison")
    name = day.open_person(phone, her)
    phone.open()
    _scan(page, "是真卡")
    take(page, "scan")
    page.get_by_role("link", name="是新卡，给她这张卡").click()
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name=name).first.click()
    page.get_by_role("button", name="给她这张卡").click()
    expect(page.get_by_role("heading", name="给好了")).to_be_visible()
    phone.open()
    _scan(page, "是真卡")
    take(page, "scan-hers")
    assert phone.clip
    clips.film(
        clips.code_saying("婚育证明 姓名：何某某 编号：冀2009-000123", phone.clip.with_name("old.png")),
        "straight",
        phone.clip,
    )
    page.get_by_role("link", name="今日").click()
    _scan(page, "不是服务卡，上面写的是")
    take(page, "scan-paper")
    phone.open(f"/app/record/{her}/moving")
    day.pick(page, "来还是走", "要走")
    for offer in ("走前或来后查一次身体", "服务站的电话", "转服务记录"):
        day.pick(page, "她要哪几样", offer)
    take(page, "moving")


def _scan(page: Page, head: str) -> None:
    page.get_by_role("link", name="扫卡").click()
    expect(page.get_by_role("heading", name=head)).to_be_visible()


def _somebody(server: LiveServer, role: str) -> str:
    """Somebody who moved into this worker's area and agreed to a service record."""
    asked = """select p.id from person p join consent c on c.person = p.id and c.county = p.county
        where c.purpose = 'service_record' and c.decision = 'given' and p.area like ? and p.merged_into is null
        and p.residence = 'moved_in' order by p.id"""
    area = day.login(server, role)["areas"][0]
    with sqlite3.connect(server.data / "suifang.db") as database:
        [her] = database.execute(asked, [area + "%"]).fetchone()
    return str(her)


def _at_the_desk(desk: Phone, server: LiveServer, take: Take) -> str:
    """A record goes along, signed; what came and went; cards that do not agree. Answers a code for her own page."""
    page = day.at_the_desk(desk, cast.clerk(server))
    her = with_supplies(server)
    page.goto(f"/app/desk/person/{her}")
    page.get_by_role("link", name="给她转记录").click()
    for item in ("药具", "避孕方法"):
        page.get_by_role("checkbox", name=item).check()
    page.get_by_role("button", name="看看转什么").click()
    page.get_by_label("转到哪里").select_option(index=1)
    sign(page)
    take(page, "transfer-send")
    page.get_by_role("button", name="她答应了，转").click()
    expect(page.get_by_text("等回话")).to_be_visible()
    take(page, "transfers")
    page.goto("/app/desk/cards")
    page.get_by_role("button", name="做成 PDF").click()
    expect(page.get_by_role("link", name="存下来打印")).to_be_visible()
    page.reload()
    page.get_by_role("heading", name="证、卡、机对一对").scroll_into_view_if_needed()
    take(page, "cards")
    page.goto(f"/app/desk/person/{her}")
    page.get_by_role("button", name="出一个码").click()
    return page.locator(".slip").inner_text()


def _address(card: Path) -> str:
    """What stands behind # on the card."""
    with Image.open(card) as picture:
        [read] = zxingcpp.read_barcodes(picture.convert("L"))
    return str(read.text.partition("#")[2])


def _any_telephone(phone: Phone, server: LiveServer, code: str, take: Take) -> None:
    """What a card opens; the page asks for no other name than its own, so the server forgets the one on its cards meanwhile."""
    server.restart_with()
    page = phone.open(f"/C#{code}")
    expect(page.locator("#card")).to_contain_text("这张卡能用")
    take(page, "card")
    server.restart_with(SUIFANG_PUBLIC_HOST=HOST)


def _on_her_own(phone: Phone, code: str, take: Take) -> None:
    """Her own page, with the code."""
    page = phone.open("/C")
    page.get_by_label("10 个数字").fill(code)
    page.get_by_role("button", name="打开").click()
    along = page.get_by_role("heading", name="转到别处的")
    along.wait_for()
    along.evaluate("h => scrollTo(0, h.getBoundingClientRect().top + scrollY - 400)")
    take(page, "hers")
