"""The township as the browser tests meet it: a live server, phones, a desk. Nothing is simulated."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests import cast
from tests.e2e.day import first_day
from tests.e2e.phones import PATIENCE_MS, Phone
from tests.e2e.server import LiveServer, suifang

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MakePhone = Callable[..., Phone]
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a missing one is a failure, since these tests are the proof that the app works."""
    found = os.environ.get("SUIFANG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("no Chromium: run scripts/test, which installs one, or set SUIFANG_CHROMIUM to its path")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def demo_township(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The data folder of the demo, made once, and what `suifang demo` printed. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    return folder, suifang("demo", data=folder)


@pytest.fixture
def live_server(demo_township: tuple[Path, Any], tmp_path: Path) -> Iterator[LiveServer]:
    """A running server over a copy of the demo township."""
    folder, printed = demo_township
    shutil.copytree(folder, tmp_path / "data")
    server = LiveServer(tmp_path / "data", printed).start()
    yield server
    server.stop()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A running server over an empty data folder."""
    server = LiveServer(tmp_path / "empty" / "data").start()
    yield server
    server.stop()


@contextmanager
def _switchboard(playwright: Playwright, chromium: str, url: str, profiles: Path) -> Iterator[MakePhone]:
    phones: list[Phone] = []
    with ExitStack() as stack:

        def make(name: str, **more: Any) -> Phone:
            phone = Phone(playwright, chromium, profiles / f"profile-{name}", **{"url": url, **more})
            stack.callback(phone.switch_off)
            phones.append(phone)
            return phone.switch_on()

        yield make
    assert [trouble for phone in phones for trouble in phone.troubles] == []


@pytest.fixture
def make_phone(playwright: Playwright, chromium: str, live_server: LiveServer, tmp_path: Path) -> Iterator[MakePhone]:
    """`make_phone("first")` switches on a new phone; more words go to Phone. An uncaught error fails the test."""
    with _switchboard(playwright, chromium, live_server.url, tmp_path) as make:
        yield make


@pytest.fixture(scope="module")
def shared_server(demo_township: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that all tests of one module share; none of them counts on what another left."""
    folder, printed = demo_township
    data = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(folder, data)
    server = LiveServer(data, printed).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shared_phones(
    playwright: Playwright, chromium: str, shared_server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakePhone]:
    """`make_phone` over the shared server, for phones that several tests use."""
    profiles = tmp_path_factory.mktemp("profiles")
    with _switchboard(playwright, chromium, shared_server.url, profiles) as make:
        yield make


@dataclass(frozen=True)
class Begun:
    """A director's phone after her first day, switched off: the profile, the town's data, and the port it knows."""

    profile: Path
    data: Path
    port: int


@pytest.fixture(scope="session")
def begun(
    playwright: Playwright, chromium: str, demo_township: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory
) -> Begun:
    """The first day, played once. Copy what lies there, never open it."""
    folder, printed = demo_township
    place = tmp_path_factory.mktemp("begun")
    shutil.copytree(folder, place / "data")
    server = LiveServer(place / "data", printed).start()
    try:
        phone = Phone(playwright, chromium, place / "profile", server.url).switch_on()
        first_day(phone, cast.director(server))
        phone.switch_off()
    finally:
        server.stop()
    return Begun(place / "profile", place / "data", server.port)


@pytest.fixture
def working_town(begun: Begun, demo_township: tuple[Path, Any], tmp_path: Path) -> Iterator[LiveServer]:
    """The town that `working_phone` belongs to."""
    shutil.copytree(begun.data, tmp_path / "data")
    server = LiveServer(tmp_path / "data", demo_township[1], port=begun.port).start()
    yield server
    server.stop()


@pytest.fixture
def working_phone(
    begun: Begun, playwright: Playwright, chromium: str, working_town: LiveServer, tmp_path: Path
) -> Iterator[Phone]:
    """The director's phone on another day, unlocked, on Today; over a town of its own."""
    shutil.copytree(begun.profile, tmp_path / "profile", symlinks=True)
    phone = Phone(playwright, chromium, tmp_path / "profile", working_town.url).switch_on()
    try:
        expect(phone.open().get_by_role("heading", name="今日")).to_be_visible()
        yield phone
    finally:
        phone.switch_off()
    assert phone.troubles == []


@pytest.fixture
def phone(make_phone: MakePhone) -> Phone:
    """A village worker's phone: 390 × 844, Chinese, Chinese time."""
    return make_phone("phone")


@pytest.fixture
def desk(make_phone: MakePhone) -> Phone:
    """The station's computer: 1280 × 800."""
    return make_phone("desk", width=1280, height=800)
