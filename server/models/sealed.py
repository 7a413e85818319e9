"""Column types that are sealed at rest. The purpose is bound to the value, so a column's value cannot pose as another's."""

from __future__ import annotations

from typing import Any

import orjson
from flask import current_app
from sqlalchemy import LargeBinary
from sqlalchemy.types import TypeDecorator

from server.keys import Keys


def app_keys() -> Keys:
    """The keys of the app at work."""
    keys = current_app.extensions["suifang_keys"]
    assert isinstance(keys, Keys)
    return keys


class SealedBytes(TypeDecorator[bytes]):
    """Bytes under AES-GCM; `purpose` names the column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:
        return None if value is None else app_keys().seal(self.purpose.encode(), self.pack(value))

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else self.unpack(app_keys().open(self.purpose.encode(), value))

    def pack(self, value: Any) -> bytes:
        return bytes(value)

    def unpack(self, data: bytes) -> Any:
        return data


class Sealed(SealedBytes):
    """Text under AES-GCM: names, telephones, ID numbers, notes."""

    cache_ok = True

    def pack(self, value: Any) -> bytes:
        return str(value).encode()

    def unpack(self, data: bytes) -> Any:
        return data.decode()


class SealedJson(SealedBytes):
    """A JSON value under AES-GCM."""

    cache_ok = True

    def pack(self, value: Any) -> bytes:
        return orjson.dumps(value)

    def unpack(self, data: bytes) -> Any:
        return orjson.loads(data)
