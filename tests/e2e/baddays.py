"""What the tests of bad days do over and over: a phone of the director's, the shortest visit, what the town holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import cast
from tests.e2e.conftest import MakePhone
from tests.e2e.day import first_day, pick
from tests.e2e.phones import Phone
from tests.e2e.server import LiveServer

SENT = "镇里收到 同步"
COUNTED = "select person, count(*) from event where store_id is not null and schema like ?"


Arrived = Callable[[str], int]


@pytest.fixture
def arrived(shared_server: LiveServer) -> Arrived:
    """How many visits of hers came to the town from a phone since the test began: `arrived(person)`."""
    before: dict[str, int] = {}
    with sqlite3.connect(shared_server.data / "suifang.db") as database:
        before.update(database.execute(f"{COUNTED} group by person", ("household_visit/%",)).fetchall())
    return lambda person: at_the_town(shared_server.data, person) - before.get(person, 0)


@pytest.fixture
def director(shared_phones: MakePhone, shared_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A new phone of the same director, as often as a test wants one."""
    phone = shared_phones(request.node.name)
    first_day(phone, cast.with_new_code(shared_server, cast.director(shared_server)))
    yield phone
    phone.switch_off()


@pytest.fixture(scope="module")
def same_director(shared_phones: MakePhone, shared_server: LiveServer) -> Phone:
    """One phone of the director's for tests that leave it as good as it was."""
    phone = shared_phones("same-director")
    first_day(phone, cast.with_new_code(shared_server, cast.director(shared_server)))
    return phone


def begin_visit(page: Page) -> str:
    """From Today to the last step of the first door's visit; answers the person's id."""
    link = page.locator("main a[href*='/visit/']").first
    person = str(link.get_attribute("href")).rpartition("/")[2]
    link.click()
    pick(page, "见到了吗", "没在家")
    page.get_by_role("button", name="下一步：下次").click()
    return person


def save(page: Page) -> Locator:
    return page.get_by_role("button", name="记下", exact=True)


def visit(page: Page) -> str:
    """The shortest visit there is."""
    person = begin_visit(page)
    save(page).click()
    expect(page.get_by_role("heading", name="今日")).to_be_visible()
    return person


def at_the_town(data: Path, person: str, form: str = "household_visit") -> int:
    """How many records of hers of this form lie in the server's data folder that a phone said."""
    with sqlite3.connect(data / "suifang.db") as database:
        held = database.execute(f"{COUNTED} and person = ?", (f"{form}/%", person)).fetchone()
    return int(held[1])
