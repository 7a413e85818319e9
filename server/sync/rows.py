"""Rows of a feed as they travel, made from the log without parsing what was stored as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeAlias

import orjson
from sqlalchemy.orm import Session

from server.ids import b64
from server.sync import asking, log

ROOM = 1 << 20
Span: TypeAlias = tuple[int, int, int]  # feed, after, up to


def page(session: Session, county: str, feed: int, after: int, upto: int, most: int) -> list[dict[str, Any]]:
    """Rows of one feed behind `after`, none beyond `upto`: at most `most`, fewer when their bodies are long."""
    asked = {"county": county, "feed": feed, "after": after, "upto": upto, "most": most}
    found, size = list[Any](), 0
    with asking.ask(session, asking.PAGE, **asked) as rows:
        for row in rows:
            found.append(row)
            size += len(row.body or b"")
            if size > ROOM:
                break
    inner = _inside(session, county, found)
    return [_row(feed, row, inner) for row in found]


def few(session: Session, county: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The rows of several feeds at once, of each those behind its place and up to its head; fewer when bodies are long.

    For a poll that brings a handful of rows: a question a feed would be most of its time.
    """
    asked: dict[str, Any] = {"county": county}
    for at, (feed, after, upto) in enumerate(spans):
        asked |= {f"feed{at}": feed, f"after{at}": after, f"upto{at}": upto}
    found, size = list[Any](), 0
    for row in sorted(asking.ask(session, asking.few(len(spans)), **asked), key=attrgetter("feed_id", "seq")):
        if size <= ROOM:
            found.append(row)
        size += len(row.body or b"")
    inner = _inside(session, county, found)
    return [_row(row.feed_id, row, inner) for row in found]


def _inside(session: Session, county: str, found: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """The whole rows that the reveals among these list."""
    ids = {key for row in found if _reveals(row) for key in log.open_blob(row.body)["ids"]}
    return events(session, county, ids) if ids else {}


def events(session: Session, county: str, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Events as whole rows without feed and number; erased ones are left out."""
    asked = asking.ask(session, asking.EVENTS, county=county, ids=list(ids))
    return {row.id: _whole(row) for row in asked}


def _reveals(row: Any) -> bool:
    return row.kind == "reveal" and not row.hidden and row.body is not None


def _row(feed: int, row: Any, inner: dict[str, dict[str, Any]]) -> dict[str, Any]:
    place = {"f": str(feed), "q": row.seq}
    if row.hidden or row.body is None:
        return place | {"id": row.id, "kind": row.kind, "digest": b64(row.digest)}
    whole = place | _whole(row)
    if row.kind == "reveal":
        whole["body"] = {"events": [inner[key] for key in log.open_blob(row.body)["ids"] if key in inner]}
    return whole


def _whole(row: Any) -> dict[str, Any]:
    """The body goes out as the bytes that were stored, without the salt before them."""
    made_here = row.actor == log.SERVER
    said = {} if made_here else {"t": row.at, "actor": row.actor, "role": row.role}
    about = {"schema": row.schema, "area": row.area, "person": row.person, "household": row.household}
    return (
        {"id": row.id, "kind": row.kind}
        | said
        | {name: value for name, value in about.items() if value is not None}
        | {"body": orjson.Fragment(row.body[log.SALT :]), "digest": b64(row.digest)}
    )
