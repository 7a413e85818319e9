"""Serving the app (granian): processes that share a port, threads in each, TLS when there is a certificate.

Stops after what is being answered is answered.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces, SSLProtocols

from server import sealer
from server.app import create_app
from server.config import Settings
from server.desk import leaves
from server.errors import AppError
from server.sync import tidying

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 16  # a phone on a slow line keeps one while its request comes in
PROCESSES = min(2, os.cpu_count() or 1)  # one looks at what came while another writes
PATIENCE_S = 20  # until a process that does not stop is ended
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


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


@dataclass(frozen=True)
class Certificate:
    """Files in PEM: the chain with the server's certificate first, and its key."""

    chain: Path
    key: Path


def serve(
    settings: Settings, place: Place, ready: Callable[[], None], *,
    processes: int = PROCESSES, certificate: Certificate | None = None,
    beside: Callable[[WSGIApplication], WSGIApplication] | None = None,
) -> None:  # fmt: skip
    """Serve until SIGINT or SIGTERM; `ready` is called when the port is ours. `beside` wraps the app in each process,
    which may have to unpickle it. Raises PortTaken.
    """
    _is_free(place)
    tls: dict[str, Any] = {}
    if certificate:  # phones of 2015 still come
        tls = {"ssl_cert": certificate.chain, "ssl_key": certificate.key, "ssl_protocol_min": SSLProtocols.tls12}
    server = _Server(
        "suifang", address=place.host, port=place.port, interface=Interfaces.WSGI, websockets=False,
        http=HTTPModes.auto if certificate else HTTPModes.http1, workers=processes, blocking_threads=THREADS,
        workers_kill_timeout=PATIENCE_S, log_enabled=False, **tls,
    )  # fmt: skip
    server.ready = ready
    server.serve(target_loader=partial(_application, settings, beside), wrap_loader=False)


class _Server(Granian):  # type: ignore[misc, valid-type]  # chosen at run time
    """Says when it answers; granian itself tells only that it begins."""

    ready: Callable[[], object]

    def startup(self, *loaders: Any) -> None:
        super().startup(*loaders)
        while not (self.interrupt_signal or self.interrupt_children):
            try:
                socket.create_connection((self.bind_addr, self.bind_port), timeout=1).close()
            except OSError:
                sleep(0.02)
                continue
            self.ready()
            return


def _is_free(place: Place) -> None:
    """Serving processes share the port (SO_REUSEPORT); a second server of the same user must not join them."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            message = f"端口 {place.port} 用不了，请换一个 --port The port cannot be used: {error.strerror}"
            raise PortTaken(message) from error


def _application(settings: Settings, beside: Callable[[WSGIApplication], WSGIApplication] | None) -> WSGIApplication:
    """What a serving process runs: an app of its own, and the work that is done beside answering."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # forked, it would only note a stop that comes while it starts
    _end_with_parent()
    app = create_app(settings)
    settle_down()
    work = ExitStack()
    work.enter_context(at_work(app))
    Finalize(None, work.close, exitpriority=1)  # a serving process ends without atexit
    return beside(app.wsgi_app) if beside else app.wsgi_app


def _end_with_parent() -> None:
    """A server that is killed leaves no process behind that still answers on its port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


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
