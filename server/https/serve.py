"""`suifang serve --https`: the same app behind TLS on every address of this machine.

`port` answers https; `port + 1` answers plain http with /ca alone, so that a phone that trusts nothing yet can read it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from qrcode import QRCode

from server.clock import now_ms
from server.config import Settings
from server.https import certificates, explain
from server.serving import Certificate, Place, serve

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def serve_https(settings: Settings, port: int, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. `say` gets the addresses, the certificate's fingerprint and two QR codes."""
    files = certificates.prepare(settings.data, certificates.own_addresses(), _now())
    host = str(certificates.own_addresses()[0])

    def ready() -> None:
        _explain_over_http(files, port)
        app, trust = f"https://{host}:{port}/app/", f"http://{host}:{port + 1}/ca"
        _announce(say, app, trust, certificates.fingerprint(files))

    place = Place("0.0.0.0", port)  # noqa: S104 (phones on the local network are the purpose)
    beside = partial(_beside, files, port)
    serve(settings, place, ready, certificate=Certificate(files.chain, files.key), beside=beside)


def _beside(files: certificates.Files, port: int, app: WSGIApplication) -> WSGIApplication:
    return explain.beside(app, _explanation(files, port))


def _explanation(files: certificates.Files, port: int) -> WSGIApplication:
    return explain.explaining(files, lambda host: f"https://{host}:{port}/app/")


class _Quietly(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Who reads the page is nobody's business."""


def _explain_over_http(files: certificates.Files, port: int) -> None:
    explanation = _explanation(files, port)
    server = make_server("0.0.0.0", port + 1, explanation, handler_class=_Quietly)  # noqa: S104 (as above)
    Thread(target=server.serve_forever, daemon=True).start()


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
