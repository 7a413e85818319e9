"""A talk is kept as a number and never as names; who is under 14 brings the technician's duty to mind, outside the app."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import expect

from server.app import create_app
from server.clock import now_ms
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.sync.append import write_events
from tests import cast
from tests.e2e.conftest import MakePhone
from tests.e2e.day import first_day, pick, send_now
from tests.e2e.server import LiveServer

pytestmark = pytest.mark.long


def newcomer(server: LiveServer, who: cast.Login, birth: str) -> str:
    """The id of a girl or woman born then, behind a door of her own in the first of the director's villages."""
    person, household, area = new_id(), new_id(), who["areas"][0]
    by = {"actor": who["worker"], "role": "director", "area": area, "household": household, "kind": "patch"}
    door = {"set": {"area": area, "number": "901"}, "base": {}}
    known = {"set": {"name": "王小梅", "sex": "f", "birth": birth, "household": household}, "base": {}}
    with create_app(Settings(data=server.data)).app_context():
        with writing() as session:
            for told in (
                by | {"schema": "household/1", "body": door},
                by | {"schema": "person/1", "person": person, "body": known},
            ):
                write_events(session, area[:6], [told], "desk", now=now_ms())
        db.engine.dispose()
    return person


def test_a_talk_says_how_many_came_and_never_who(shared_server: LiveServer, shared_phones: MakePhone) -> None:
    phone = shared_phones("director")
    first_day(phone, cast.with_new_code(shared_server, cast.director(shared_server)))
    phone.go_offline()
    page = phone.open("/app/education")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    if page.get_by_label("哪个村").count():
        page.get_by_label("哪个村").select_option(index=1)
    pick(page, "讲什么", "叶酸")
    page.get_by_label("来了几个人").fill("23")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page).to_have_url(f"{shared_server.url}/app/work")
    phone.go_online()
    send_now(page)
    with sqlite3.connect(shared_server.data / "suifang.db") as database:
        asked = "select person, household, json_extract(coded, '$.attendees') from record where form = 'education'"
        assert (None, None, 23) in database.execute(asked).fetchall()


def test_a_girl_of_thirteen_brings_the_technicians_duty_to_mind_and_a_woman_does_not(
    shared_server: LiveServer, shared_phones: MakePhone
) -> None:
    who = cast.director(shared_server)
    girl, woman = newcomer(shared_server, who, "2015-05-02"), cast.unasked(shared_server.data, who["areas"])
    phone = shared_phones("technician")
    first_day(phone, cast.with_new_code(shared_server, cast.technician(shared_server)))
    page = phone.open(f"/app/record/{girl}/pnc")
    expect(page.get_by_text("未成年人保护法第十一条")).to_be_visible()
    page = phone.open(f"/app/record/{woman}/pnc")
    expect(page.get_by_role("link", name="先问问她")).to_be_visible()
    expect(page.get_by_text("未成年人保护法第十一条")).to_have_count(0)
