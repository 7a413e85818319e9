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
from server.cards import keys, payload, printing, revoking, sheets
from server.desk.scope import township, townships
from server.extensions import writing
from server.models import CardRevocation, CardSheet


def printed(session: Session, who: Who) -> dict[str, Any]:
    """{host, runs, sheets, cards, stopped}: prints of her townships, the newest first, and how many sheets in all.

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
    }  # fmt: skip


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


def stop(who: Who, first: int, last: int, now: int) -> None:
    """Take her townships' sheets with these numbers out of force. Free to repeat; raises NotFound (unknown_sheet)."""
    with writing() as session:
        number = revoking.revoke_sheets(session, first, last, now, townships(who))
        detail = {"sheets": f"{first}-{last}", "list": number}
        place = township(who, None)
        audit.note(session, "cards.revoke", None, detail, now=now, actor=who.id, phone=who.phone, place=place)
