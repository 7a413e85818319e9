"""The real server in a process of its own, started by the words that an operator types."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from server.https.certificates import Files
from tests import started

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
    """`suifang serve` on a free port over `data`. `url` ends without a slash; `demo` is what `suifang demo` printed.

    With `https` it serves by TLS, under the authority of its own data folder.
    """

    data: Path
    demo: Any = None
    port: int = field(default_factory=lambda: _free_port())
    env: dict[str, str] = field(default_factory=dict)
    https: bool = False
    _process: BaseProcess | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def _log(self) -> Path:
        return self.data.parent / "server.log"

    def start(self) -> LiveServer:
        """Start it, or start it again on the same port; returns when it answers."""
        words = ["serve", "--data", str(self.data), "--port", str(self.port), *ALONE]
        words += ["--https"] if self.https else []
        self._process = started.start(started.suifang, words, {**os.environ, **self.env}, self._log)
        until = monotonic() + PATIENCE
        while not self._answers():
            if self._process.exitcode is not None or monotonic() > until:
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
        self._process.join(10)
        self.kill()

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._process = None
        until = monotonic() + PATIENCE
        while self._is_taken() and monotonic() < until:  # the process that answered ends a moment after its parent
            sleep(0.05)

    def _is_taken(self) -> bool:
        """Whether anybody still listens on its port."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                return True
            return False

    def suifang(self, *words: str) -> Any:
        """Ask the command line about this server's data."""
        return suifang(*words, data=self.data, env=self.env)

    def line(self, timeout: float = 30) -> HTTPConnection:
        """A connection to it; by TLS only to a certificate that this deployment's own authority signed."""
        if not self.https:
            return HTTPConnection("localhost", self.port, timeout=timeout)
        trusting = ssl.create_default_context(cafile=Files.below(self.data).authority)
        return HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=trusting)

    def _answers(self) -> bool:
        try:
            connection = self.line(timeout=2)
        except OSError:  # its authority is being made
            return False
        try:
            connection.request("GET", "/api/docs")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()


def _free_port() -> int:
    """A free port whose neighbour, where TLS is explained, is free, too."""
    while True:
        with socket.socket() as probe, socket.socket() as beside:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
            with suppress(OSError, OverflowError):
                beside.bind(("127.0.0.1", port + 1))
                return port
