"""`suifang serve --https`: the same app behind TLS on every address of this machine.

`port` answers https; `port + 1` answers plain http with /ca alone, so that a phone that trusts nothing yet can read it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from io import StringIO
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces, SSLProtocols
from qrcode import QRCode
from waitress.server import create_server

from server.app import create_app
from server.clock import now_ms
from server.config import Settings
from server.https import certificates, explain
from server.serving import at_work, settle_down

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PORT = "SUIFANG_HTTPS_PORT"
THREADS = 8


def serve_https(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. `say` gets the addresses, the certificate's fingerprint and two QR codes."""
    files = certificates.prepare(settings.data, certificates.own_addresses(), _now())
    host = str(certificates.own_addresses()[0])
    _explain_over_http(files, port)
    _announce(say, f"https://{host}:{port}/app/", f"http://{host}:{port + 1}/ca", certificates.fingerprint(files))
    # The worker is a new process: it reads its settings from the environment.
    os.environ |= {"SUIFANG_DATA": str(settings.data), PORT: str(port)}
    Granian(
        "server.https.serve:application",
        factory=True,
        address="0.0.0.0",  # noqa: S104 (phones on the local network are the purpose)
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        ssl_cert=files.chain,
        ssl_key=files.key,
        ssl_protocol_min=SSLProtocols.tls12,  # phones of 2015 still come
        log_enabled=False,
    ).serve()


def application() -> WSGIApplication:
    """What the serving process runs: the app of the environment's settings, and /ca beside it."""
    settings = Settings.from_env()
    port = os.environ[PORT]
    files = certificates.Files.below(Path(settings.data))
    explanation = explain.explaining(files, lambda host: f"https://{host}:{port}/app/")
    app = create_app(settings)
    settle_down()
    beside = ExitStack()
    beside.enter_context(at_work(app))
    Finalize(None, beside.close, exitpriority=1)  # a worker process ends without atexit
    return explain.beside(app.wsgi_app, explanation)


def _explain_over_http(files: certificates.Files, port: int) -> None:
    explanation = explain.explaining(files, lambda host: f"https://{host}:{port}/app/")
    server = create_server(explanation, host="0.0.0.0", port=port + 1, threads=1)  # noqa: S104 (as above)
    Thread(target=server.run, daemon=True).start()


def _announce(say: Callable[[str], None], app: str, trust: str, fingerprint: str) -> None:
    say(f"\n1. 每部手机一次：安装证书 Once per phone, trust this server\n   {trust}\n{_picture(trust)}")
    say(f"2. 打开应用 Open the app\n   {app}\n{_picture(app)}")
    say(f"   证书指纹 SHA-256 of the certificate: {fingerprint}\n")


def _picture(address: str) -> str:
    """A QR code of half blocks for a dark or light terminal."""
    code = QRCode(border=2)
    code.add_data(address)
    drawn = StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()


def _now() -> datetime:
    return datetime.fromtimestamp(now_ms() / 1000, UTC)
