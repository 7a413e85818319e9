"""A worker's bag: what the desk says she carries, told whole to her phones in her own feed.

The list suggests items, lots and expiry days; it never refuses a hand-out. Counts on the phone are what was handed to
her less what she gave since, and nothing is decided by them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from server import audit
from server.clock import day_of
from server.errors import BadInput
from server.models import Bag, Worker
from server.sync import scope
from server.sync.append import book
from server.sync.feeds import Feeds, with_feeds
from server.sync.world import World

FORM, FIELD = "contraceptive_supply", "item"

Line = dict[str, Any]


def bag_of(session: Session, worker: str) -> dict[str, Any]:
    """{lines: [{item, lot, expiry, qty}], changed_at: ms or None}."""
    bag = session.get(Bag, worker)
    return {"lines": bag.lines if bag else [], "changed_at": bag.changed_at if bag else None}


def fill(
    session: Session, worker: Worker, lines: list[Line], *, now: int, place: str, actor: str | None = None
) -> None:
    """Write the whole list and tell her phones. Raises BadInput (unknown_item)."""
    unknown = {line["item"] for line in lines} - _items()
    if unknown:
        raise BadInput(f"没有这种药具：{'、'.join(sorted(unknown))} There is no such item", code="unknown_item")
    bag = session.get(Bag, worker.id) or Bag(worker_id=worker.id)
    bag.lines, bag.changed_at = lines, now
    session.add(bag)
    audit.note(session, "bag.change", worker.id, {"lines": len(lines)}, now=now, actor=actor, place=place)
    _tell(session, worker, lines, now)


def options() -> list[dict[str, Any]]:
    """What can be in a bag: the items of the supply form."""
    fields = {field["key"]: field for field in book().forms[FORM]["fields"]}
    return [dict(option) for option in fields[FIELD]["options"]]


def _items() -> set[str]:
    return {option["code"] for option in options()}


def _tell(session: Session, worker: Worker, lines: list[Line], now: int) -> None:
    def work(feeds: Feeds) -> None:
        world = World(session, feeds, worker.county, book(), now, day_of(now).isoformat())
        world.emit("bag", {"worker": worker.id, "lines": lines, "at": now}, {scope.own(worker.id)})
        world.flush()

    with_feeds(session, worker.county, {scope.own(worker.id)}, work)
