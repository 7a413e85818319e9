"""The real server in a process of its own, started as an operator starts it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from typing import Any

SUIFANG = Path(sys.executable).with_name("suifang")
ALONE = ("--processes", "1")  # the ones that race have more; here each start of a second would cost what it never uses
PATIENCE = 60  # seconds until a server that does not answer has failed


def suifang(*words: str, data: Path, env: dict[str, str] | None = None) -> Any:
    """What `suifang WORDS --data DATA --json` prints, read; `env` is added. Raises with what it said when it fails."""
    command = [str(SUIFANG), *words, "--data", str(data), "--json"]
    around = {**os.environ, **(env or {})}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=around)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


@dataclass
class LiveServer:
    """`suifang serve` on a free port over `data`. `url` ends without a slash; `demo` is what `suifang demo` printed."""

    data: Path
    demo: Any = None
    port: int = field(default_factory=lambda: _free_port())
    env: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def _log(self) -> Path:
        return self.data.parent / "server.log"

    def start(self) -> LiveServer:
        """Start it, or start it again on the same port; returns when it answers."""
        command = [str(SUIFANG), "serve", "--data", str(self.data), "--port", str(self.port), *ALONE]
        with self._log.open("a") as log:
            env = {**os.environ, **self.env}
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, text=True, env=env)
        until = monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or monotonic() > until:
                self.stop()
                raise RuntimeError(f"the server did not come up:\n{self._log.read_text()}")
            sleep(0.05)
        return self

    def restart_with(self, **env: str) -> None:
        """Start it again under other settings."""
        self.stop()
        self.env = env
        self.start()

    def stop(self) -> None:
        """Stop it as Ctrl-C does; one that does not end is ended."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def suifang(self, *words: str) -> Any:
        """Ask the command line about this server's data."""
        return suifang(*words, data=self.data, env=self.env)

    def _answers(self) -> bool:
        connection = HTTPConnection("localhost", self.port, timeout=2)
        try:
            connection.request("GET", "/api/docs")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
