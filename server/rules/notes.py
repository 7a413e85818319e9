"""What a note makes due: see the technician by the end of a month. It names neither form nor finding."""

from collections.abc import Mapping

from server.rules import dates, wording
from server.rules.anchors import Row
from server.rules.conditions import is_note
from server.rules.shapes import DueItem, Schedule


def without_needless(rows: list[Row]) -> list[Row]:
    """The rows without notes about records that their reader holds whole."""
    held = {row.key for row in rows if not is_note(row.record)}
    return [row for row in rows if not is_note(row.record) or not (row.key in held or _about(row) in held)]


def _about(row: Row) -> str | None:
    return _text(row, "of")


def _text(row: Row, key: str) -> str | None:
    value = row.record.get(key)
    return value if isinstance(value, str) and value else None


def due(schedule: Schedule, rows: list[Row], agreed: Mapping[str, str], now: int) -> list[DueItem]:
    """At most one item for each purpose, from its newest note, unless she has said no to that purpose."""
    newest: dict[str, Row] = {}
    for row in rows:
        if is_note(row.record):
            newest[_text(row, "purpose") or ""] = row
    wanted = [row for purpose, row in newest.items() if agreed.get(purpose, "given") == "given"]
    return [item for item in (_item(schedule, row, now) for row in wanted) if item is not None]


def _item(schedule: Schedule, row: Row, now: int) -> DueItem | None:
    month = dates.month_span(row.record.get("next"))
    if month is None or month[1] < row.day or now > month[1] + schedule["expire"]:
        return None
    opens, closes, expires = dates.text(month[0]), dates.text(month[1]), dates.text(month[1] + schedule["expire"])
    if opens is None or closes is None or expires is None:
        return None
    late = max(0, now - month[1])
    return DueItem(
        schedule=schedule["id"],
        record=row.key,
        person=_text(row, "person"),
        household=_text(row, "household"),
        form=None,
        due=closes,
        opens=opens,
        closes=closes,
        expires=expires,
        state="later" if now < month[0] else "overdue" if late else "due",
        late=late,
        why=wording.fill(schedule["why"], {"month": wording.month(month[0])}),
    )
