"""Cards held out to a worker: a real camera stream, the real decoder, no network."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from server.cards import payload
from server.cards.drawing import spaced
from server.ids import new_id
from server.rules.document import number_of, text_of
from tests import cast
from tests.e2e import clips, day
from tests.e2e.baddays import SENT
from tests.e2e.conftest import MakePhone
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer
from tests.registers.sheets import register, woman

HOST = "card.example.org"
FOREIGN = json.loads((Path(__file__).parents[1] / "vectors" / "cards.json").read_text("utf-8"))["cases"][0]["text"]
"""A card of the same address, signed with a key that no list of this server names."""
LISTEN = """() => {
  window.told = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function () { told.push('beep ' + this.frequency.value); return start.call(this); };
  Navigator.prototype.vibrate = (ms) => told.push('shake ' + ms) > 0;
}"""
LAMP = """() => {
  window.lamp = [];
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
  MediaStreamTrack.prototype.applyConstraints = async (wanted) => { lamp.push(wanted.advanced[0].torch); };
}"""


@pytest.fixture(scope="module")
def pictures(shared_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One printed sheet, as a picture a card. Phones get the card list with their first sync."""
    folder = tmp_path_factory.mktemp("sheet")
    shared_server.env["SUIFANG_PUBLIC_HOST"] = HOST
    shared_server.suifang("cards", "print", "--sheets", "1", "--out", str(folder / "a.pdf"), "--png", str(folder))
    return sorted(folder.glob("*.png"))


@pytest.fixture(scope="module")
def phone(
    shared_phones: MakePhone, shared_server: LiveServer, pictures: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Phone:
    """A director's phone on the evening of its first day: everything is on it, and there is no network any more."""
    clip = clips.film(pictures[0], "straight", tmp_path_factory.mktemp("lens") / "clip.mjpeg")
    made = shared_phones("scanning", clip=clip)
    page = day.first_day(made, day.login(shared_server, "director"))
    page.evaluate(day.READER_IS_HERE)
    made.go_offline()
    return made


def unlocked(phone: Phone) -> Page:
    """Today, opened anew; from here on the pages change without being loaded again."""
    page = phone.open()
    page.get_by_role("link", name="扫卡").wait_for()
    return page


def show(phone: Phone, picture: Path, how: str = "straight") -> Page:
    """The camera is opened anew before this picture."""
    assert phone.clip
    page = phone.page
    today = page.get_by_role("link", name="今日")
    if today.count():
        today.click()
    else:
        phone.open()
    clips.film(picture, how, phone.clip)
    page.get_by_role("link", name="扫卡").click()
    return page


def hold_out(phone: Phone, card: Path, how: str = "straight") -> Page:
    """Ends when the phone tells this very card."""
    page = show(phone, card, how)
    expect(page.get_by_text(f"卡号 {number_on(card)}"), how).to_be_visible()
    return page


def number_on(card: Path) -> str:
    """As it is printed, in threes."""
    with Image.open(card) as picture:
        [code] = zxingcpp.read_barcodes(picture.convert("L"))
    return spaced(payload.read(code.text)[0].number)


def test_a_card_is_told_offline_however_it_is_held(phone: Phone, pictures: list[Path]) -> None:
    for card, how in zip(pictures, clips.HOW, strict=False):
        page = hold_out(phone, card, how)
        expect(page.get_by_role("heading", name="是真卡")).to_be_visible()
        expect(page.get_by_text("这张卡还没给人")).to_be_visible()


def test_in_a_queue_each_card_shakes_and_beeps_and_one_held_out_twice_is_marked(
    phone: Phone, pictures: list[Path]
) -> None:
    page = unlocked(phone)
    page.evaluate(LISTEN)
    hold_out(phone, pictures[5])
    expect(page.get_by_text("名单是")).to_be_visible()
    following = page.get_by_role("button", name="再扫一张")
    box = following.bounding_box()
    assert box
    assert (box["height"] >= 48, box["y"] > 844 * 2 / 3) == (True, True)  # under the thumb of the hand that holds it
    following.click()
    expect(page.get_by_text("这张刚扫过")).to_be_visible()
    assert page.evaluate("told") == ["shake 80", "beep 1760"] * 2


def test_where_the_camera_has_a_lamp_it_is_lit_from_the_page(phone: Phone, tmp_path: Path) -> None:
    unlocked(phone).evaluate(LAMP)
    page = show(phone, clips.code_saying("", tmp_path / "nothing.png"))
    page.get_by_role("button", name="开灯").click()
    expect(page.get_by_role("button", name="关灯")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("lamp") == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wxp://f2f0abcdefghijklmnopqrstuvwxyz0123456789", "不是服务卡"),
        (FOREIGN[:-3], "这张卡读不全"),
        (FOREIGN, "认不出是哪里的卡"),
    ],
    ids=["a payment code", "a damaged card", "a key of elsewhere"],
)
def test_what_is_no_good_card_is_named_and_leads_to_nobody(phone: Phone, tmp_path: Path, text: str, said: str) -> None:
    page = show(phone, clips.code_saying(text, tmp_path / "code.png"))
    expect(page.get_by_role("heading", name=said)).to_be_visible()
    assert page.locator("main a[href*='/person/'], main a[href*='/scan/give']").count() == 0


