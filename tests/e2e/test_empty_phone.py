"""A phone on which nobody stands yet: every page says so, with and without a line, and none leaves her without a way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.e2e import walk
from tests.e2e.conftest import MakePhone
from tests.e2e.day import first_day
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

pytestmark = pytest.mark.long

NOBODY = walk.Her(person="nobody", household="nowhere", area="no-village", group="3")
# What the page says besides its heading, and what can be pressed on it apart from the tabs below.
SAID = """() => {
  const main = document.querySelector('main') ?? document.body;
  const rest = [...main.querySelectorAll('h1')].reduce((text, one) => text.replace(one.textContent, ''), main.innerText);
  return { words: rest.trim(), ways: document.querySelectorAll('a[href]:not(nav a), button').length };
}"""


@pytest.fixture(scope="module")
def phone(shared_server: LiveServer, shared_phones: MakePhone) -> Phone:
    made = shared_phones("nobody-yet")
    first_day(made, cast.new_liaison(shared_server, cast.empty_township(shared_server)))
    made.wait_until_installed()
    return made


@pytest.mark.parametrize("line", [True, False], ids=["online", "offline"])
def test_every_page_says_that_nobody_is_there_and_shows_a_way_on(phone: Phone, line: bool) -> None:
    page = phone.open()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    if not line:
        phone.go_offline()
    mute = {}
    for address in walk.of_phone(NOBODY):
        walk.go(page, address)
        said = page.evaluate(SAID)
        if not said["words"] or not said["ways"]:
            mute[address] = said
    phone.go_online()
    assert mute == {}
