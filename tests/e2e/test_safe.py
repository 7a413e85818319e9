"""The phone is a safe: what lies in its profile, who opens it, and what happens when it is left alone, shared or lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests import cast
from tests.e2e.baddays import at_the_town, begin_visit, save
from tests.e2e.conftest import MakePhone
from tests.e2e.day import at_the_desk, badge, behind, first_day, sign_in, visit_with_condoms
from tests.e2e.phones import PATIENCE_MS, PIN, Phone
from tests.e2e.server import LiveServer

VILLAGE = "990131101201"
OTHER_PIN = "409718"
KEYS = "按 6 位数"
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Every storage area of the origin as text: databases with their bytes read as UTF-8, caches, local and session storage.
DUMP = """async () => {
  const plain = (value) => value instanceof Uint8Array || value instanceof ArrayBuffer
    ? new TextDecoder().decode(value)
    : value && typeof value === 'object' && !(value instanceof CryptoKey)
      ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : String(value);
  const done = (request) => new Promise((ok, no) => { request.onsuccess = () => ok(request.result); request.onerror = no; });
  const found = { databases: {}, caches: [], local: { ...localStorage }, session: { ...sessionStorage } };
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const table = db.transaction(store).objectStore(store);
      const keys = await done(table.getAllKeys());
      found.databases[name + '/' + store] = [keys.map(String), (await done(table.getAll())).map(plain)];
    }
    db.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.caches.push(request.url);
  return JSON.stringify(found);
}"""

# How many deliveries lie sealed and signed for the service worker.
LEFT = """async () => {
  const db = await new Promise((ok, no) => {
    const request = indexedDB.open('suifang');
    request.onsuccess = () => ok(request.result);
    request.onerror = no;
  });
  const asked = db.transaction('phone').objectStore('phone').get('posted');
  const posted = await new Promise((ok, no) => { asked.onsuccess = () => ok(asked.result); asked.onerror = no; });
  db.close();
  return (posted ?? []).length;
}"""
ASKED = "async () => (await (await navigator.serviceWorker.ready).sync.getTags()).includes('suifang-deliver')"


def press(page: Page, pin: str) -> None:
    keys = page.get_by_role("region", name=KEYS)
    for digit in pin:
        keys.get_by_role("button", name=digit, exact=True).click()


def unlocked(page: Page, pin: str = PIN) -> None:
    press(page, pin)
    expect(page.get_by_role("region", name=KEYS)).to_have_count(0)


def careful_day(phone: Phone, who: dict[str, Any]) -> Page:
    """A first day on which the test itself presses the keys."""
    page = phone.open()
    sign_in(page, who)
    page.get_by_label("登记码").fill(who["phone_code"])
    page.get_by_role("button", name="登记，取名单").click()
    choose_digits(page, PIN)
    phone.wait_until_installed()
    return page


def choose_digits(page: Page, pin: str) -> None:
    press(page, pin)
    expect(page.get_by_role("heading", name="再按一遍")).to_be_visible()
    press(page, pin)
    page.get_by_role("button", name="和纸条一样，开始").click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


@pytest.fixture
def make(shared_phones: MakePhone, request: pytest.FixtureRequest) -> Iterator[MakePhone]:
    """A new phone a test, switched off after it."""
    made: list[Phone] = []

    def one(pin: str | None = None) -> Phone:
        made.append(shared_phones(f"{request.node.name}-{len(made)}", pin=pin))
        return made[-1]

    yield one
    for phone in made:
        phone.switch_off()


@pytest.fixture(scope="module")
def desk(shared_phones: MakePhone, shared_server: LiveServer) -> Phone:
    desk = shared_phones("desk", width=1280, height=800)
    at_the_desk(desk, cast.clerk(shared_server))
    return desk


@pytest.fixture
def director(shared_server: LiveServer) -> dict[str, Any]:
    return cast.with_new_code(shared_server, cast.director(shared_server))


def go(page: Page, path: str) -> None:
    """A link of the page's own: no reload, so no lock."""
    page.evaluate(
        "(to) => { history.pushState({depth: 1, y: 0}, '', to); dispatchEvent(new PopStateEvent('popstate')); }", path
    )


