"""The program itself: what scripts that call it rely on."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.cli.conftest import SUIFANG, Suifang
from tests.registers.sheets import register, woman

PATIENCE = 30


def test_help_reads_like_a_manual_and_loads_no_verb(program: Suifang) -> None:
    said = program("--help")
    assert said.status == 0
    for word in ("import-register", "导入全员登记册", "--json", "DATABASE_URL", "Exit status"):
        assert word in said.out


def test_an_import_and_its_figure_print_one_json_document_each(program: Suifang, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [woman(1), woman(2, 姓名=None)])
    done = program("import-register", path, "--data", "new/data", "--json")
    assert (done.status, done.json["taken"], len(done.json["left_out"])) == (0, 1, 1)
    asked = ("figure", "contraceptive_practice", "--on", "2026-11-01", "--data", "new/data", "--json")
    assert program(*asked).json["numerator"] == 1


def test_a_wrong_command_line_ends_with_status_2(program: Suifang) -> None:
    assert program("fly").status == 2


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serving(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`suifang serve --json` over an empty data folder; returns when it has said where it is."""
    command = [str(SUIFANG), "serve", "--data", str(tmp_path / "data"), "--port", str(port), "--json"]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    yield process
    process.kill()
    process.wait()


def answers(port: int) -> int:
    """The status of /api/openapi.json, once the server takes connections."""
    until = monotonic() + PATIENCE
    while True:
        connection = HTTPConnection("localhost", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/api/openapi.json")
            return connection.getresponse().status
        except OSError:
            if monotonic() > until:
                raise
            sleep(0.05)
        finally:
            connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_answers_says_where_it_is_and_stops_cleanly(
    serving: subprocess.Popen[str], port: int, number: signal.Signals
) -> None:
    assert answers(port) == 200
    serving.send_signal(number)
    said, _ = serving.communicate(timeout=PATIENCE)
    assert serving.returncode == 0
    assert json.loads(said) == {"url": f"http://localhost:{port}/app/", "port": port}


def test_a_port_that_is_taken_is_a_clear_refusal(program: Suifang, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        said = program("serve", "--data", "data", "--port", port, "--json")
    assert (said.status, said.json["code"]) == (1, "port_in_use")
