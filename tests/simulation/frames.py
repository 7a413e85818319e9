"""What the phones' process and the town's say to each other: frames of two lengths, a JSON head and a body of bytes."""

from __future__ import annotations

import struct
import sys
from typing import Any, BinaryIO

import orjson

_LENGTHS = struct.Struct(">II")


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next frame, or None at the end."""
    start = stream.read(_LENGTHS.size)
    if len(start) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(start)
    return orjson.loads(stream.read(head)), stream.read(body)


def write(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame."""
    packed = orjson.dumps(head)
    stream.write(_LENGTHS.pack(len(packed), len(body)) + packed + body)
    stream.flush()


def own_pipe() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output as bytes; what anything else prints goes to standard error."""
    pipe = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    return pipe
