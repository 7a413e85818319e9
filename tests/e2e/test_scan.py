"""Cards held out to a worker: a real camera stream, the real decoder, no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import clips, day
from tests.e2e.conftest import MakePhone
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

HOST = "card.example.org"
# The reader is big and comes after installing.
HAS_READER = """async () => (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys())))
    .flat().some((one) => one.url.endsWith('.wasm'))"""


@pytest.fixture
def pictures(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """One printed sheet, as a picture a card. Phones get the card list with their first sync."""
    monkeypatch.setenv("SUIFANG_PUBLIC_HOST", HOST)
    live_server.suifang(
        "cards", "print", "--sheets", "1", "--out", str(tmp_path / "a.pdf"), "--png", str(tmp_path / "png")
    )
    return sorted((tmp_path / "png").glob("*.png"))


@pytest.fixture
def phone(make_phone: MakePhone, live_server: LiveServer, pictures: list[Path]) -> Phone:
    """A director's phone that has everything and no network any more."""
    made = make_phone("scanning")
    day.first_day(made, day.login(live_server, "director"))
    return made


def hold_out(phone: Phone, card: Path, how: str, clip: Path) -> Page:
    """The phone, switched on anew with this clip before its camera; then without a network."""
    phone.switch_off()
    phone.clip = clips.film(card, how, clip)
    page = phone.switch_on().open()
    phone.wait_until_installed()
    page.wait_for_function(HAS_READER)
    phone.go_offline()
    page.get_by_role("link", name="扫卡").click()
    return page


def test_a_card_is_told_offline_however_it_is_held(phone: Phone, pictures: list[Path], tmp_path: Path) -> None:
    for how in clips.HOW:
        page = hold_out(phone, pictures[0], how, tmp_path / "clip.mjpeg")
        expect(page.get_by_role("heading", name="是真卡"), how).to_be_visible()
        expect(page.get_by_text("这张卡还没给人")).to_be_visible()