def test_after_a_days_work_the_profile_tells_nothing(make: MakePhone, desk: Phone, director: dict[str, Any]) -> None:
    (her,) = (row for row in behind(desk, "none", area=VILLAGE) if row["number"] == "011013")
    phone = make()
    page = careful_day(phone, director)
    phone.go_offline()
    go(page, f"/app/person/{her['person']}")
    expect(page.get_by_role("heading", name="以前的事")).to_be_visible()
    name = page.get_by_role("heading", level=1).evaluate("h => h.firstChild.textContent")
    visit_with_condoms(page, witness="李秀英")
    expect(badge(page)).to_have_accessible_name("在手机上 未发 5")
    dump = page.evaluate(DUMP)
    secrets = [name, "李秀英", "东坡", "避孕套", "condom", "household_visit", "contraceptive", "同意", "given"]
    assert [word for word in secrets if word in told(dump)] == []
    assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dX](?!\d)", told(dump)) == []  # telephones, ID numbers
    assert len(json.loads(dump)["databases"]) == 6

    lock_by_itself(page)
    assert name not in page.content()
    unlocked(page)
    expect(badge(page)).to_have_accessible_name("在手机上 未发 5")


def told(dump: str) -> str:
    """What the dump says besides random names, keys and ids."""
    found = json.loads(dump)
    said = json.dumps([found["databases"], found["local"], found["session"]], ensure_ascii=False)
    return ID.sub("an id", said)  # eleven digits of a random id may look like a telephone


def lock_by_itself(page: Page) -> None:
    """Out of sight for longer than two minutes, as the page's own clocks tell it."""
    page.evaluate("""() => {
      const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
      const hide = (state) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      hide('hidden');
      Date.now = () => wall() + 121_000;
      performance.now = () => steady() + 121_000;
      hide('visible');
    }""")
    expect(page.get_by_role("heading", name="你是哪位？")).to_be_visible()


@pytest.mark.long
def test_a_lock_in_the_middle_of_a_form_comes_back_to_the_same_field(make: MakePhone, director: dict[str, Any]) -> None:
    page = careful_day(make(), director)
    page.locator("main a[href*='/visit/']").first.click()
    asked = page.get_by_role("group", name="见到了吗")
    met = asked.get_by_label("没在家", exact=True)
    met.click()
    lock_by_itself(page)
    unlocked(page)
    expect(met).to_be_checked()
    expect(asked.locator(":focus")).to_have_count(1)


@pytest.mark.long
def test_wrong_digits_wait_and_the_tenth_leaves_only_notes_for_the_station(
    make: MakePhone, director: dict[str, Any]
) -> None:
    page = careful_day(make(), director)
    lock_now(page)
    for left in (9, 8, 7):
        press(page, OTHER_PIN)
        expect(page.get_by_role("alert")).to_contain_text(f"还能试 {left} 次")
    expect(page.get_by_role("timer")).to_contain_text("歇一会儿再按")
    expect(page.get_by_role("region", name=KEYS).get_by_role("button", name="1", exact=True)).to_be_disabled()
    page.get_by_role("button", name="忘了").click()
    page.get_by_role("button", name="先记一笔").click()
    page.get_by_label("谁，住哪里").fill("村口第二家")
    page.get_by_label("做了什么").fill("送了两盒")
    page.get_by_role("button", name="封好记下").click()
    expect(page.get_by_text("记下了，封好了")).to_be_visible()
    assert "村口" not in page.evaluate(DUMP)
    page.get_by_role("button", name="不打开，先把未发的 1 条送走").click()
    expect(page.get_by_text("送到了 1 条")).to_be_visible()


def lock_now(page: Page) -> None:
    go(page, "/app/settings")
    page.get_by_role("button", name="现在锁上").click()
    expect(page.get_by_role("heading", name="你是哪位？")).to_be_visible()


@pytest.mark.long
def test_two_workers_share_a_phone_and_a_lost_one_empties_itself(
    make: MakePhone, desk: Phone, shared_server: LiveServer, director: dict[str, Any]
) -> None:
    phone = make()
    page = careful_day(phone, director)
    lock_now(page)
    page.get_by_role("button", name="上面没有我，登录").click()
    sign_in(page, cast.technician(shared_server))
    choose_digits(page, OTHER_PIN)
    phone.go_offline()
    page.reload()
    expect(page.get_by_role("radio")).to_have_count(2)
    unlocked(page, OTHER_PIN)

    (mine,) = [one for one in phones_at(desk) if len(one["stores"]) == 2]
    lose = desk.page.request.post(f"/api/phones/{mine['id']}/state", data={"state": "lost"}, headers={"X-Suifang": "1"})
    assert lose.ok
    page.goto("about:blank")  # an open page would begin to wipe by itself when the line is back, and be cut off below
    phone.go_online()
    with page.expect_response(lambda answer: answer.url.endswith("/wiped")) as confirmed:
        page.goto("/app/")
    assert confirmed.value.ok
    expect(page.get_by_text("这台手机报过丢失")).to_be_visible()
    assert page.evaluate("async () => (await indexedDB.databases()).filter((db) => db.name !== 'suifang').length") == 0
    assert [one["wiped_at"] is None for one in phones_at(desk) if one["id"] == mine["id"]] == [False]