def test_an_old_papers_words_are_shown_and_one_of_them_is_kept_seen(
    phone: Phone, shared_server: LiveServer, tmp_path: Path
) -> None:
    her = known(phone, agreed(shared_server)[3][0])
    page = show(phone, clips.code_saying("姓名：何某某 证号：冀2009-000123", tmp_path / "paper.png"))
    expect(page.get_by_text("证号：冀2009-000123")).to_be_visible()
    page.get_by_role("button", name="她愿意，记一个“看过”").click()
    choose(page, *her)
    expect(page.get_by_role("group", name="看过她自带的旧证件").get_by_label("是", exact=True)).to_be_checked()
    expect(page.get_by_text("冀2009")).to_have_count(0)
    day.pick(page, "来还是走", "来了")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(her[0])


def test_a_document_of_stock_is_scanned_counted_and_received_once_without_a_network(
    phone: Phone, shared_server: LiveServer, tmp_path: Path
) -> None:
    her = day.login(shared_server, "director")
    lines = [{"item": "condom", "lot": "2409A", "expiry": "2031-06-30", "qty": 40}]
    record = new_id()
    place = {"from_place": her["areas"][0][:9], "to_place": f"bag:{her['worker']}", "on": "2026-11-20"}
    sheet = clips.code_saying(text_of({"record": record, "lines": lines, **place}), tmp_path / "sheet.png")
    assert phone.clip
    clips.film(sheet, "straight", phone.clip)
    page = phone.open("/app/bag")
    page.get_by_role("link", name="扫单子收药").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number_of(record))
    page.get_by_label("避孕套 2409A 点到几个").fill("38")
    expect(page.get_by_text("有 1 样和单上不一样")).to_be_visible()
    page.get_by_role("button", name="点清了，收下").click()
    expect(page.get_by_role("status").filter(has_text="记下了")).to_be_visible()
    expect(page.get_by_role("region", name="避孕套")).to_contain_text("38 只")
    page.get_by_role("link", name="扫单子收药").click()
    expect(page.get_by_text("收过了")).to_be_visible()


def agreed(server: LiveServer) -> list[tuple[str, str]]:
    """(person, year of birth) of women in the director's first village who agreed to a service record."""
    asked = """select p.id, substr(p.birth, 1, 4) from person p join consent c on c.person = p.id and c.county = p.county
        where c.purpose = 'service_record' and c.decision = 'given' and p.area = ? and p.merged_into is null order by p.id"""
    village = day.login(server, "director")["areas"][0]
    with sqlite3.connect(server.data / "suifang.db") as database:
        return list(database.execute(asked, [village]))


def give(phone: Phone, card: Path, her: str) -> str:
    """The card held out is given to a person who is found by her name, known from her namesakes by age and door;
    answers her name.
    """
    name, *known_by = known(phone, her)
    page = hold_out(phone, card)
    page.get_by_role("link", name="是新卡，给她这张卡").click()
    choose(page, name, *known_by)
    page.get_by_role("button", name="给她这张卡").click()
    expect(page.get_by_role("heading", name="给好了")).to_be_visible()
    return name


