"""`serve_https` as a phone meets it: a real process, real TLS, the deployment's own authority."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import select

from server import audit
from server.app import create_app
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.models import Audit, Parked

PROGRAM = """
import sys
from pathlib import Path
from server.config import Settings
from server.https.serve import serve_https
serve_https(Settings.from_env(data=Path(sys.argv[1])), int(sys.argv[2]), lambda words: print(words, flush=True))
"""
PATIENCE = 30


@pytest.fixture
def port() -> int:
    """A free port whose neighbour is free, too."""
    for first in range(20000, 60000, 7):
        if all(free(number) for number in (first, first + 1)):
            return first
    raise RuntimeError("no two free ports side by side")


@pytest.fixture
def server(data_dir: Path, database_url: str, port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with serving(data_dir, database_url, port, tmp_path) as process:
        yield process


@contextmanager
def serving(data_dir: Path, database_url: str, port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The server in a process of its own, until the block ends."""
    command = [sys.executable, "-c", PROGRAM, str(data_dir), str(port)]
    env = os.environ | {"DATABASE_URL": database_url}
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=subprocess.STDOUT)
    until = monotonic() + PATIENCE
    while free(port) or free(port + 1):
        if process.poll() is not None or monotonic() > until:
            process.kill()
            raise RuntimeError((tmp_path / "said").read_text())
        sleep(0.05)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # killed, it would leave its worker process behind
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def test_a_phone_that_trusts_the_authority_reaches_the_app(
    server: subprocess.Popen[bytes], data_dir: Path, port: int
) -> None:
    trust = ssl.create_default_context(cafile=data_dir / "https" / "ca.pem")
    connection = HTTPSConnection("127.0.0.1", port, context=trust, timeout=10)
    connection.request("GET", "/health.json")
    assert json.loads(connection.getresponse().read())["protocol"] == 1
    connection.close()


def test_a_phone_that_trusts_nothing_yet_can_read_how_to(server: subprocess.Popen[bytes], port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port + 1, timeout=10)
    connection.request("GET", "/ca")
    answer = connection.getresponse()
    assert (answer.status, f"https://127.0.0.1:{port}/app/" in answer.read().decode()) == (200, True)
    connection.close()


def test_the_audit_log_is_sealed_when_it_ends(
    server: subprocess.Popen[bytes], data_dir: Path, database_url: str
) -> None:
    app = create_app(Settings(data=data_dir, database_url=database_url))
    with app.app_context():
        with writing() as session:
            audit.note(session, "worker.add", None, {}, now=1, place="990131101")
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
        assert db.session.scalars(select(Audit.n)).all() == [1]
        db.engine.dispose()


def test_what_is_due_is_erased_while_it_runs(data_dir: Path, database_url: str, port: int, tmp_path: Path) -> None:
    app = create_app(Settings(data=data_dir, database_url=database_url))
    with app.app_context():
        with writing() as session:
            session.add(due())
        with serving(data_dir, database_url, port, tmp_path):
            until = monotonic() + PATIENCE
            while db.session.scalar(select(Parked.decision)) is None and monotonic() < until:
                db.session.rollback()
                sleep(0.05)
        assert db.session.execute(select(Parked.decision, Parked.content)).one() == ("erased", {})
        db.engine.dispose()


def due() -> Parked:
    """A parked event whose month is over."""
    return Parked(
        county="990131", id=new_id(), event_id=new_id(), digest=bytes(16), reason="erased_person", content={}, received_at=1,
        erase_at=2,
    )  # fmt: skip


def test_control_c_ends_it_cleanly(server: subprocess.Popen[bytes], port: int) -> None:
    server.send_signal(signal.SIGINT)
    assert server.wait(PATIENCE) == 0
    assert free(port)


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) != 0
