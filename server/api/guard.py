"""What every request under /api passes first: it came from our own page, and whoever asks may ask.

A view says who may call it with `@access(...)` right above the function; a view that says nothing wants a signed-in
worker, so that a forgotten line closes a door and never opens one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request

from server import auth
from server.clock import now_ms
from server.config import Settings
from server.errors import Forbidden
from server.extensions import writing

ANYONE = frozenset({"anyone"})
BY_SIGNATURE = frozenset({"signature"})
EVERY_WORKER: frozenset[str] = frozenset()
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER = "X-Suifang"
View = TypeVar("View", bound=Callable[..., Any])


def access(*roles: str) -> Callable[[View], View]:
    """Who may call a view: role codes, "anyone", or "signature"; nothing means every signed-in worker.

    A view by signature checks it itself, before anything else. It reads no cookie, so there is no session that another
    site could borrow: it needs neither our header nor our page.
    """

    def mark(view: View) -> View:
        view.__dict__["access"] = frozenset(roles)
        return view

    return mark


def access_of(view: Callable[..., Any]) -> frozenset[str]:
    """The marked roles of a view; EVERY_WORKER when it says nothing."""
    marked: frozenset[str] = view.__dict__.get("access", EVERY_WORKER)
    return marked


def register_guard(app: Flask) -> None:
    """Mount the checks. There is no CORS: other origins get nothing."""
    auth.register_login(app)
    app.before_request(_check)
    app.after_request(_prolong)


def _check() -> None:
    if request.endpoint is None or not request.path.startswith("/api/"):
        return
    allowed = access_of(current_app.view_functions[request.endpoint])
    if allowed == BY_SIGNATURE:
        return
    if request.method not in SAFE:
        _same_page()
    if allowed != ANYONE:
        g.who = auth.signed_in()
        if allowed and not allowed & g.who.roles:
            raise Forbidden


def _same_page() -> None:
    """A write needs our own header (which forces a preflight that we never answer) and must not come from elsewhere."""
    if request.headers.get(HEADER) != "1":
        raise Forbidden("请求缺少标头 X-Suifang The header X-Suifang is missing", code="missing_header")
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise Forbidden("请求来自其他网站 The request comes from another site", code="cross_site")


def set_cookie(response: Response, token: str) -> None:
    """Hand the session over; the browser sends it back to this very host alone, never from another site."""
    settings: Settings = current_app.extensions["suifang_settings"]
    age = settings.session_days * 86_400
    response.set_cookie(auth.COOKIE, token, max_age=age, path="/", secure=True, httponly=True, samesite="Strict")


def drop_cookie(response: Response) -> None:
    """Tell the browser to forget the session."""
    response.delete_cookie(auth.COOKIE, path="/", secure=True, httponly=True, samesite="Strict")


def _prolong(response: Response) -> Response:
    """Past half its time a session is moved on with the next good answer, so whoever works stays signed in."""
    who: auth.Who | None = g.get("who")
    if who is None or response.status_code >= 400:
        return response
    now, days = now_ms(), current_app.extensions["suifang_settings"].session_days
    if auth.wants_prolonging(who, now, days):
        with writing() as session:
            auth.prolong(session, who, now, days)
        set_cookie(response, request.cookies[auth.COOKIE])
    return response
