"""Odd glass and odd words: turned, split, double type, from right to left; the form fits, and the record is at the town."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.e2e import album, walk
from tests.e2e.baddays import SENT, Arrived, arrived, at_the_town, begin_visit, same_director, save
from tests.e2e.day import badge
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

__all__ = ["arrived", "same_director"]

pytestmark = pytest.mark.long

SHAPES = {"turned": (844, 390), "split": (390, 420), "narrow": (320, 568)}


@pytest.mark.parametrize("shape", SHAPES)
def test_turned_or_split_the_form_keeps_its_answers_and_fits(
    same_director: Phone, arrived: Arrived, shape: str
) -> None:
    page = same_director.open()
    person = begin_visit(page)
    width, height = SHAPES[shape]
    page.set_viewport_size({"width": width, "height": height})
    fits(page)
    album.keep(page, f"glass-{shape}")
    save(page).click()
    expect(badge(page)).to_have_accessible_name(SENT)
    page.set_viewport_size({"width": 390, "height": 844})
    assert arrived(person) == 1


def test_type_of_double_size_fits_on_every_step_of_a_visit(same_director: Phone, arrived: Arrived) -> None:
    page = same_director.open()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    fits(page)
    person = begin_visit(page)
    fits(page)
    assert (
        page.get_by_role("heading", level=1).bounding_box()["height"] < 300
    )  # a name stands in lines, not one sign in each
    album.keep(page, "double-size")
    page.get_by_role("button", name="上一步").click()
    fits(page)
    album.keep(page, "double-size-before")
    page.get_by_role("button", name="下一步：下次").click()
    save(page).click()
    expect(badge(page)).to_have_accessible_name(SENT)
    assert arrived(person) == 1


def test_words_from_right_to_left_and_emoji_are_kept_as_written(
    shared_server: LiveServer, same_director: Phone
) -> None:
    written = "محمد علي 👩‍👩‍👧 𠮷"
    page = same_director.open()
    person = str(page.locator("main a[href*='/visit/']").first.get_attribute("href")).rpartition("/")[2]
    page = same_director.open(f"/app/person/{person}/edit")
    page.get_by_label("姓名").fill(written)
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(written)
    album.keep(page, "right-to-left")
    expect(badge(same_director.open())).to_have_accessible_name(SENT)
    expect(page.get_by_role("link", name=written).first).to_be_visible()
    fits(page)
    album.keep(page, "right-to-left-today")
    assert at_the_town(shared_server.data, person, "person") == 1


# What a thumb aims at: a control, or the label that stands around it. A pixel is drawn in parts.
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((one) => {
    const box = (one.closest('label') ?? one).getBoundingClientRect();
    return one.checkVisibility() && !one.closest('.sr') && box.width > 1 && Math.min(box.width, box.height) < 47.5;
  }).map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 20)} ${one.getBoundingClientRect().height}`)"""


def test_whatever_can_be_tapped_is_as_big_as_a_thumb(shared_server: LiveServer, same_director: Phone) -> None:
    her = walk.somebody(shared_server.data, cast.director(shared_server)["areas"][0])
    page = same_director.open()
    found = {}
    for address in walk.of_phone(her):
        walk.go(page, address)
        found[address] = page.evaluate(SMALL)
    assert {address: small for address, small in found.items() if small} == {}


def fits(page: Page) -> None:
    """Nothing is pushed out of the glass to the side."""
    wide, glass = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= glass
