"""What came over the line, unpacked within bounds and read as JSON: for every way in that takes many events at once."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from typing import Any

import orjson

from server.errors import BadInput, TooLarge

GZIP = 31
_SHA_256 = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")


def inflate(raw: bytes, coding: str, most: int) -> bytes:
    """The body behind its content coding, at most `most` bytes; raises BadInput bad_gzip, TooLarge."""
    if coding == "identity":
        return raw
    unpacker = zlib.decompressobj(GZIP)
    try:
        data = unpacker.decompress(raw, most + 1)
    except zlib.error:
        raise BadInput("压缩内容有误 This is not gzip", code="bad_gzip") from None
    if len(data) > most:
        raise TooLarge
    if not unpacker.eof or unpacker.unused_data:
        raise BadInput("压缩内容不完整 The gzip is cut", code="bad_gzip")
    return data


def undamaged(data: bytes, told: str) -> bytes:
    """The bytes when they are those that were sent, as far as Content-Digest tells (RFC 9530, before any coding of the
    line); raises BadInput bad_digest. Who sends none is believed: old apps do not.

    One bit more or less in an id is still JSON: it would be kept under another name, and its phone told that it is here.
    """
    found = _SHA_256.search(told)
    if found and found[1] != base64.b64encode(hashlib.sha256(data).digest()).decode():
        raise BadInput("路上传坏了 Damaged on the way", code="bad_digest")
    return data


def parse(data: bytes) -> Any:
    """JSON as orjson reads it; texts with half a character (which it refuses) must not hold up their neighbours.

    Raises BadInput bad_json.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadInput("不是有效的 JSON This is not JSON", code="bad_json") from None


def _no_constant(word: str) -> None:
    raise ValueError(word)
