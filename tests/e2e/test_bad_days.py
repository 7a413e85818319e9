"""Bad days, the commonest: what she reads then, and that what she recorded is at the town in the end."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import cast
from tests.e2e import album
from tests.e2e.baddays import SENT, Arrived, arrived, same_director, visit
from tests.e2e.conftest import MakePhone
from tests.e2e.day import badge, send_now, sign_in
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

__all__ = ["arrived", "same_director"]


def test_two_tabs_of_one_phone_show_the_same_and_send_once(same_director: Phone, arrived: Arrived) -> None:
    other = same_director.context.new_page()
    other.goto("/app/")
    expect(other.get_by_role("heading", name="今日")).to_be_visible()
    person = visit(same_director.open())
    expect(badge(same_director.page)).to_have_accessible_name(SENT)
    expect(other.locator(f"main a[href$='/person/{person}']")).to_be_visible()
    expect(badge(other)).to_have_accessible_name(SENT)
    album.keep(other, "two-tabs")
    other.close()
    assert arrived(person) == 1


def test_a_password_tried_too_often_is_told_to_wait(shared_phones: MakePhone) -> None:
    page = shared_phones("guesser").open()
    for _ in range(8):
        sign_in(page, {"username": "nobody-here", "password": "peach-blossom-8"})
        expect(page.get_by_role("button", name="登录")).to_be_enabled()
        if page.get_by_text("试得太勤").is_visible():
            break
    expect(page.get_by_role("alert")).to_contain_text("试得太勤，歇一会儿再来")
    album.keep(page, "wrong-password")


def test_a_captive_portal_is_named_and_the_record_goes_once_it_is_gone(same_director: Phone, arrived: Arrived) -> None:
    portal = "<html><title>请登录</title><body>请先登录无线网</body></html>"
    same_director.context.route("**/api/**", lambda way: way.fulfill(status=200, content_type="text/html", body=portal))
    person = visit(same_director.open())
    page = same_director.open("/app/sync")
    page.get_by_role("button", name="现在发").click()
    expect(page.get_by_text("这个无线网要先在网页里登录").first).to_be_visible()
    album.keep(page, "captive-portal")
    same_director.context.unroute("**/api/**")
    send_now(page)
    assert arrived(person) == 1


def test_a_session_that_ended_in_three_weeks_offline_costs_a_sign_in_and_no_record(
    shared_server: LiveServer, same_director: Phone, arrived: Arrived
) -> None:
    same_director.go_offline()
    person = visit(same_director.open())
    same_director.context.clear_cookies()
    same_director.go_online()
    page = same_director.open("/app/sync")
    page.get_by_role("button", name="现在发").click()
    expect(page.get_by_text("登录过期了，请再登录一次。记好的都在").first).to_be_visible()
    album.keep(page, "session-ended")
    page.get_by_role("button", name="再登录一次").or_(page.get_by_role("link", name="再登录一次")).first.click()
    sign_in(page, cast.director(shared_server))
    expect(badge(page)).to_have_accessible_name(SENT)
    assert arrived(person) == 1
