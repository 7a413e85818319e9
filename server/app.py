"""create_app(settings): the one place where rooms are wired."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from werkzeug.routing import Rule

from server import api, web
from server.config import Settings
from server.extensions import db, login, tune
from server.front import Front
from server.keys import load_keys
from server.rules import book


class _Rule(Rule):
    """Works out how to write its address when somebody asks for one: nobody does, and it is most of what an app costs to make."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder
        return lambda rule, **values: compile_now(append_unknown)(rule, **values)


def create_app(settings: Settings | None = None) -> Flask:
    """A Flask app for one deployment. The data folder and its keys are made when they are not there."""
    settings = settings or Settings.from_env()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, static_folder=None)
    app.url_rule_class = _Rule
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.url,
        MAX_CONTENT_LENGTH=settings.max_body,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.extensions["suifang_settings"] = settings
    app.extensions["suifang_keys"] = load_keys(settings.data)
    app.extensions["suifang_book"] = _book(settings)
    db.init_app(app)
    login.init_app(app)
    with app.app_context():
        tune(db.engine)
    app.before_request(web.take_in)
    api.register(app)
    web.register(app)
    app.wsgi_app = Front(app)  # type: ignore[method-assign]  # as Flask wants it done
    return app


def _book(settings: Settings) -> book.Book:
    if settings.rulebook == book.HOME and settings.extra_forms is None:
        return book.shipped()
    return book.load(settings.rulebook, settings.extra_forms)
