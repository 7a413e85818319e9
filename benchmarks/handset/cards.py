"""Cards before the camera of a phone at a quarter of the speed: how many are read, and how soon the page says what each is."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.handset.hand import SLOWER
from benchmarks.handset.measure import say
from server.cards.drawing import BORDER, modules
from tests.e2e import clips, day
from tests.e2e.phones import FLAGS, Phone
from tests.e2e.server import LiveServer, suifang

HOST = "a-host-of-forty-characters-x.example.org"  # the longest there may be
LENS = (Path(__file__).parent / "lens.js").read_text()
PWA = Path(__file__).parents[2] / "pwa"
LONGEST_MS = 3000  # nobody holds a card out for longer
STRENGTHS = (1.0, 2.0, 3.0)
Figures = dict[str, Any]


def measure(chromium: str, folder: Path, cards: int) -> Figures:
    """`cards` cards in each way of being held, as the tests hold them and harder; the decoder alone on the same pictures."""
    folder.mkdir(parents=True)
    pictures = _printed(folder)[:cards]
    held = [(how, strength, card) for how in clips.HOW for strength in STRENGTHS for card in pictures]
    with _phone(chromium, folder) as phone:
        scans = [_held_out(phone, *one) for one in held]
    say("cards were held out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        raw = _alone(browser, folder, [clips.scene(card, how) for how, strength, card in held if strength == 1])
    return {"versions": sorted({_version(card) for card in pictures}), "scans": scans, "raw": raw}


def _printed(folder: Path) -> list[Path]:
    """A server with people, and a sheet of cards as a card printer prints them."""
    data, env = folder / "data", {"SUIFANG_PUBLIC_HOST": HOST}
    (folder / "demo.json").write_text(json.dumps(suifang("demo", data=data, env=env)))
    suifang("cards", "print", "--sheets", "1", "--out", str(folder / "a.pdf"), "--png", str(folder), data=data, env=env)
    return sorted(folder.glob("*.png"))


@contextmanager
def _phone(chromium: str, folder: Path) -> Iterator[Phone]:
    """A director's phone with the list of cards and the decoder on it, offline and slow."""
    demo = json.loads((folder / "demo.json").read_text())
    server = LiveServer(folder / "data", demo, env={"SUIFANG_PUBLIC_HOST": HOST}).start()
    blank = Image.new("RGB", clips.SIZE, clips.TABLE)
    blank.save(folder / "blank.jpg")
    clip = clips.film(folder / "blank.jpg", "straight", folder / "clip.mjpeg")
    try:
        with sync_playwright() as playwright:
            phone = Phone(playwright, chromium, folder / "profile", server.url, clip=clip).switch_on()
            phone.context.add_init_script(LENS)
            page = day.first_day(phone, day.login(server, "director"))
            page.evaluate(day.READER_IS_HERE)
            phone.go_offline()
            line = phone.context.new_cdp_session(page)
            line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            yield phone
            phone.switch_off()
    finally:
        server.stop()


def _held_out(phone: Phone, how: str, strength: float, card: Path) -> Figures:
    """{how, strength, frames, decode, verify, told}: frames until one was read, ms from that one on; told is None if none was."""
    page = phone.page
    page.get_by_role("link", name="今日").click()
    assert phone.clip
    clips.film(card, how, phone.clip, strength)
    page.evaluate("ms => watchCard(ms)", LONGEST_MS)
    page.get_by_role("link", name="扫卡").click()
    seen = page.evaluate("() => lens.told")
    told = {"how": how, "strength": strength}
    if seen is None:
        return told | {"frames": page.evaluate("() => lens.frames"), "told": None}
    spans = {name: seen[end] - seen[begin] for name, begin, end in SPANS}
    return told | {"frames": seen["frames"]} | spans


SPANS = (("decode", "frame", "decoded"), ("verify", "decoded", "verified"), ("told", "frame", "told"))


def _alone(browser: Browser, folder: Path, scenes: list[bytes]) -> dict[str, list[float]]:
    """The decoder alone on the same pictures, and a bare check of a signature, at the same speed. ms."""
    out = folder / "card.js"
    command = ["node_modules/.bin/rolldown", "tests/bench/card.ts", "--format", "iife", "--minify", "--file", str(out)]
    subprocess.run(command, cwd=PWA, check=True, capture_output=True)
    wasm = (PWA / "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm").read_bytes()
    server = LiveServer(folder / "bare").start()
    try:
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{server.url}/app/")
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.evaluate(out.read_text())
            texts = [base64.b64encode(one).decode() for one in scenes]
            given = [base64.b64encode(wasm).decode(), texts]
            return dict(page.evaluate("([wasm, scenes]) => cardsAlone(wasm, scenes)", given))
    finally:
        server.stop()


def _version(card: Path) -> int:
    with Image.open(card) as picture:
        [code] = zxingcpp.read_barcodes(picture.convert("L"))
    return (len(modules(code.text)) - 2 * BORDER - 17) // 4
