"""The log: how events are stored, opened and made. A stored body is 16 bytes of salt ‖ its JSON, sealed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import orjson

from server.ids import new_id
from server.models import Event
from server.sync.item import Item

SALT = 16
SERVER = "server"


@dataclass(frozen=True, slots=True)
class Author:
    """Who caused a row that the server makes, and when by her own clock (ms)."""

    actor: str
    role: str
    t: int


ITSELF = Author(SERVER, SERVER, 0)


def body_of(event: Event) -> dict[str, Any] | None:
    """The body of a stored event without its salt; None when it was erased."""
    return None if event.body is None else open_blob(event.body)


def open_blob(blob: bytes) -> dict[str, Any]:
    """The JSON object behind a stored body."""
    found = orjson.loads(blob[SALT:])
    assert isinstance(found, dict)
    return found


def seal_off(body: dict[str, Any], salt: bytes) -> bytes:
    """A body as it is stored."""
    return salt + orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


_FROM_ITEM = {
    "id": "id", "kind": "kind", "schema": "schema", "store_id": "store", "dseq": "dseq", "t": "t", "clk": "clk",
    "actor": "actor", "role": "role", "area": "area", "person": "person", "household": "household", "of": "of",
    "digest": "digest", "body": "blob",
}  # fmt: skip
_from_item = attrgetter(*_FROM_ITEM.values())


def columns_of(items: Sequence[Item], county: str, now: int, offsets: dict[str, int]) -> dict[str, Sequence[Any]]:
    """The columns of events that came up, at least one."""
    same = {"county": county, "received_at": now, "erased_at": None}
    columns: dict[str, Sequence[Any]] = {name: [value] * len(items) for name, value in same.items()}
    columns |= zip(_FROM_ITEM, zip(*map(_from_item, items), strict=True), strict=True)
    measured = [offsets.get(item.clk or "") for item in items]
    columns["t_fixed"] = [None if by is None else item.t + by for item, by in zip(items, measured, strict=True)]
    columns["flag"] = [",".join(item.flags)[:120] or None for item in items]
    return columns


def row_of(item: Item, county: str, now: int, offsets: dict[str, int]) -> dict[str, Any]:
    """The row of one event that came up."""
    return {name: column[0] for name, column in columns_of([item], county, now, offsets).items()}


def author_of(item: Item, offsets: dict[str, int]) -> Author:
    """Whose doing a patch is; an import is nobody's."""
    if item.source == "import":
        return ITSELF
    return Author(item.actor, item.role, item.t + offsets.get(item.clk or "", 0))


def server_row(
    kind: str,
    county: str,
    now: int,
    body: dict[str, Any],
    area: str | None,
    person: str | None,
    household: str | None,
    by: Author = ITSELF,
) -> dict[str, Any]:
    """The columns of an event that the server makes: its body is as salted as a phone's. `by`: whose doing it is."""
    salt, event_id = secrets.token_bytes(SALT), new_id()
    blob = seal_off(body, salt)
    head = f"{event_id}\0{kind}\0{area}\0{person}\0{household}\0".encode()
    return {
        "county": county, "id": event_id, "kind": kind, "schema": None, "store_id": None, "dseq": None, "t": by.t or now,
        "t_fixed": now, "clk": None, "received_at": now, "actor": by.actor, "role": by.role, "area": area,
        "person": person, "household": household, "of": body.get("of"),
        "digest": hashlib.sha256(salt + head + blob).digest()[:16], "body": blob, "flag": None, "erased_at": None,
    }  # fmt: skip
