"""Every page of the desk, by the Tab key alone and on a line that is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.e2e import walk
from tests.e2e.conftest import MakePhone
from tests.e2e.day import at_the_desk
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

pytestmark = pytest.mark.long

# What a hand can press and what the focus came to, each marked once. Of radio buttons of one name the Tab key meets one.
CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility() && !(one.type === 'radio' && !one.checked))
  .map((one, i) => {
    one.dataset.stop = String(i);
    return `${one.dataset.stop} ${one.tagName} ${one.textContent.slice(0, 30)}`;
  })"""
FOCUSED = "() => document.activeElement.dataset.stop ?? null"
MOST = 1500
# What stands here before anything is asked.
ASKS_NOTHING = ("/app/desk/people", "/app/desk/transfer/")


@pytest.fixture(scope="module")
def her(shared_server: LiveServer) -> walk.Her:
    return walk.somebody(shared_server.data, cast.director(shared_server)["areas"][0])


@pytest.fixture(scope="module")
def desks(shared_phones: MakePhone, shared_server: LiveServer, her: walk.Her) -> list[tuple[Phone, list[str]]]:
    """The station's and the county's desk, each with the addresses of its pages."""
    places = {"station": walk.of_station(her), "county": walk.of_county()}
    made = []
    for role, addresses in places.items():
        desk = shared_phones(f"desk-{role}", width=1440, height=900)
        at_the_desk(desk, cast.login(shared_server, role))
        made.append((desk, addresses))
    return made


def test_the_tab_key_alone_reaches_whatever_can_be_pressed(desks: list[tuple[Phone, list[str]]]) -> None:
    missed = {}
    for desk, addresses in desks:
        page = desk.open("/app/desk")
        for address in addresses:
            walk.go(page, address)
            page.wait_for_load_state("networkidle")
            wanted = page.evaluate(CONTROLS)
            reached = set(stops(page))
            missed[address] = [one for one in wanted if one.partition(" ")[0] not in reached]
    assert {address: some for address, some in missed.items() if some} == {}


def stops(page: Page) -> Iterator[str]:
    """Where the Tab key stops, from the top of the page until it comes round. In a date it stops at each of its parts."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    seen: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or stop in seen[-1:]:
            continue
        if stop in seen:
            return
        seen.append(stop)
        yield stop


def test_each_page_says_in_words_that_the_line_is_gone_and_comes_back_with_it(
    desks: list[tuple[Phone, list[str]]],
) -> None:
    for desk, addresses in desks:
        page = desk.open("/app/desk")
        trouble = page.get_by_role("alert")
        for address in (one for one in addresses if not one.startswith(ASKS_NOTHING)):
            walk.go(page, "/app/desk/figure" if address.endswith("rates") else "/app/desk/rates")
            expect(trouble).to_have_count(0)
            page.context.route("**/api/**", lambda way: way.abort())
            walk.go(page, address)
            expect(trouble.first).to_contain_text("没取到")
            page.context.unroute("**/api/**")
            page.get_by_role("button", name="再试一次").evaluate_all("all => all.forEach((one) => one.click())")
            expect(trouble).to_have_count(0)
