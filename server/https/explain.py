"""/ca: the page that leads a phone's owner through trusting this deployment, with a picture for each step.

A small WSGI program of its own, since it is served over plain HTTP, before there is any trust; it reads no data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from server.https import certificates
from server.https.certificates import Files

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PAGE = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
KINDS = {".svg": "image/svg+xml", ".css": "text/css; charset=utf-8"}
CERTIFICATE = "application/x-x509-ca-cert"

Answer = tuple[str, str, bytes]


def explaining(files: Files, app_address: Callable[[str], str]) -> WSGIApplication:
    """/ca, /ca/suifang.crt and the pictures. `app_address` makes the app's address from the host that was asked."""

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path, host = environ.get("PATH_INFO", ""), environ.get("HTTP_HOST", "localhost")
        status, kind, content = _answer(files, path, app_address(host.rsplit(":", 1)[0]))
        headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Content-Security-Policy", POLICY)]
        start(status, [*headers, ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")])
        return [content]

    return serve


def beside(app: WSGIApplication, explanation: WSGIApplication) -> WSGIApplication:
    """One program: /ca is explained, everything else is the app."""

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        chosen = explanation if path == "/ca" or path.startswith("/ca/") else app
        return chosen(environ, start)

    return serve


def _answer(files: Files, path: str, app: str) -> Answer:
    if path == "/ca/suifang.crt":
        return "200 OK", CERTIFICATE, certificates.as_der(files)
    if path in ("/", "/ca", "/ca/"):
        return "200 OK", "text/html; charset=utf-8", _page(files, app).encode()
    part = PAGE / path.removeprefix("/ca/")
    if part.parent == PAGE and part.suffix in KINDS and part.is_file():
        return "200 OK", KINDS[part.suffix], part.read_bytes()
    return "404 Not Found", "text/plain; charset=utf-8", "没有这一页 No such page".encode()


def _page(files: Files, app: str) -> str:
    words = (PAGE / "ca.html").read_text()
    return words.replace("{{app}}", escape(app)).replace("{{fingerprint}}", escape(certificates.fingerprint(files)))
