"""Four server processes on one database, writers on all of them, one killed midway: no row is lost to a poller."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from server import auth
from server.clock import now_ms
from server.config import Settings
from server.extensions import writing
from server.ids import new_id
from server.models import Event, Household
from tests.sync.handset import Handset, opened, spread
from tests.sync.line import Cut, Line
from tests.sync.one_server import OneServer, serving
from tests.sync.town import COUNTY, EAST, TOWN, WEST, Town

PROCESSES, WRITERS, PUSHES, BATCH = 4, 6, 12, 8


@pytest.fixture
def servers(town: Town, settings: Settings) -> Iterator[list[OneServer]]:
    """Processes on the town's database; ended when the test is."""
    with serving(settings, PROCESSES) as started:
        yield started


def over_http(town: Town, phone: Handset, port: int) -> Handset:
    """The same phone, its line going to a real port."""
    with town.app.app_context(), writing() as session:
        token = auth.open_session(session, phone.worker, now_ms(), 30, phone.device)
    return replace(phone, client=Line(port, token))  # type: ignore[arg-type]


def write(phone: Handset, ports: list[int], houses: list[tuple[str, str]]) -> set[str]:
    """Push batch after batch, each again until its answer is in, after a cut at the next server; what was acknowledged."""
    acknowledged: set[str] = set()
    for n in range(PUSHES):
        places = [houses[(n + k) % len(houses)] for k in range(BATCH)]
        events = [
            phone.record("household_visit", {"presence": "met"}, household=house, area=area) for area, house in places
        ]
        codes = [code for code, *_ in insist(phone, ports, events)]
        assert set(codes) <= {"accepted", "duplicate"}, codes
        acknowledged |= {event["id"] for event in events}
    return acknowledged


def insist(phone: Handset, ports: list[int], events: list[Any]) -> list[tuple[str, ...]]:
    for turn in range(50):
        phone.client.port = ports[(phone.dseq + turn) % len(ports)]  # type: ignore[attr-defined]
        try:
            response = phone.post({"events": events})
        except Cut:
            continue
        assert response.status_code in (200, 503), response.text
        if response.status_code == 200:
            return spread(opened(response)["results"])
    raise AssertionError("no server answers")


def test_no_row_is_lost_to_a_poller_and_a_killed_server_loses_nothing(town: Town, servers: list[OneServer]) -> None:
    ports = [server.port for server in servers]
    houses = [(area, new_id()) for area in (EAST, WEST)]
    with town.app.app_context(), writing() as session:
        session.add_all(Household(county=COUNTY, id=key, area=area, rev={}) for area, key in houses)
    writers = []
    for n in range(WRITERS):
        who = town.worker(f"writer{n}", ("director", EAST), ("director", WEST))
        writers.append(over_http(town, town.phone(who, "director", EAST), ports[n % PROCESSES]))
    poller = over_http(town, town.technician(), ports[-1])
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(write, phone, ports, houses if n % 2 else houses[::-1]) for n, phone in enumerate(writers)]
        polls = 0
        while not all(done.done() for done in work):
            poller.pull()
            polls += 1
            if polls == 3:
                servers[0].process.kill()
    acknowledged = set().union(*(done.result() for done in work))
    poller.pull()
    rows = [row["id"] for area in (EAST, WEST) for row in poller.rows(area, "common") if row["kind"] == "record"]
    assert len(rows) == len(set(rows)) == WRITERS * PUSHES * BATCH
    assert set(rows) == acknowledged
    assert town.count(Event) == len(rows)
    assert {area for area, _ in houses} | {TOWN} >= {copy.area for copy in poller.feeds.values()}
