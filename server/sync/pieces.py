"""What was handed out stays handed out when the person it went to is erased: its movement is left behind, and it is nobody's.

The row left behind has an id of its own, no person, no household and no event; only item, number, lot, expiry and place
of the hand-out, the day, and who gave it. It stands in no feed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from server.ids import new_id
from server.models import Event, Record
from server.sync import log
from server.sync.world import World

KEPT = ("item", "expiry", "point")
LOT = "lot"


def leave(world: World, which: ColumnElement[bool]) -> None:
    """Leave the movements of these records. Call it while their events can still be opened, before the records go."""
    amounts = {given["form"]: given["qty"] for given in world.book.stock["hand_outs"]}
    mine = and_(Record.county == world.county, which, Record.status == "live", Record.form.in_(amounts))
    mine = and_(mine, Record.source != "transfer")  # nothing left a bag of this station
    for row in world.session.scalars(select(Record).where(mine)).all():
        amount = row.coded.get(amounts[row.form])
        if type(amount) is int and amount > 0:
            answers = {key: row.coded[key] for key in KEPT if key in row.coded} | {amounts[row.form]: amount}
            world.session.add(_left(row, answers | _lot(world, row.id)))


def _left(row: Record, answers: dict[str, Any]) -> Record:
    return Record(
        county=row.county, id=new_id(), form=row.form, form_version=row.form_version, person=None, household=None,
        area=row.area, occurred_on=row.occurred_on, author=row.author, role=row.role, source="desk", status="live",
        shown=False, blocked=False, purpose=None, coded=answers,
    )  # fmt: skip


def _lot(world: World, record: str) -> dict[str, Any]:
    """The lot as last written: it is text, and texts lie sealed in the log."""
    about = and_(Event.county == world.county, or_(Event.id == record, Event.of == record), Event.body.is_not(None))
    told = world.session.execute(
        select(Event.body).where(about, Event.kind != "void").order_by(Event.received_at, Event.id)
    )
    found: dict[str, Any] = {}
    for (body,) in told:
        answers = log.open_blob(body or b"").get("answers", {})
        found |= {LOT: answers[LOT]} if LOT in answers else {}
    return found
