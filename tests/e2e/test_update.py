"""A newer version is offered, never forced, never in the middle of a form, and costs no unsent record."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e import album
from tests.e2e.baddays import at_the_town
from tests.e2e.conftest import MakePhone
from tests.e2e.day import badge, first_day, login, pick, section
from tests.e2e.server import LiveServer

DIST = Path(__file__).parents[2] / "pwa" / "dist"
OFFER = "随访有新版本"


def ship_a_second_build(served: Path) -> None:
    """The same files under another build's name: its worker is another, its shelf too."""
    worker = served / "sw.js"
    text, changed = re.subn(r"(`)[\w-]{12}(`\))", r"\1second-build\2", worker.read_text(), count=1)
    assert changed == 1, "the worker names its build in another way"
    worker.write_text(text)


def look_for_it(page: Page) -> None:
    """What the browser does by itself at the next start."""
    page.evaluate("() => navigator.serviceWorker.getRegistration('/app/').then((one) => one.update())")
    page.wait_for_function("() => navigator.serviceWorker.getRegistration('/app/').then((one) => one.waiting !== null)")


def test_a_newer_version_waits_until_the_form_is_closed_and_she_taps(
    live_server: LiveServer, make_phone: MakePhone, tmp_path: Path
) -> None:
    served = tmp_path / "page"
    shutil.copytree(DIST, served)
    live_server.restart_with(SUIFANG_PAGE=str(served))
    phone = make_phone("director")
    page = first_day(phone, login(live_server, "director"))
    page.get_by_role("link", name="避孕套").first.click()
    person = page.url.split("/visit/")[1].split("/")[0]
    before = at_the_town(live_server.data, person)
    pick(page, "见到了吗", "见到了")
    page.get_by_role("button", name="下一步：做了什么").click()
    pick(page, "今天做了什么", "发药具")
    pick(section(page, "发药具"), "发什么", "避孕套")
    ship_a_second_build(served)
    look_for_it(page)
    expect(section(page, "发药具").get_by_role("radio", name="避孕套")).to_be_checked()
    expect(page.get_by_text(OFFER)).to_have_count(0)

    phone.go_offline()
    page.get_by_role("button", name="下一步：下次").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_text(OFFER)).to_be_visible()
    album.keep(page, "update")
    page.get_by_role("button", name="换新版").click()
    page.wait_for_function("() => caches.keys().then((names) => names.join() === 'suifang-app-second-build')")
    expect(badge(page)).to_have_accessible_name(re.compile("^在手机上 未发 "))
    phone.go_online()
    expect(badge(page)).to_have_accessible_name("镇里收到 同步")
    assert at_the_town(live_server.data, person) == before + 1
