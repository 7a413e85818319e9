"""What a card's QR opens in any browser: the card is checked in the page, and a code opens her own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests import cast
from tests.e2e.conftest import MakePhone
from tests.e2e.server import LiveServer, suifang

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "cards.json").read_text("utf-8"))
JUDGE_ALL = """async ({ list, cases }) => {
  const { judge } = await import('/C/card.js');
  const day = (text) => Date.parse(text + 'T00:00:00Z') / 864e5;
  const said = [];
  for (const one of cases) said.push((await judge(one.text, async () => list, day(one.today))).at);
  return said;
}"""
CODE_FOR_SOMEBODY = """async ({ username, password }) => {
  const ask = async (path, body) => (await fetch(path, { method: 'POST', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'X-Suifang': '1' } })).json();
  await ask('/api/auth/login', { username, password });
  const { people } = await ask('/api/people/search', { q: '李' });
  return (await ask(`/api/people/${people[0].id}/code`, {})).code;
}"""


@pytest.fixture(scope="module")
def card(shared_server: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What stands behind # on a printed card."""
    folder = tmp_path_factory.mktemp("cards")
    words = ("cards", "print", "--sheets", "1", "--out", str(folder / "a.pdf"), "--png", str(folder))
    suifang(*words, data=shared_server.data, env={"SUIFANG_PUBLIC_HOST": "card.example.org"})
    [code] = zxingcpp.read_barcodes(Image.open(next(folder.glob("*.png"))).convert("L"))
    return str(code.text.partition("#")[2])


def visit(phones: MakePhone, server: LiveServer, card: str) -> tuple[Page, list[str]]:
    """A browser that never saw the app opens the card's address; every address it asks is noted."""
    page, asked = phones("anybody", pin=None).page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.url}/C#{card}")
    return page, asked


def test_a_card_opens_a_page_that_knows_it_and_a_code_opens_her_own(
    shared_phones: MakePhone, shared_server: LiveServer, card: str
) -> None:
    page, asked = visit(shared_phones, shared_server, card)
    expect(page.locator("#card")).to_contain_text("这张卡能用")
    assert page.url == f"{shared_server.url}/C"
    assert [url for url in asked if card[:8] in url.partition("#")[0] or not url.startswith(shared_server.url)] == []
    assert page.evaluate(JUDGE_ALL, {"list": VECTORS["list"], "cases": VECTORS["cases"]}) == verdicts()
    page.get_by_label("哪个村").select_option(index=1)
    page.get_by_role("button", name="一般").click()
    expect(page.locator("#rated")).to_contain_text("谢谢")
    page.get_by_label("您的电话").fill("13900000111")
    page.get_by_role("button", name="交给服务站").click()
    expect(page.locator("#sent")).to_contain_text("站里收到了")
    page.get_by_label("10 个数字").fill(page.evaluate(CODE_FOR_SOMEBODY, clerk(shared_server)))
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="您同意过什么")).to_be_visible()
    page.get_by_role("button", name="看完了，关掉").click()
    expect(page.locator("#hers")).to_have_text("")
    assert page.evaluate("() => [localStorage.length, sessionStorage.length, document.title]") == [
        0,
        0,
        "服务卡 Service card",
    ]


def verdicts() -> list[str]:
    return [one["verdict"] for one in VECTORS["cases"]]


def clerk(server: LiveServer) -> dict[str, Any]:
    who = cast.clerk(server)
    return {name: who[name] for name in ("username", "password")}
