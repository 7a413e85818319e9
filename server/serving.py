"""The embedded server (waitress): one process, eight threads, no TLS. Stops after what is being answered is answered."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from flask import Flask
from waitress.server import create_server

from server import sealer
from server.config import Settings
from server.desk import leaves
from server.errors import AppError
from server.extensions import db
from server.sync import tidying

THREADS = 8
HEADERS = 64 * 1024
SLACK = 64 * 1024  # the app itself answers what is too large, with a code


class PortTaken(AppError):
    """Another program listens there."""

    code, status = "port_in_use", 409


@dataclass(frozen=True)
class Place:
    """Where to listen."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to open; a phone app needs `localhost`, where browsers allow secure cookies without TLS."""
        shown = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::1", "") else self.host  # noqa: S104 (a name)
        return f"http://{shown}:{self.port}/app/"


def serve(app: Flask, settings: Settings, place: Place, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called once connections are taken. Raises PortTaken."""
    try:
        server = create_server(
            app, host=place.host, port=place.port, threads=THREADS, ident=None, max_request_header_size=HEADERS,
            max_request_body_size=settings.max_body + SLACK, channel_timeout=120, clear_untrusted_proxy_headers=True,
        )  # fmt: skip
    except OSError as error:
        message = f"端口 {place.port} 用不了，请换一个 --port The port cannot be used: {error.strerror}"
        raise PortTaken(message) from error
    signal.signal(signal.SIGTERM, _stop)
    settle_down()
    ready()
    with at_work(app):
        server.run()  # returns after SIGINT or SystemExit, when running requests are answered
    server.close()
    with app.app_context():
        db.engine.dispose()


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    """What a serving process does beside answering: sealing the audit log, erasing what is due, handing leaves over."""
    with sealer.at_work(app), tidying.at_work(app), leaves.at_work(app):
        yield


def settle_down() -> None:
    """What was loaded stays; without this the collector reads it through again and again, a tenth of a push's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
