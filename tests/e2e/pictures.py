"""The pictures of the guide, taken while a director's and a clerk's day is played; `scripts/pictures` calls it."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, Playwright, expect, sync_playwright

from server.rules.document import text_of
from tests import cast
from tests.e2e import album, day, pictures_forms, pictures_moving, walk
from tests.e2e.baddays import begin_visit
from tests.e2e.phones import PIN, Phone
from tests.e2e.server import LiveServer, suifang

Take = Callable[[Page, str], None]


def main(folder: Path) -> None:
    """Take all of them into `folder`."""
    expect.set_options(timeout=30_000)
    with tempfile.TemporaryDirectory(prefix="pictures-") as place, sync_playwright() as playwright:
        data = Path(place) / "data"
        env = {"SUIFANG_PUBLIC_HOST": pictures_moving.HOST}
        server = LiveServer(data, suifang("demo", data=data), env=env).start()
        try:
            phone = Phone(playwright, os.environ["SUIFANG_CHROMIUM"], Path(place) / "phone", server.url, scale=2)
            _on_the_phone(phone, server, _taker(folder, "phone"))
            pictures_forms.take_all(playwright, Path(place), server, _taker(folder, "form"))
            _at_the_desk(playwright, Path(place), server, _taker(folder, "desk"))
            _next_township(data)
            pictures_moving.take_all(playwright, Path(place), server, lambda end: _taker(folder, end))
        finally:
            server.stop()


def _next_township(data: Path) -> None:
    """Somewhere in the county for her to move to."""
    with sqlite3.connect(data / "suifang.db") as database:
        database.execute("insert into area (code, name, position) values ('990131102', '柳林镇', 2)")


def _taker(folder: Path, end: str) -> Take:
    def take(page: Page, name: str) -> None:
        page.wait_for_timeout(300)
        album.save(page.screenshot(animations="disabled"), folder / f"{end}-{name}.png")
        print(f"{end}-{name}")

    return take


def _on_the_phone(phone: Phone, server: LiveServer, take: Take) -> None:
    director = cast.director(server)
    phone.switch_on()
    try:
        take(phone.open(), "sign-in")
        _a_day(phone, director, take)
        _practice_and_lock(phone, take)
    finally:
        phone.switch_off()


def _a_day(phone: Phone, director: cast.Login, take: Take) -> None:
    page = day.first_day(phone, director)
    take(page, "today")
    person = begin_visit(page)
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()
    take(page, "done")
    page.goto("/app/people")
    page.get_by_role("searchbox").wait_for()
    take(page, "people")
    page.get_by_role("searchbox").fill("wang")
    page.locator("main a[href*='/person/']").first.wait_for()
    take(page, "search")
    day.open_person(phone, person)
    take(page, "person")
    _a_visit(page, take)
    _the_bag(page, director["worker"], take)
    page.goto("/app/sync")
    expect(page.get_by_text("一条不少").or_(page.get_by_text("都发完了")).first).to_be_visible()
    take(page, "sync")
    page.goto("/app/settings")
    page.get_by_role("button", name="先练一练").wait_for()
    take(page, "settings")


def _the_bag(page: Page, worker: str, take: Take) -> None:
    """What she carries, and a document as she counts it; its code says all of it."""
    page.goto("/app/bag")
    page.get_by_role("link", name="盘点").wait_for()
    take(page, "bag")
    lines = [{"item": "condom", "lot": "2511D", "expiry": "2029-03-31", "qty": 200}]
    place = {"from_place": "990131101", "to_place": f"bag:{worker}", "on": "2026-11-20"}
    text = text_of({"record": "0198f000-0000-7000-8000-0000a1b2c3d4", "lines": lines, **place})
    page.goto(f"/app/bag/take?d={quote(text, safe='')}")
    page.get_by_role("button", name="点清了，收下").wait_for()
    take(page, "take")


def _a_visit(page: Page, take: Take) -> None:
    """From her page to the hand-out, and put aside."""
    page.get_by_role("link", name="开始访视").click()
    day.pick(page, "见到了吗", "见到了")
    page.get_by_role("button", name="下一步：做了什么").click()
    day.pick(page, "今天做了什么", "发药具")
    take(page, "visit")
    ask = day.section(page, "发药具").get_by_role("button", name="去问她")
    if ask.count():
        ask.click()
        page.get_by_role("button", name="她同意").wait_for()
        take(page, "consent")


def _practice_and_lock(phone: Phone, take: Take) -> None:
    page = phone.open("/app/settings")
    page.get_by_role("button", name="先练一练").click()
    page.get_by_role("heading", name="今日").wait_for()
    take(page, "practice")
    phone.pin = None
    page = phone.restart().open()
    page.locator(".keys").wait_for()
    take(page, "unlock")
    phone.pin = PIN


def _at_the_desk(playwright: Playwright, place: Path, server: LiveServer, take: Take) -> None:
    for who, play in ((cast.clerk(server), _a_week), (cast.login(server, "county"), _the_county)):
        size = {"width": 1280, "height": 800, "scale": 1.5}
        profile = place / f"desk-{who['role']}"
        desk = Phone(playwright, os.environ["SUIFANG_CHROMIUM"], profile, server.url, **size)  # type: ignore[arg-type]
        desk.switch_on()
        try:
            play(day.at_the_desk(desk, who), server, take)
        finally:
            desk.switch_off()


def _a_week(page: Page, server: LiveServer, take: Take) -> None:
    for name in ("villages", "people", "inbox", "workers", "phones", "figure", "rates", "stock"):
        page.goto(f"/app/desk/{name}")
        page.wait_for_load_state("networkidle")
        take(page, name)
    _the_stock(page, server, take)
    page.goto("/app/desk/workers")
    walk.open_bag(page, cast.director(server)["name"])
    take(page, "bag")


def _the_stock(page: Page, server: LiveServer, take: Take) -> None:
    """The month's order, and a document of what is on its way."""
    page.locator("section.paper").evaluate("paper => paper.scrollIntoView()")
    take(page, "order")
    move = page.locator("form", has=page.get_by_role("heading", name="记一笔"))
    move.get_by_label("做什么").select_option("out")
    move.get_by_label("到哪里").select_option(label=f"{cast.director(server)['name']}的包")
    move.get_by_label("还在路上，收到时再记").check()
    move.get_by_label("现有的批").select_option(index=1)
    move.get_by_label("数量").fill("40")
    move.get_by_role("button", name="记下").click()
    paper = page.locator("form.paper").last
    paper.wait_for()
    paper.evaluate("paper => paper.scrollIntoView({ block: 'center' })")
    take(page, "document")


def _the_county(page: Page, _server: LiveServer, take: Take) -> None:
    for name in ("county", "trial"):
        page.goto(f"/app/desk/{name}")
        page.wait_for_load_state("networkidle")
        if name == "trial":
            page.get_by_label("哪项服务").select_option("condom")
            page.get_by_label("满 30 天 第几天开始提").fill("20")
            page.get_by_role("button", name="算一算").click()
            page.get_by_role("status").first.wait_for()
        take(page, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
