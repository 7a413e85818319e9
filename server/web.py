"""What rides on every answer: security headers, gzip for JSON; health; and a database that is too busy to answer.

The content security policy rides on documents only (SYNC §0.13): a poll that has nothing new is a few hundred bytes.
"""

from __future__ import annotations

import gzip
from importlib.metadata import version

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from server import page
from server.api.errors import answer_app_error
from server.config import Settings
from server.errors import Busy
from server.sync import epoch

PROTOCOL = 1
WORTH_SQUEEZING = 512
YEAR_S = 31_536_000

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",  # for the QR decoder alone
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "font-src 'self'",
        "media-src 'self' blob:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types suifang-sw 'allow-duplicates'",
    ]
)
OFF = (
    "accelerometer autoplay display-capture encrypted-media fullscreen geolocation gyroscope hid "
    "idle-detection local-fonts magnetometer microphone midi payment screen-wake-lock "
    "serial usb xr-spatial-tracking"
)
ON = "camera publickey-credentials-create publickey-credentials-get"  # cards; the phone's own lock beside her digits
PERMISSIONS = ", ".join(
    [*(f"{feature}=(self)" for feature in ON.split()), *(f"{feature}=()" for feature in OFF.split())]
)
DOCUMENT = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def register(app: Flask) -> None:
    """Mount the page, /health.json and the headers."""
    app.register_blueprint(page.blueprint)
    app.add_url_rule("/health.json", view_func=health)
    app.register_error_handler(OperationalError, answer_busy)
    app.register_error_handler(PoolTimeout, answer_busy)
    app.after_request(dress)


def take_in() -> None:
    """A request's body comes in whole before anybody holds a database connection: phones send over slow lines."""
    if request.path.startswith("/api/"):
        request.get_data()


def health() -> dict[str, object]:
    """What a page checks before it trusts its own worker: {version, protocol, epoch}."""
    return {"version": version("suifang"), "protocol": PROTOCOL, "epoch": epoch.current()}


def answer_busy(error: Exception) -> Response:
    """The database is locked, full or away: the caller may come again, nothing was written."""
    current_app.logger.error("database: %s", type(error).__name__, exc_info=error)
    return answer_app_error(Busy(retry_after=5))


def dress(response: Response) -> Response:
    """Headers by kind of answer, and gzip for JSON that is worth it."""
    headers = response.headers
    for name, value in riding(current_app.extensions["suifang_settings"]).items():
        headers[name] = value
    if response.mimetype == "text/html":
        headers.extend(DOCUMENT)
    if "Cache-Control" not in headers or request.path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    return _squeeze(response)


def riding(settings: Settings) -> dict[str, str]:
    """The headers of every answer, whatever it is."""
    headers = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
    if settings.public_host:
        headers["Strict-Transport-Security"] = f"max-age={YEAR_S}; includeSubDomains"
    return headers


def _squeeze(response: Response) -> Response:
    if response.mimetype != "application/json" or response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    plain = response.get_data()
    if len(plain) < WORTH_SQUEEZING or not request.accept_encodings.quality("gzip"):
        return response
    response.set_data(gzip.compress(plain, 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response
