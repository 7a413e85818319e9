"""The pull cursor: where a store stands in every feed it has. Opaque to the phone, signed, bound to worker and store.

Bytes: 1 version · 8 epoch · (feed number, seq) as unsigned LEB128 varints, feeds as steps from the one before · 12 of HMAC.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping

from server.errors import BadInput
from server.ids import b64, unb64

VERSION = 1
EPOCH = 8
MAC = 12


class BadCursor(BadInput):
    """Not a cursor that we gave to this worker for this store."""

    code, message = "bad_cursor", "同步位置无效，请从头接收 The cursor is not valid, start over"


def seal(key: bytes, owner: str, epoch: str, places: Mapping[int, int]) -> str:
    """The cursor's text. `owner` names worker and store, `epoch` is base64url of 8 bytes."""
    raw = bytearray([VERSION]) + unb64(epoch)
    before = 0
    for feed, seq in sorted(places.items()):
        raw += _varint(feed - before) + _varint(seq)
        before = feed
    return b64(bytes(raw) + _mac(key, owner, bytes(raw)))


def open_cursor(key: bytes, owner: str, text: str) -> tuple[str, dict[int, int]]:
    """(epoch, {feed number: seq}); raises BadCursor."""
    try:
        sealed = unb64(text)
    except ValueError:
        raise BadCursor from None
    raw, mac = sealed[:-MAC], sealed[-MAC:]
    shaped = b64(sealed) == text and len(raw) >= 1 + EPOCH and raw[0] == VERSION  # one text only for the same bytes
    if not shaped or not hmac.compare_digest(mac, _mac(key, owner, raw)):
        raise BadCursor
    numbers = list(_numbers(raw[1 + EPOCH :]))
    places: dict[int, int] = {}
    feed = 0
    for step, seq in zip(numbers[::2], numbers[1::2], strict=True):
        feed += step
        places[feed] = seq
    return b64(raw[1 : 1 + EPOCH]), places


def _mac(key: bytes, owner: str, raw: bytes) -> bytes:
    return hmac.digest(key, owner.encode() + b"\0" + raw, "sha256")[:MAC]


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


def _numbers(raw: bytes) -> Iterator[int]:
    number, shift = 0, 0
    for byte in raw:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number, shift = 0, 0
