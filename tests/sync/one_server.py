"""One server process of the race tests, which a test may stop or kill."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from werkzeug.serving import make_server

from server.app import create_app
from server.config import Settings
from tests.started import start


@dataclass(frozen=True)
class OneServer:
    """Where it listens, and what becomes of it."""

    port: int
    process: BaseProcess

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process.pid
        os.kill(self.process.pid, number)


@contextmanager
def serving(settings: Settings, processes: int, room: int | None = None) -> Iterator[list[OneServer]]:
    """That many, until the block ends. No file of theirs grows beyond `room` bytes: to SQLite a full disk."""
    lines = [multiprocessing.Pipe(duplex=False) for _ in range(processes)]
    started = [start(serve, settings, room, tell) for _, tell in lines]
    for _, tell in lines:
        tell.close()  # one that cannot start is heard to have hung up
    try:
        yield [OneServer(heard.recv(), process) for (heard, _), process in zip(lines, started, strict=True)]
    finally:
        for process in started:
            process.kill()  # also one that stands still
            process.join()


def serve(settings: Settings, room: int | None, tell: Connection) -> None:
    """Says its port, then answers until it is killed."""
    if room is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    tell.send(server.server_port)
    server.serve_forever()
