"""The real server in processes of its own: `suifang serve` over a data folder, as an operator starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.wire import LOOPBACK, Line

SUIFANG = Path(sys.executable).with_name("suifang")
FORMS = Path(__file__).parent / "forms"
PATIENCE_S = 60


def free_port() -> int:
    """A port of the loopback that nobody has now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@dataclass
class Deployment:
    """`processes` servers over one data folder and one database, each with a port of its own; a single one as it is shipped."""

    data: Path
    database_url: str = ""
    processes: int = 1
    ports: list[int] = field(default_factory=list)
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start them all and wait until each answers. Raises RuntimeError with their log."""
        for _ in range(self.processes):
            self.ports.append(free_port())
            command = [str(SUIFANG), "serve", "--data", str(self.data), "--port", str(self.ports[-1])]
            command += ["--processes", "1"] if self.processes > 1 else []  # else as an operator starts it
            with self._log.open("ab") as log:
                self._running.append(subprocess.Popen(command, stdout=log, stderr=log, env=self._environment()))
            self._await(self.ports[-1])

    def stop(self) -> None:
        """End what was started, as Ctrl-C does; what does not end is ended."""
        for process in self._running:
            process.send_signal(signal.SIGINT)
        for process in self._running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running, self.ports = [], []

    def roots(self) -> list[int]:
        """The ids of the processes."""
        return [process.pid for process in self._running]

    @property
    def _log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    def _environment(self) -> dict[str, str]:
        own = {"SUIFANG_EXTRA_FORMS": str(FORMS), "DATABASE_URL": self.database_url, "PYTHONDONTWRITEBYTECODE": "1"}
        return {name: value for name, value in (os.environ | own).items() if value}

    def _await(self, port: int) -> None:
        until = time.monotonic() + PATIENCE_S
        while True:
            line = Line(port)
            try:
                if line.request("GET", "/health.json").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                line.close()
            if self._running[-1].poll() is not None or time.monotonic() > until:
                said = self._log.read_text()[-3000:]
                self.stop()
                raise RuntimeError(f"the server did not come up:\n{said}")