def phones_at(desk: Phone) -> list[dict[str, Any]]:
    return list(desk.page.request.get("/api/phones").json()["phones"])


def test_a_phone_that_the_browser_emptied_says_so(make: MakePhone, director: dict[str, Any]) -> None:
    page = first_day(make(PIN), director)
    page.evaluate("""async () => {
      for (const { name } of await indexedDB.databases())
        await new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
    }""")
    page.goto("/app/")
    expect(page.get_by_text("浏览器把手机里记的清掉了")).to_be_visible()


@pytest.mark.long
def test_two_tabs_are_locked_each_by_itself_and_see_the_same_work(make: MakePhone, director: dict[str, Any]) -> None:
    phone = make(PIN)
    page = first_day(phone, director)
    second = phone.context.new_page()
    second.goto("/app/")
    expect(second.get_by_role("heading", name="今日")).to_be_visible()
    lock_by_itself(page)
    expect(second.get_by_role("heading", name="今日")).to_be_visible()


@pytest.mark.long
def test_the_browser_delivers_what_lies_sealed_while_the_app_is_closed(
    working_phone: Phone, working_town: LiveServer
) -> None:
    page = working_phone.page
    page.context.grant_permissions(["background-sync"])
    browser, registration = sync_events(page)
    working_town.stop()
    person = begin_visit(page)
    save(page).click()
    expect(page.get_by_role("heading", name="刚才记下")).to_be_visible()
    before = at_the_town(working_town.data, person)
    go(page, "/app/settings")
    page.get_by_role("button", name="现在锁上").click()
    says_yes(page, ASKED)
    page.goto("about:blank")
    working_town.start()
    page.goto("/health.json")  # of the town, but not of the app: only the service worker is at work
    assert page.evaluate(LEFT) > 0
    when = {"origin": working_phone.url, "registrationId": registration, "tag": "suifang-deliver", "lastChance": False}
    browser.send("ServiceWorker.dispatchSyncEvent", when)
    says_yes(page, f"async () => (await ({LEFT})()) === 0")
    assert at_the_town(working_town.data, person) == before + 1


def says_yes(page: Page, question: str) -> None:
    """Wait until the page answers a question that takes it a while with yes."""
    page.evaluate(f"""async () => {{
      for (const until = Date.now() + {PATIENCE_MS}; Date.now() < until; await new Promise((go) => setTimeout(go, 50)))
        if (await ({question})()) return;
      throw new Error('it never said yes');
    }}""")


def sync_events(page: Page) -> tuple[CDPSession, str]:
    """What speaks for the browser to the app's service worker, and under which number it is registered."""
    browser, known = page.context.new_cdp_session(page), []
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    browser.send("ServiceWorker.enable")
    until = monotonic() + PATIENCE_MS / 1000
    while not known and monotonic() < until:
        page.evaluate(
            "() => navigator.serviceWorker.ready.then(() => true)"
        )  # what the browser tells comes in beside it
    [number] = {one["registrationId"] for one in known if one["scopeURL"].endswith("/app/")}
    return browser, str(number)


@pytest.mark.long
def test_the_phones_own_lock_stands_beside_her_digits_and_goes_again(working_phone: Phone) -> None:
    working_phone.go_offline()
    page = working_phone.page
    finger, reader = a_finger(page)
    guard_her_digits(page, "加上", "加上了，下次打开要验")
    lock_now(page)
    guard_her_digits(page, "去掉", "去掉了，只要 6 位数")
    lock_now(page)
    guard_her_digits(page, "加上", "加上了，下次打开要验")
    finger.send("WebAuthn.clearCredentials", {"authenticatorId": reader})
    lock_now(page)
    expect(page.get_by_role("alert")).to_contain_text("手机的锁没验上")


def a_finger(page: Page) -> tuple[CDPSession, str]:
    """Chromium's virtual authenticator: a phone's own lock that gives keys (PRF), and that knows her."""
    finger = page.context.new_cdp_session(page)
    finger.send("WebAuthn.enable", {"enableUI": False})
    able = {"hasResidentKey": True, "hasUserVerification": True, "hasPrf": True}
    seen = {"isUserVerified": True, "automaticPresenceSimulation": True}
    options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", **able, **seen}
    reader = finger.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return finger, str(reader["authenticatorId"])


def guard_her_digits(page: Page, button: str, said: str) -> None:
    go(page, "/app/settings")
    sheet = page.locator("details").filter(has_text="指纹、人脸")
    sheet.locator("summary").click()
    sheet.get_by_label("现在的 6 位数").fill(PIN)
    sheet.get_by_role("button", name=button, exact=True).click()
    expect(sheet.get_by_role("status")).to_contain_text(said)
