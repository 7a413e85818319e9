"""Cards held out to a worker: a real camera stream, the real decoder, no network."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from server.cards import payload
from server.cards.drawing import spaced
from tests.e2e import clips, day
from tests.e2e.conftest import MakePhone
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

HOST = "card.example.org"
# The reader of codes is big and comes after the other files.
READER_IS_HERE = """async () => {
  for (const until = Date.now() + 20000; Date.now() < until; await new Promise((go) => setTimeout(go, 50))) {
    for (const name of await caches.keys())
      if ((await (await caches.open(name)).keys()).some((one) => one.url.endsWith('.wasm'))) return;
  }
  throw new Error('the reader did not come');
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
    page.evaluate(READER_IS_HERE)
    made.go_offline()
    return made


def hold_out(phone: Phone, card: Path, how: str = "straight") -> Page:
    """The camera is opened anew before this card; ends when the phone tells this very card."""
    assert phone.clip
    page = phone.page
    page.get_by_role("link", name="今日").click()
    clips.film(card, how, phone.clip)
    page.get_by_role("link", name="扫卡").click()
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
