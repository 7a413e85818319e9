"""A campaign day: three hundred women, two technicians, no network until the evening."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.app import create_app
from server.clock import now_ms
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.sync.append import write_events
from tests import cast
from tests.e2e import album
from tests.e2e.conftest import MakePhone
from tests.e2e.day import first_day, send_now
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

pytestmark = pytest.mark.long

WOMEN, FIRST, SECOND = 300, 170, 150
FORM = "cervical_screening"
# A technician's hands: each form opened, answered and saved by its own buttons, and the list waited for.
HANDS = """async ({ count, people, form, here }) => {
  const until = async (find) => {
    for (const end = Date.now() + 60000; Date.now() < end; await new Promise((go) => setTimeout(go, 4))) {
      const found = find();
      if (found) return found;
    }
    throw new Error(`never there: ${find} at ${location.pathname}`);
  };
  const named = (tag, words) => [...document.querySelectorAll(tag)].find((one) => one.textContent.trim().startsWith(words));
  const open = (path) => {
    history.pushState({ depth: 1, y: 0 }, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  };
  for (let n = 0; n < count; n += 1) {
    if (people) open(`/app/record/${people[n]}/${form}?then=${encodeURIComponent(here)}`);
    else (await until(() => named('a.btn.main', '下一位'))).click();
    for (const words of ['初筛', '肉眼', '阴性']) (await until(() => named('main label.pick', words))).click();
    (await until(() => named('button.main', '记下'))).click();
    await until(() => location.pathname === '/app/day' && named('main section b', `今天记了 ${n + 1} 人`));
  }
}"""


@pytest.fixture
def village(shared_server: LiveServer) -> tuple[str, list[str]]:
    """A village of three hundred women who agreed to be screened, each behind her own door: (code, their ids as one walks)."""
    area = f"{shared_server.demo['township']}299"
    with sqlite3.connect(shared_server.data / "suifang.db") as database:
        database.execute("insert into area (code, name, position) values (?, '大槐村', 99)", (area,))
    return area, invite(shared_server.data, area, cast.director(shared_server)["worker"])


def invite(data: Path, area: str, actor: str) -> list[str]:
    women = [(new_id(), new_id(), number) for number in range(1, WOMEN + 1)]
    app = create_app(Settings(data=data))
    with app.app_context():
        with writing() as session:
            for told in zip(*(hers(area, actor, *one) for one in women), strict=True):
                answers = write_events(session, area[:6], told, "desk", now=now_ms())
                assert {code for code, _ in answers} == {"accepted"}
        db.engine.dispose()
    return [person for person, _, _ in women]


def hers(area: str, actor: str, person: str, household: str, number: int) -> Iterator[dict[str, Any]]:
    """Her door, herself, and that she agreed."""
    by = {"actor": actor, "role": "director", "area": area, "household": household}
    yield by | {
        "kind": "patch",
        "schema": "household/1",
        "body": {"set": {"area": area, "number": str(number)}, "base": {}},
    }
    known = {"name": f"王{'梅兰竹菊'[number % 4]}", "sex": "f", "birth": "1980-05-02", "household": household}
    yield by | {"kind": "patch", "schema": "person/1", "person": person, "body": {"set": known, "base": {}}}
    answers = {"purpose": "screening", "decision": "given", "text_version": "1", "mode": "oral", "witness": "李"}
    body = {"occurred_on": "2026-10-01", "answers": answers}
    yield by | {"kind": "record", "schema": "consent/1", "person": person, "body": body}


def second_technician(server: LiveServer) -> dict[str, Any]:
    who = {"username": "heshan", "password": "peach-blossom-7"}
    asked = ("--name", "何山", "--role", "technician", "--area", server.demo["township"], "--password", who["password"])
    server.suifang("worker", "add", who["username"], *asked)
    return cast.with_new_code(server, who)


def begins(phone: Phone, who: dict[str, Any], here: str) -> Page:
    """Fetches the lists, then leaves the network for the day."""
    first_day(phone, who)
    page = phone.open(here)
    expect(page.get_by_text(f"今天记了 0 人，还可以来 {WOMEN} 人")).to_be_visible()
    phone.go_offline()
    return page


def test_three_hundred_women_are_seen_by_two_technicians_offline_and_nobody_is_seen_twice_unnoticed(
    shared_server: LiveServer, shared_phones: MakePhone, village: tuple[str, list[str]]
) -> None:
    area, women = village
    here = f"/day?area={area}&form={FORM}"
    one, other = shared_phones("technician"), shared_phones("second")
    page = begins(one, cast.with_new_code(shared_server, cast.technician(shared_server)), f"/app{here}")
    beside = begins(other, second_technician(shared_server), f"/app{here}")
    work = {"form": FORM, "here": here}
    page.evaluate(HANDS, work | {"count": FIRST, "people": None})
    beside.evaluate(HANDS, work | {"count": SECOND, "people": women[::-1][:SECOND]})
    expect(page.get_by_text(f"今天记了 {FIRST} 人，还可以来 {WOMEN - FIRST} 人")).to_be_visible()
    expect(page.get_by_text(f"还没发的 {FIRST} 条")).to_be_visible()
    album.keep(page, "campaign-evening")
    for phone in (one, other, one):
        phone.go_online()
        send_now(phone.page)
    for phone in (one, other):
        page = phone.open(f"/app{here}")
        expect(page.get_by_text(f"今天记了 {WOMEN} 人，还可以来 0 人")).to_be_visible()
        expect(page.get_by_text(f"有 {FIRST + SECOND - WOMEN} 人今天记了两次")).to_be_visible()
    with sqlite3.connect(shared_server.data / "suifang.db") as database:
        asked = "select count(*), count(distinct person) from record where form = ? and area = ?"
        assert database.execute(asked, (FORM, area)).fetchone() == (FIRST + SECOND, WOMEN)