def known(phone: Phone, her: str) -> tuple[str, str, str]:
    """Her name, age and door, as her page says them."""
    name = day.open_person(phone, her)
    age = phone.page.get_by_role("heading", level=1).evaluate("h => h.lastChild.textContent")
    return name, age, phone.page.get_by_role("banner").locator("a[href*='/household/']").inner_text()


def choose(page: Page, name: str, age: str, door: str) -> None:
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name=name).filter(has_text=age).filter(has_text=door).click()


def say_year(page: Page, year: str) -> None:
    page.get_by_label("请她说哪年出生").fill(year)
    page.get_by_role("button", name="她在，她同意").click()


def test_a_card_that_was_given_opens_her_record_only_when_she_says_her_year(
    phone: Phone, shared_server: LiveServer, pictures: list[Path]
) -> None:
    her, year = agreed(shared_server)[0]
    name = give(phone, pictures[7], her)
    page = hold_out(phone, pictures[7], "tilted")
    expect(page.get_by_text(name)).to_have_count(0)
    say_year(page, "1901")
    expect(page.get_by_text("和记录对不上")).to_be_visible()
    say_year(page, year)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_lost_card_is_out_of_use_at_once_and_her_new_one_is_found_by_its_number(
    phone: Phone, shared_server: LiveServer, pictures: list[Path]
) -> None:
    her, year = agreed(shared_server)[1]
    name = give(phone, pictures[8], her)
    page = phone.page
    page.get_by_role("link", name="看她的记录").click()
    page.get_by_role("link", name="服务卡").click()
    page.get_by_role("button", name="卡丢了").click()
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_text("停用了。服务照常")).to_be_visible()
    expect(hold_out(phone, pictures[8]).get_by_role("heading", name="这张卡停用了")).to_be_visible()

    give(phone, pictures[9], her)
    phone.open("/app/scan/number")
    page.get_by_label("卡号").fill(number_on(pictures[8]))
    page.get_by_role("button", name="找人").click()
    expect(page.get_by_text("这张卡停用了")).to_be_visible()
    page.get_by_label("卡号").fill(number_on(pictures[9]))
    page.get_by_role("button", name="找人").click()
    say_year(page, year)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def next_township(server: LiveServer, folder: Path) -> dict[str, Any]:
    """A director's login of another township of the county, where nobody knows the women of the first."""
    rows = [woman(1, 村="柳林村", 姓名="何秀兰"), woman(2, 村="柳林村", 姓名="何秀梅")]
    workbook = register(folder / "liulin.xlsx", rows, title="柳林镇全员登记册")
    server.suifang("import-register", str(workbook), "--township", "990131102")
    who = {"username": "luhong", "password": "peach-blossom-7"}
    asked = ("--name", "陆红", "--role", "director", "--area", "990131102201", "--password", who["password"])
    server.suifang("worker", "add", who["username"], *asked)
    return cast.with_new_code(server, who)


def serve_the_holder(page: Page) -> None:
    """Twenty condoms for whoever holds the card on the screen; she agrees to that being kept."""
    page.get_by_role("link", name="她拿卡来的，给她服务").click()
    page.get_by_role("button", name="去问她").click()
    day.say_yes(page, witness="陆红")
    day.pick(page, "发什么", "避孕套")
    page.get_by_label("发几个").fill("20")
    page.get_by_role("button", name="发 20 只，记下").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def test_a_service_for_a_card_from_another_township_reaches_her_own_village(
    phone: Phone, shared_server: LiveServer, shared_phones: MakePhone, pictures: list[Path], tmp_path: Path
) -> None:
    her, _ = agreed(shared_server)[2]
    give(phone, pictures[6], her)
    phone.go_online()
    expect(day.badge(phone.open())).to_have_accessible_name(SENT)

    there = shared_phones("there", clip=clips.film(pictures[6], "straight", tmp_path / "clip.mjpeg"))
    page = day.first_day(there, next_township(shared_server, tmp_path))
    page.evaluate(day.READER_IS_HERE)
    there.go_offline()
    serve_the_holder(hold_out(there, pictures[6]))
    there.go_online()
    expect(day.badge(page)).to_have_accessible_name(SENT)

    day.send_now(phone.page)
    day.open_person(phone, her)
    expect(phone.page.get_by_role("button", name="避孕套").first).to_be_visible()
