"""Worse days, on a phone each: what she reads then, and that what she recorded is at the town in the end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import CDPSession, expect

from tests import cast
from tests.e2e import album
from tests.e2e.baddays import SENT, Arrived, arrived, begin_visit, director, save, visit
from tests.e2e.conftest import MakePhone
from tests.e2e.day import badge, first_day, pick, send_now
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

__all__ = ["arrived", "director"]

pytestmark = pytest.mark.long


def browser_of(phone: Phone) -> CDPSession:
    return phone.context.new_cdp_session(phone.page)


# What is left of the disk, byte by byte: IndexedDB counts before it writes, so the page's next record finds no room.
FILL = """async () => {
  const opened = indexedDB.open('films', 1);
  const table = () => opened.result.transaction('films', 'readwrite');
  await new Promise((done, failed) => {
    opened.onupgradeneeded = () => opened.result.createObjectStore('films', { autoIncrement: true });
    opened.onsuccess = done;
    opened.onerror = failed;
  });
  const fits = (size) => new Promise((told) => {
    const writing = table();
    writing.objectStore('films').put(crypto.getRandomValues(new Uint8Array(size)));
    writing.oncomplete = () => told(true);
    writing.onabort = () => told(false);
  });
  for (let size = 65536; size >= 32; ) if (!(await fits(size))) size = Math.floor(size / 2);
  opened.result.close();
}"""


def test_a_full_disk_says_so_keeps_the_form_and_takes_it_once_there_is_room(director: Phone, arrived: Arrived) -> None:
    used = director.page.evaluate("() => navigator.storage.estimate().then((found) => found.usage)")
    director.restart()
    allow(director, 1)
    page = director.open()
    expect(page.get_by_role("alert").filter(has_text="手机满了")).to_be_visible()
    album.keep(page, "full-disk-locked")
    allow(director, used + 400_000)
    person = begin_visit(page)
    page.evaluate(FILL)
    save(page).click()
    expect(page.get_by_role("alert").filter(has_text="手机满了")).to_be_visible()
    album.keep(page, "full-disk")
    allow(director)
    save(page).click()
    expect(badge(page)).to_have_accessible_name(SENT)
    assert arrived(person) == 1


def allow(phone: Phone, *size: int) -> None:
    """So many bytes for the app; without a number as many as the disk has."""
    quota = {"quotaSize": size[0]} if size else {}
    browser_of(phone).send("Storage.overrideQuotaForOrigin", {"origin": phone.url, **quota})


def test_a_store_that_the_browser_emptied_is_registered_anew_and_what_was_sent_comes_back(
    shared_server: LiveServer, director: Phone, arrived: Arrived
) -> None:
    page = director.page
    person = visit(page)
    expect(badge(page)).to_have_accessible_name(SENT)
    director.page.goto("about:blank")
    browser_of(director).send(
        "Storage.clearDataForOrigin", {"origin": director.url, "storageTypes": "indexeddb,cookies,local_storage"}
    )
    page = first_day(director, cast.with_new_code(shared_server, cast.director(shared_server)))
    album.keep(page, "store-emptied")
    page.goto(f"/app/person/{person}")
    expect(page.get_by_role("button", name="没在家").first).to_be_visible()
    assert arrived(person) == 1


@pytest.mark.parametrize("days", [-1096, 1096])
def test_a_clock_three_years_off_is_told_and_the_record_is_taken(director: Phone, days: int, arrived: Arrived) -> None:
    director.context.clock.set_system_time(datetime.now() + timedelta(days=days))
    page = director.open("/app/people")
    page.get_by_role("searchbox").fill("王")
    page.locator("main a[href*='/person/']").first.click()
    page.get_by_role("link", name="开始访视").click()
    person = page.url.rstrip("/").split("/visit/")[1].split("/")[0]
    pick(page, "见到了吗", "没在家")
    page.get_by_role("button", name="下一步：下次").click()
    save(page).click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    send_now(page)
    expect(page.get_by_text("手机的钟和镇里差")).to_be_visible()
    album.keep(page, f"clock-{'behind' if days < 0 else 'ahead'}")
    assert arrived(person) == 1


def test_a_browser_that_does_not_promise_to_keep_data_is_used_all_the_same(
    shared_server: LiveServer, shared_phones: MakePhone, arrived: Arrived
) -> None:
    phone = shared_phones("no-promise")
    phone.context.add_init_script(
        "navigator.storage.persist = navigator.storage.persisted = () => Promise.resolve(false)"
    )
    page = first_day(phone, cast.with_new_code(shared_server, cast.director(shared_server)))
    person = visit(page)
    expect(badge(page)).to_have_accessible_name(SENT)
    album.keep(page, "no-promise")
    assert arrived(person) == 1


def test_digits_pressed_wrong_three_times_are_told_to_wait_and_nothing_is_lost(
    director: Phone, arrived: Arrived
) -> None:
    director.go_offline()
    person = visit(director.page)
    director.pin = None
    director.restart().go_offline()
    page = director.open()
    for _ in range(3):
        expect(page.locator(".dots .on")).to_have_count(0)
        for digit in "862093":
            page.locator(".keys").get_by_role("button", name=digit, exact=True).click()
        expect(page.get_by_text("数字不对").first).to_be_visible()
    expect(page.get_by_text("歇一会儿再按").first).to_be_visible()
    album.keep(page, "wrong-digits")
    director.go_online()
    page.get_by_role("button", name="不打开，先把未发的 1 条送走").click()
    expect(page.get_by_text("送到了 1 条")).to_be_visible()
    assert arrived(person) == 1


def test_a_person_opened_on_two_phones_shows_on_each_what_the_other_recorded(
    shared_server: LiveServer, director: Phone, shared_phones: MakePhone, arrived: Arrived
) -> None:
    technician = shared_phones("technician")
    first_day(technician, cast.with_new_code(shared_server, cast.technician(shared_server)))
    person = visit(director.page)
    expect(badge(director.page)).to_have_accessible_name(SENT)
    technician.open(f"/app/person/{person}")
    technician.page.get_by_role("heading", name="以前的事").wait_for()
    send_now(technician.page)
    page = technician.open(f"/app/person/{person}")
    expect(page.get_by_role("button", name="没在家").first).to_be_visible()
    album.keep(page, "two-phones")
    assert arrived(person) == 1


def test_a_clock_that_jumps_between_two_records_costs_neither(director: Phone, arrived: Arrived) -> None:
    seen = []
    for days in (30, -30):
        director.context.clock.set_system_time(datetime.now() + timedelta(days=days))
        seen.append(visit(director.open()))
    send_now(director.page)
    expect(director.page.get_by_text("手机的钟和镇里差 30 天")).to_be_visible()
    album.keep(director.page, "clock-jumps")
    assert sum(arrived(person) for person in set(seen)) == 2
