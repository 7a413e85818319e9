"""Real processes on bad days: stopped in the middle, out of disk, their PostgreSQL restarted. Acknowledged rows stay."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from server.app import create_app
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.migrating import to_head
from server.models import Event, Household
from tests.postgres import running_cluster
from tests.sync.handset import Handset, opened, spread
from tests.sync.line import Cut
from tests.sync.one_server import serving
from tests.sync.test_race import over_http
from tests.sync.town import COUNTY, EAST, Town

WRITERS, PUSHES, BATCH = 3, 8, 6
DURABLE = "fsync=on synchronous_commit=on max_connections=50 listen_addresses= timezone=UTC"
TURNS = 5000  # a server that is away says so at once
ROOM = 1 << 20  # bytes of SQLite's log: some pushes fit, not all


@contextmanager
def town_at(settings: Settings) -> Iterator[Town]:
    """A county in a database of its own."""
    app = create_app(settings)
    with app.app_context():
        to_head()
    town = Town(app).build()
    try:
        yield town
    finally:
        with app.app_context():
            db.engine.dispose()


def phones_of(town: Town, ports: list[int]) -> tuple[list[Handset], str]:
    """Writers in one village, and a household they visit."""
    house = new_id()
    with town.app.app_context(), writing() as session:
        session.add(Household(county=COUNTY, id=house, area=EAST, rev={}))
    who = [town.worker(f"writer{n}", ("director", EAST)) for n in range(WRITERS)]
    return [over_http(town, town.phone(w, "director", EAST), ports[n % len(ports)]) for n, w in enumerate(who)], house


def write(phone: Handset, house: str, ports: list[int], turns: int) -> set[str]:
    """Push batch after batch, each at most `turns` times; what was acknowledged."""
    acknowledged: set[str] = set()
    for _ in range(PUSHES):
        events = [phone.record("household_visit", {"presence": "met"}, household=house) for _ in range(BATCH)]
        for turn in range(turns):
            phone.client.port = ports[(phone.dseq + turn) % len(ports)]  # type: ignore[attr-defined]
            try:
                response = phone.post({"events": events})
            except Cut:
                continue
            assert response.status_code in (200, 500, 503), response.text
            if response.status_code == 200:
                assert {code for code, *_ in spread(opened(response)["results"])} <= {"accepted", "duplicate"}
                acknowledged |= {event["id"] for event in events}
                break
    return acknowledged


def under_load(
    phones: list[Handset], house: str, ports: list[int], turns: int, disaster: Callable[[int], None]
) -> set[str]:
    """All write at once while the last of them also reads; `disaster` is told how often she has read."""
    reader, acknowledged = phones[-1], set[str]()
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [pool.submit(write, phone, house, ports, turns) for phone in phones[:-1]]
        count = 0
        while not all(done.done() for done in work):
            disaster(count := count + 1)
            acknowledged |= write_one(reader, house, ports)
        return acknowledged.union(*(done.result() for done in work))


def write_one(phone: Handset, house: str, ports: list[int]) -> set[str]:
    event = phone.record("household_visit", {"presence": "met"}, household=house)
    phone.client.port = ports[-1]  # type: ignore[attr-defined]
    try:
        response = phone.post({"events": [event]})
    except Cut:
        return set()
    return {event["id"]} if response.status_code == 200 else set()


def whole(town: Town, settings: Settings, acknowledged: set[str]) -> None:
    """What was acknowledged is stored; a reader from nothing gets every stored row once, in dense numbers."""
    with town.app.app_context():
        db.engine.dispose()  # our own connections may have been cut as well
    with serving(settings, 1) as (server,):
        reader = over_http(town, town.director(EAST), server.port)
        reader.pull()
    rows = [row["id"] for row in reader.rows(EAST, "common") if row["kind"] == "record"]
    assert acknowledged <= set(rows)
    assert len(rows) == len(set(rows)) == town.count(Event)


def test_a_process_that_stands_still_for_a_while_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with town_at(settings) as town:
        with serving(settings, 3) as servers:
            ports = [server.port for server in servers]
            phones, house = phones_of(town, ports)
            words = {2: signal.SIGSTOP, 4: signal.SIGCONT}

            def disaster(count: int) -> None:
                if count in words:
                    servers[0].send(words[count])

            acknowledged = under_load(phones, house, ports[1:], TURNS, disaster)
            assert len(acknowledged) >= (WRITERS - 1) * PUSHES * BATCH
        whole(town, settings, acknowledged)


def test_a_disk_that_runs_full_takes_no_more_and_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with town_at(settings) as town:
        with serving(settings, 1, ROOM) as servers:
            ports = [server.port for server in servers]
            phones, house = phones_of(town, ports)
            acknowledged = under_load(phones, house, ports, 1, lambda _: None)
        whole(town, settings, acknowledged)
        assert 0 < len(acknowledged) < (WRITERS - 1) * PUSHES * BATCH


def test_postgresql_restarted_under_load_loses_nothing(tmp_path: Path) -> None:
    with running_cluster(DURABLE) as cluster:
        settings = Settings(data=tmp_path, database_url=cluster.create("disaster"))
        with town_at(settings) as town:
            with serving(settings, 2) as servers:
                ports = [server.port for server in servers]
                phones, house = phones_of(town, ports)
                acknowledged = under_load(phones, house, ports, TURNS, lambda n: cluster.restart() if n == 3 else None)
                assert len(acknowledged) >= (WRITERS - 1) * PUSHES * BATCH
            whole(town, settings, acknowledged)
