"""flask-smorest's blueprint with our own answers to a wrong shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

import flask_smorest
import orjson
from flask import Request, current_app
from marshmallow import Schema, ValidationError
from webargs.core import is_json, missing
from webargs.flaskparser import FlaskParser
from werkzeug.routing import BaseConverter

from server.errors import BadInput
from server.ids import UUID_TEXT
from server.sync.unpacking import inflate

View = TypeVar("View", bound=Callable[..., Any])


class Id(BaseConverter):
    """A UUID in an address; anything else is 404."""

    regex = UUID_TEXT.pattern


class Parser(FlaskParser):
    """Shape errors are 400 bad_shape, with the first field that is wrong named in the message."""

    DEFAULT_VALIDATION_STATUS = 400

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        field, why = _first(error.messages)
        raise BadInput(f"{field}: 格式不对 {why}", code="bad_shape")

    def _raw_load_json(self, req: Request) -> Any:
        """The body, unpacked as on the sync wire (our page packs what is long); orjson, since it bounds its depth and knows
        no NaN. Raises BadInput, TooLarge."""
        if not is_json(req.mimetype):
            return missing
        most = int(current_app.extensions["suifang_settings"].max_inflated)
        plain = inflate(req.get_data(cache=True), req.headers.get("Content-Encoding", "identity"), most)
        try:
            return orjson.loads(plain)
        except orjson.JSONDecodeError:
            raise BadInput("不是有效的 JSON This is not JSON", code="bad_json") from None


def _first(messages: Any, path: str = "") -> tuple[str, str]:
    """The first leaf of marshmallow's nested messages: its dotted path and its words."""
    if isinstance(messages, Mapping):
        key, inner = next(iter(messages.items()))
        skip = key in ("json", "query", "_schema")
        return _first(inner, path if skip else f"{path}.{key}".strip("."))
    return path or "body", str(messages[0]) if isinstance(messages, list) else str(messages)


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """A blueprint whose arguments are checked by `Parser`; mounted under /api."""

    ARGUMENTS_PARSER = Parser()

    if TYPE_CHECKING:  # the decorators used here, as the type checker should see them

        def get(self, rule: str, **options: Any) -> Decorator: ...
        def post(self, rule: str, **options: Any) -> Decorator: ...
        def arguments(self, schema: type[Schema] | Schema, **options: Any) -> Decorator: ...
        def response(self, status: int, schema: type[Schema] | None = None, **options: Any) -> Decorator: ...
        def doc(self, **options: Any) -> Decorator: ...


class Decorator(Protocol):
    """Gives a view back with the type it had."""

    def __call__(self, view: View, /) -> View: ...
