"""What people do with the app, in the words on its buttons: a director on her phone, a clerk at the desk."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

FIGURE = "/api/figures/contraceptive_practice"
# The reader of codes is big and comes after the other files.
READER_IS_HERE = """async () => {
  for (const until = Date.now() + 20000; Date.now() < until; await new Promise((go) => setTimeout(go, 50))) {
    for (const name of await caches.keys())
      if ((await (await caches.open(name)).keys()).some((one) => one.url.endsWith('.wasm'))) return;
  }
  throw new Error('the reader did not come');
}"""


def login(server: LiveServer, role: str) -> dict[str, Any]:
    """The demo's login of a role: {username, password, code?, …}."""
    return next(one for one in server.demo["logins"] if one["role"] == role)


def sign_in(page: Page, who: dict[str, Any]) -> None:
    page.get_by_label("用户名").fill(who["username"])
    page.get_by_label("密码", exact=True).fill(who["password"])
    page.get_by_role("button", name="登录").click()


def first_day(phone: Phone, who: dict[str, Any]) -> Page:
    """Sign in once, register with the slip's code, fetch the list; ends on Today with the worker installed."""
    page = phone.open()
    sign_in(page, who)
    register(page, who["phone_code"])
    page.get_by_role("button", name="和纸条一样，开始").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    phone.wait_until_installed()
    return page


def register(page: Page, code: str) -> None:
    """The slip's code; then the list is fetched and the check mark shown."""
    page.get_by_label("登记码").fill(code)
    page.get_by_role("button", name="登记，取名单").click()


def at_the_desk(desk: Phone, who: dict[str, Any]) -> Page:
    page = desk.open("/app/desk")
    sign_in(page, who)
    expect(page.get_by_role("navigation", name="主要页面")).to_be_visible()
    return page


def figure(desk: Phone, **asked: str) -> dict[str, Any]:
    """The practice rate as the desk's browser may read it."""
    return desk.page.request.get(FIGURE, params=asked).json()


def behind(desk: Phone, part: str, **asked: str) -> list[dict[str, Any]]:
    """The records behind one count."""
    return desk.page.request.get(f"{FIGURE}/records", params={"part": part, **asked}).json()["rows"]


def say_yes(page: Page, witness: str) -> None:
    """She agrees, spoken, with a witness."""
    pick(page, "她怎么答应", "口头，有人作证")
    page.get_by_label("谁作证").fill(witness)
    page.get_by_role("button", name="她同意").click()


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def pick(inside: Page | Locator, legend: str, choice: str) -> None:
    """Tap one choice of a question."""
    inside.get_by_role("group", name=legend).get_by_label(choice, exact=True).click()


def badge(page: Page) -> Locator:
    """The last tab: how much is still on the phone, or that the town has it all."""
    return page.get_by_role("navigation", name="主要页面").get_by_role("link").last


def open_person(phone: Phone, person: str) -> str:
    """Open her page, as a link to it does; answers her name."""
    page = phone.open(f"/app/person/{person}")
    expect(page.get_by_role("heading", name="以前的事")).to_be_visible()
    return page.get_by_role("heading", level=1).evaluate("h => h.firstChild.textContent")


def visit_with_condoms(page: Page, witness: str) -> None:
    """From her page: met, she agrees to both, uses condoms, gets twenty, saved."""
    page.get_by_role("link", name="开始访视").click()
    pick(page, "见到了吗", "见到了")
    page.get_by_role("button", name="下一步：做了什么").click()
    for deed in ("问用药", "发药具"):
        pick(page, "今天做了什么", deed)
        section(page, deed).get_by_role("button", name="去问她").click()
        say_yes(page, witness)
    section(page, "问用药").get_by_label("现在用什么").select_option(label="避孕套")
    supply = section(page, "发药具")
    pick(supply, "发什么", "避孕套")
    supply.get_by_label("发几个").fill("20")
    page.get_by_role("button", name="下一步：下次").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def change_telephone(page: Page, number: str) -> None:
    page.get_by_role("button", name="改电话").click()
    page.get_by_label("新的电话").fill(number)
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_text("改了，还在手机上")).to_be_visible()


def void_record(page: Page, record: str, reason: str) -> None:
    page.get_by_role("button", name=record).click()
    page.get_by_role("button", name="作废").click()
    pick(page, "为什么作废", reason)
    page.get_by_role("button", name="作废这一条").click()
    expect(page.get_by_text(f"作废了：{reason}")).to_be_visible()


def send_now(page: Page) -> None:
    """The sync page's button, until the town has everything."""
    page.goto("/app/sync")
    page.get_by_role("button", name="现在发").click()
    expect(page.get_by_text("都发完了，手机上没有剩")).to_be_visible()
