"""Cards at the desk: sheets printed for the township, and taking a lost bundle out of force. A card names nobody.

A print cannot be made again, since nobody keeps the cards of a sheet: one that did not come out of the printer is taken
out of force and printed anew.
"""

from __future__ import annotations

import base64
import io
from itertools import groupby
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.cards import agreeing, keys, payload, printing, revoking, scanning, sheets
from server.clock import day_of
from server.desk.people import area_names
from server.desk.scope import township, townships
from server.errors import NotFound
from server.extensions import writing
from server.models import CardRevocation, CardSheet, Person, Record
from server.models.area import township_of


def printed(session: Session, who: Who, now: int) -> dict[str, Any]:
    """{host, runs, sheets, cards, stopped, scans}: prints of her townships, the newest first, and how many sheets in all.

    `host` is the name on the cards, null where the server knows none and nothing can be printed. A run is what was
    printed at once and is in force or not as a whole: {first, last, printed_at (ms), expires (day), stopped}.
    """
    asked = select(CardSheet).where(CardSheet.township.in_(townships(who))).order_by(CardSheet.number)
    gone = set(session.scalars(select(CardRevocation.value).where(CardRevocation.kind == "sheet")))
    found = [(sheet, sheet.prefix in gone) for sheet in session.scalars(asked)]
    runs = [_run([sheet for sheet, _ in group], stopped) for (_, stopped), group in groupby(found, _together)]
    count = len(found)
    return {
        "host": current_app.extensions["suifang_settings"].public_host or None, "runs": runs[::-1], "sheets": count,
        "cards": count * sheets.PER_SHEET, "stopped": sum(stopped for _, stopped in found),
        "scans": scanning.counted(session, sorted(townships(who)), now),
    }  # fmt: skip


def count_scans(who: Who, scans: list[tuple[str, int]], phone_now: int, now: int) -> None:
    """Scans of her phone, put right by its clock. Neither she nor her phone is kept. One place of hers counts for all."""
    place = township_of(who.areas("director", "liaison", "technician")[0])
    told = [(card, at + now - phone_now) for card, at in scans]
    with writing() as session:
        scanning.count(session, who.county, place, told, now)


def _together(one: tuple[CardSheet, bool]) -> tuple[int, bool]:
    return one[0].printed_at, one[1]


def _run(run: list[CardSheet], stopped: bool) -> dict[str, Any]:
    return {
        "first": run[0].number, "last": run[-1].number, "printed_at": run[0].printed_at,
        "expires": payload.day_text(run[0].expires), "stopped": stopped,
    }  # fmt: skip


def print_sheets(who: Who, count: int, now: int) -> dict[str, Any]:
    """Sign and draw sheets: {first, last, file}, `file` the PDF in Base64. Raises BadInput (public_host_missing, …)."""
    host, place = sheets.check_host(current_app.extensions["suifang_settings"].public_host), township(who, None)
    with writing() as session:
        if keys.active(session) is None:
            keys.create(session, now)
        made = list(sheets.make(session, count, host, now, place))
        detail = {"first": made[0].number, "sheets": count}
        audit.note(session, "cards.print", None, detail, now=now, actor=who.id, phone=who.phone, place=place)
    paper = io.BytesIO()
    printing.write(paper, made)
    return {"first": made[0].number, "last": made[-1].number, "file": base64.b64encode(paper.getvalue()).decode()}


def disagreeing(session: Session, who: Who, now: int) -> list[dict[str, Any]]:
    """[{kind, record, person: {id, name}, area, number, on}]: where record, list and row of a card do not agree. Audited."""
    found = [one for place in townships(who) for one in agreeing.faults(session, place, day_of(now).isoformat())]
    ids = {str(one.record.person) for one in found}
    named = select(Person.id, Person.name).where(Person.county == who.county, Person.id.in_(ids))
    names = {row[0]: row[1] for row in session.execute(named)}
    areas = area_names(session, {one.record.area for one in found})
    with writing() as log_session:
        detail = {"found": len(found)}
        audit.note(log_session, "cards.agree", None, detail, now=now, actor=who.id, place=township(who, None))
    return [
        {
            "kind": one.kind, "record": one.record.id, "number": payload.number_of(one.card), "on": one.record.occurred_on,
            "person": {"id": one.record.person, "name": names.get(str(one.record.person), "")},
            "area": {"code": one.record.area, "name": areas.get(one.record.area, one.record.area)},
        }
        for one in found
    ]  # fmt: skip


def repair(who: Who, record: str, kind: str, now: int) -> None:
    """Make one of them agree. Raises NotFound."""
    with writing() as session:
        row = session.get(Record, (who.county, record))
        place = township_of(row.area) if row is not None else ""
        if place not in townships(who):
            raise NotFound
        agreeing.repair(session, place, record, kind, who.id, now)
        audit.note(session, "cards.repair", None, {"record": record, "kind": kind}, now=now, actor=who.id, place=place)


def stop(who: Who, first: int, last: int, now: int) -> None:
    """Take her townships' sheets with these numbers out of force. Free to repeat; raises NotFound (unknown_sheet)."""
    with writing() as session:
        number = revoking.revoke_sheets(session, first, last, now, townships(who))
        detail = {"sheets": f"{first}-{last}", "list": number}
        place = township(who, None)
        audit.note(session, "cards.revoke", None, detail, now=now, actor=who.id, phone=who.phone, place=place)
