"""No page keeps a screen reader, a keyboard or weak eyes out: axe finds nothing serious, in both tongues and both themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.e2e import walk
from tests.e2e.conftest import MakePhone
from tests.e2e.day import at_the_desk, first_day
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

LOOKS = [("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark")]


@pytest.fixture(scope="module")
def her_phone(shared_phones: MakePhone, shared_server: LiveServer) -> Phone:
    phone = shared_phones("axe")
    first_day(phone, cast.director(shared_server))
    return phone


@pytest.fixture(scope="module")
def her_desk(shared_phones: MakePhone, shared_server: LiveServer) -> Phone:
    desk = shared_phones("axe-desk", width=1280, height=800)
    at_the_desk(desk, cast.clerk(shared_server))
    return desk


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_axe_finds_nothing_serious_on_the_phone(
    her_phone: Phone, shared_server: LiveServer, lang: str, theme: str
) -> None:
    page = her_phone.open()
    walk.dress(page, lang, theme)
    door = page.locator("main a[href*='/household/']").first
    door.wait_for()
    household = str(door.get_attribute("href")).rpartition("/")[2]
    person = str(page.locator("main a[href*='/visit/']").first.get_attribute("href")).rpartition("/")[2]
    area = cast.director(shared_server)["areas"][0]
    found = {path: list(on(her_phone, path)) for path in walk.of_phone(person, household, area)}
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_axe_finds_nothing_serious_at_the_desk(
    her_phone: Phone, her_desk: Phone, shared_server: LiveServer, lang: str, theme: str
) -> None:
    link = her_phone.open().locator("main a[href*='/visit/']").first
    link.wait_for()
    person = str(link.get_attribute("href")).rpartition("/")[2]
    walk.dress(her_desk.open("/app/desk"), lang, theme)
    found = {path: list(on(her_desk, path)) for path in walk.of_desk(person)}
    walk.open_bag(her_desk.page, cast.director(shared_server)["name"])
    found["the bag"] = walk.findings(her_desk.page)
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_axe_finds_nothing_serious_before_anybody_has_signed_in(
    shared_phones: MakePhone, lang: str, theme: str
) -> None:
    phone = shared_phones(f"axe-new-{lang}-{theme}")
    walk.dress(phone.open(), lang, theme)
    expect(phone.page.get_by_role("textbox").first).to_be_visible()
    assert walk.findings(phone.page) == []


def test_axe_finds_nothing_serious_where_the_six_digits_are_asked_for(her_phone: Phone) -> None:
    her_phone.pin = None
    page = her_phone.restart().open()
    found = []
    for lang, theme in LOOKS:
        walk.dress(page, lang, theme)
        expect(page.locator(".keys")).to_be_visible()
        found += walk.findings(page)
    assert found == []


def on(phone: Phone, path: str) -> Iterator[str]:
    walk.go(phone.page, path)
    yield from walk.findings(phone.page)
