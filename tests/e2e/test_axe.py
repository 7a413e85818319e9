"""No page keeps a screen reader, a keyboard or weak eyes out: axe finds nothing serious, in both tongues and both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.e2e import walk
from tests.e2e.conftest import MakePhone
from tests.e2e.day import at_the_desk, first_day
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

# In two looks every page is seen in both tongues and both themes; the long tier crosses them.
LOOKS = [
    ("zh", "light"),
    ("en", "dark"),
    pytest.param("zh", "dark", marks=pytest.mark.long),
    pytest.param("en", "light", marks=pytest.mark.long),
]


@pytest.fixture(scope="module")
def her(shared_server: LiveServer) -> walk.Her:
    return walk.somebody(shared_server.data, cast.director(shared_server)["areas"][0])


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


@pytest.fixture(scope="module")
def county_desk(shared_phones: MakePhone, shared_server: LiveServer) -> Phone:
    desk = shared_phones("axe-county", width=1280, height=800)
    at_the_desk(desk, cast.login(shared_server, "county"))
    return desk


def test_every_page_there_is_is_looked_at(her: walk.Her) -> None:
    assert walk.unseen("elsewhere.tsx", walk.of_phone(her)) == set()
    assert walk.unseen("features/desk/rooms.tsx", [*walk.of_station(her), *walk.of_county()]) == set()


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_axe_finds_nothing_serious_on_the_phone(her_phone: Phone, her: walk.Her, lang: str, theme: str) -> None:
    walk.dress(her_phone.open(), lang, theme)
    assert on_all(her_phone, walk.of_phone(her)) == {}


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_axe_finds_nothing_serious_at_the_desk(
    her_desk: Phone, county_desk: Phone, her: walk.Her, shared_server: LiveServer, lang: str, theme: str
) -> None:
    for desk in (her_desk, county_desk):
        walk.dress(desk.open("/app/desk"), lang, theme)
    assert on_all(her_desk, walk.of_station(her)) == {}
    assert on_all(county_desk, walk.of_county()) == {}
    walk.open_bag(her_desk.page, cast.director(shared_server)["name"])
    assert walk.findings(her_desk.page) == []


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
    for lang, theme in (("zh", "light"), ("en", "dark")):
        walk.dress(page, lang, theme)
        expect(page.locator(".keys")).to_be_visible()
        found += walk.findings(page)
    assert found == []


def on_all(phone: Phone, addresses: list[str]) -> dict[str, list[str]]:
    """What axe finds, by address; an address without findings is left out."""
    said = {}
    for address in addresses:
        walk.go(phone.page, address)
        if found := walk.findings(phone.page):
            said[address] = found
    return said
