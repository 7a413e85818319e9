"""A phone's line to a server in another process: the little of Flask's test client that a Handset uses, over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from server import auth


class Cut(Exception):
    """The line broke before the answer was whole: nobody knows whether the request arrived."""


@dataclass
class Answer:
    """One response, read to its end."""

    status_code: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data[:500].decode(errors="replace")


@dataclass
class Line:
    """Requests to one port, a connection each; raises Cut."""

    port: int
    token: str

    def post(self, path: str, *, data: bytes, content_type: str, headers: dict[str, str]) -> Answer:
        return self._ask("POST", path, data, headers | {"Content-Type": content_type})

    def get(self, path: str, *, query_string: dict[str, Any] | None = None, headers: dict[str, str]) -> Answer:
        return self._ask("GET", f"{path}?{urlencode(query_string)}" if query_string else path, None, headers)

    def _ask(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, data, headers | {"Cookie": f"{auth.COOKIE}={self.token}"})
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        except (OSError, HTTPException) as error:
            raise Cut from error
        finally:
            connection.close()
