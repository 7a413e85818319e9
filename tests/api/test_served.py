"""The app behind the real embedded server, in a process of its own: what goes over the socket, byte by byte."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from server import audit, auth, sealer
from server.clock import now_ms
from server.config import Settings
from server.extensions import db, writing
from server.ids import b64, new_id
from server.models import Area, Grant, Phone, Store
from tests.sync.handset import Handset

from .conftest import PASSWORD, TOWNSHIP, a_worker, married_woman
from .conftest import Phone as TakePhone

PROGRAM = """
import sys
from pathlib import Path
from server.config import Settings
from server.serving import Place, serve
settings = Settings(data=Path(sys.argv[1]), database_url=sys.argv[2])
serve(settings, Place("127.0.0.1", int(sys.argv[3])), lambda: print("ready", flush=True))
"""


@dataclass
class Line:
    """One raw connection to the server; counts what goes both ways."""

    port: int
    sent: int = 0
    came: int = 0

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head += f"Content-Length: {len(body)}\r\n\r\n" if body else "\r\n"
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall(head.encode() + body)
            self.sent += len(head.encode() + body)
            return self._read(line)

    def _read(self, line: socket.socket) -> tuple[int, dict[str, str], bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += line.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        first, *rest = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in rest)}
        while len(body) < int(headers.get("content-length", "0")):
            body += line.recv(65536)
        self.came += len(head) + 4 + len(body)
        return int(first.split()[1]), headers, body


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(township: Flask, settings: Settings) -> Iterator[Line]:
    """The township served by processes of its own."""
    port = free_port()
    command = [sys.executable, "-c", PROGRAM, str(settings.data), settings.url, str(port)]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(root)})
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    yield Line(port)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


# What Chromium on Android sends with a fetch from our page.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
    "Accept": "*/*",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
    "Referer": "http://localhost:8000/app/",
    "Sec-Fetch-Dest": "empty",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-origin",
    "sec-ch-ua": '"Chromium";v="130", "Not?A_Brand";v="99"',
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
    "Sync-Protocol": "1",
    "Connection": "keep-alive",
}


def sign_in(line: Line, username: str) -> str:
    body = json.dumps({"username": username, "password": PASSWORD}).encode()
    headers = BROWSER | {"X-Suifang": "1", "Content-Type": "application/json"}
    status, answer, _ = line.ask("POST", "/api/auth/login", headers, body)
    assert status == 200
    return answer["set-cookie"].partition(";")[0]


def test_a_worker_signs_in_over_the_socket(server: Line) -> None:
    cookie = sign_in(server, "director")
    status, headers, body = server.ask("GET", "/api/auth/me", BROWSER | {"Cookie": cookie})
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert json.loads(body)["worker"]["role"] == "director"
    assert "/" not in headers["server"]  # no version


def test_a_body_beyond_every_bound_is_refused(server: Line) -> None:
    headers = {"X-Suifang": "1", "Content-Type": "application/json", "Content-Length": "900000000"}
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        head = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\n"
        line.sendall((head + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n").encode() + b"x" * 1000)
        assert b" 413 " in line.recv(4096).split(b"\r\n")[0]


@pytest.fixture
def technician_with_22_feeds(township: Flask) -> Handset:
    """A technician of a township of ten villages, each with something in `common` and `clinical`; her phone is up to date."""
    app, device, store = township, new_id(), new_id()
    with app.app_context(), writing() as session:
        session.add_all(Area(code=f"{TOWNSHIP}3{n:02}", name=f"{n}村", position=n) for n in range(10))
        worker = a_worker("busy", "technician", TOWNSHIP)
        session.add(worker)
        session.flush()
        session.add(Grant(worker_id=worker.id, role="liaison", area=TOWNSHIP, granted_at=now_ms()))
        session.add(Phone(id=device, county=worker.county, worker_id=worker.id, public_key={}, created_at=now_ms()))
        session.flush()
        session.add(Store(county=worker.county, id=store, phone_id=device, worker_id=worker.id, created_at=now_ms()))
        token, key = auth.open_session(session, worker.id, now_ms(), 30, device), worker.id
    client = app.test_client()
    client.set_cookie(auth.COOKIE, token, secure=True)
    handset = Handset(client, key, "technician", TOWNSHIP, device, store)
    for n in range(10):
        handset.area = f"{TOWNSHIP}3{n:02}"
        house = handset.household()
        her = handset.person(house["household"])
        handset.send(house, her, handset.consent(her["person"]),
                     handset.record("contraceptive_followup", {"method": "iud"}, person=her["person"]))  # fmt: skip
    handset.pull()
    return handset


def poll(server: Line, handset: Handset) -> tuple[int, bytes]:
    cookie = f"{auth.COOKIE}={handset.client.get_cookie(auth.COOKIE).value}"  # type: ignore[union-attr]
    path = f"/api/sync/pull?c={handset.cursor}&n=1000&device={handset.device}&store={handset.store}&ask=Zm9vYmFy"
    server.sent = server.came = 0
    status, _, body = server.ask("GET", path, BROWSER | {"Cookie": cookie})
    assert status == 200
    return server.sent + server.came, body


def test_a_poll_that_has_nothing_new_is_small(technician_with_22_feeds: Handset, server: Line) -> None:
    assert len(technician_with_22_feeds.feeds) >= 20
    bytes_on_the_socket, body = poll(server, technician_with_22_feeds)
    assert len(body) <= 1024
    assert bytes_on_the_socket <= 2500


def test_a_poll_that_brings_five_records_is_small(
    technician_with_22_feeds: Handset, phone: TakePhone, server: Line
) -> None:
    handset, director = technician_with_22_feeds, phone("director")
    her = married_woman(director)
    handset.pull()
    visits = [director.record("household_visit", {"presence": "met"}, person=her) for _ in range(5)]
    assert [code for code, *_ in director.codes(*visits)] == ["accepted"] * 5
    bytes_on_the_socket, body = poll(server, handset)
    came = json.loads(gzip.decompress(body))["events"]
    assert [row["id"] for row in came] == [visit["id"] for visit in visits]
    assert bytes_on_the_socket <= 2600


def test_a_push_tells_the_phone_the_head_of_the_audit_log(phone: TakePhone, township: Flask) -> None:
    director = phone("director")
    director.send(director.household())
    with township.app_context():
        sealer.seal_all()
        n, h = audit.head(db.session(), TOWNSHIP)
    assert director.send(director.household())["audit"] == [n, b64(h[:8])]
