"""What stands before Flask: the shortest way for the request that comes most, a poll of a phone that has all its feeds, and
for the one of which a new phone makes many, a chunk of a snapshot.

It gives the same bytes under the same headers as the view behind it. Whatever is unusual (another address or method, a
first pull, a session that is over, something to be written or said to be wrong) goes on to the app as it came. Each answer of
sync, its own or the app's, repeats what the phone asked under, so that an older one is known for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from server import auth, web
from server.api import sync
from server.clock import now_ms
from server.errors import AppError
from server.extensions import db
from server.ids import UUID_TEXT
from server.sync import epoch
from server.sync.polling import Poll, Polls

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SYNC = "/api/sync/"
PATH, CHUNKS = f"{SYNC}pull", f"{SYNC}snapshots/"
_ASK = re.compile(r"(?:^|&)ask=([A-Za-z0-9_-]{1,32})(?=&|$)")
_CHUNK = re.compile(r"([0-9]{1,9})/([0-9]{1,15})/([0-9]{1,6})")
_SHAPES = {
    "c": re.compile(r"[A-Za-z0-9_-]{1,4000}"),
    "n": re.compile(r"[1-9][0-9]{0,2}|1[0-9]{3}|2000"),
    "device": UUID_TEXT,
    "store": UUID_TEXT,
}


Answer: TypeAlias = tuple[bytes, list[tuple[str, str]]]  # body, headers


class Front:
    """The app as a server calls it."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            engine = db.engine
        settings = app.extensions["suifang_settings"]
        self.app = app
        self.behind: WSGIApplication = app.wsgi_app
        self.days = settings.session_days
        self.polls = Polls(engine, app.extensions["suifang_keys"], self.days, db.session)
        self.riding = list(web.riding(settings).items())
        self.refused = (AppError, SQLAlchemyError, engine.dialect.loaded_dbapi.Error)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(SYNC):
            start_response = _marked(environ, start_response)
        found = self._polled(environ) if path == PATH else self._fetched(environ) if path.startswith(CHUNKS) else None
        if found is None:
            return self.behind(environ, start_response)
        body, headers = found
        start_response("200 OK", [*headers, *self.riding, ("Content-Length", str(len(body)))])
        return [body]

    def _polled(self, environ: WSGIEnvironment) -> Answer | None:
        poll, life = _poll(environ), self.app.extensions.get(epoch.CACHE)
        if poll is None or life is None:
            return None
        with self.app.app_context():
            try:
                plain = self.polls.answer(poll, life, now_ms())
            except self.refused:
                return None  # the view says what is wrong
        return None if plain is None else sync.packed(plain, environ.get("HTTP_ACCEPT_ENCODING", ""))

    def _fetched(self, environ: WSGIEnvironment) -> Answer | None:
        """A chunk, for who is signed in and awake and may have its feed now."""
        token, named = _token(environ.get("HTTP_COOKIE", "")), _CHUNK.fullmatch(environ["PATH_INFO"][len(CHUNKS) :])
        if environ["REQUEST_METHOD"] != "GET" or not token or named is None or epoch.CACHE not in self.app.extensions:
            return None
        with self.app.app_context():
            try:
                now = now_ms()
                who = auth.find_session(db.session(), token, now)
                if who is None or who.asleep or auth.wants_prolonging(who, now, self.days):
                    return None
                feed, seq, n = map(int, named.groups())
                return sync.fetched(who, feed, seq, n, environ.get("HTTP_ACCEPT_ENCODING", ""))
            except self.refused:
                return None


def _marked(environ: WSGIEnvironment, start: StartResponse) -> StartResponse:
    """Begins an answer that repeats what it was asked under, if the phone said so."""
    found = _ASK.search(environ.get("QUERY_STRING", ""))
    if found is None:
        return start
    mark = ("Suifang-Asked", found[1])
    return lambda status, headers, *wrong: start(status, [*headers, mark], *wrong)


def _poll(environ: WSGIEnvironment) -> Poll | None:
    """What a page asks that goes on from where it was; None for anything else."""
    token = _token(environ.get("HTTP_COOKIE", ""))
    if environ["REQUEST_METHOD"] != "GET" or not token:
        return None
    parts = [part.partition("=") for part in _ASK.sub("", environ.get("QUERY_STRING", "")).split("&")]
    asked = {name: value for name, _, value in parts}
    if len(parts) != len(_SHAPES) or asked.keys() != _SHAPES.keys():
        return None
    if not all(shape.fullmatch(asked[name]) for name, shape in _SHAPES.items()):
        return None
    return Poll(token, asked["device"], asked["store"], asked["c"], int(asked["n"]))


def _token(cookies: str) -> str:
    """The session's token among the cookies, the first if there were more."""
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == auth.COOKIE:
            return value
    return ""
