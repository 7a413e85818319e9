"""What if a schedule had other days: how many would be due this month, counted and never kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.rounds import records_of
from server.desk.scope import check_area
from server.errors import BadInput, NotFound
from server.extensions import writing
from server.models import Area
from server.reports import small_cells
from server.reports.rounds import stretch_of
from server.rules import otherdays, schedule
from server.rules.book import Book
from server.rules.shapes import Schedule
from server.rules.vocabulary import RulebookError
from server.sync import county_days

VILLAGE = 12


class LoosensSource(BadInput):
    """Days that a source gives would come later or be gone sooner."""

    code = "loosens_source"
    message = (
        "这些天数有出处，只能提早，或者留得更久 These days have a source: they may come sooner or stay longer, not less"
    )


class BadDays(BadInput):
    """The four days of a step are out of order, or a step opens before the one before it is gone."""

    code, message = "bad_days", "天数的先后不对 The days are out of order"


def counted(session: Session, book: Book, who: Who, asked: dict[str, Any], today: date, now: int) -> dict[str, Any]:
    """{until, now, then, k}: who is to be offered it by the month's end, as it stands and if the others had always held.

    Small counts are None, and so is `then` when it differs by few. Raises NotFound (unknown_schedule), Forbidden,
    LoosensSource, BadDays.
    """
    area = check_area(who, asked["area"])
    [old] = otherdays.overlaid([schedule_of(book, asked["schedule"])], county_days.changes(session, who.county))
    own = variant(book, old, asked.get("variant", otherdays.newest(old)["id"]))
    new, month, k = checked(own, asked["steps"]), stretch_of("month", today), small_cells.k_for("county")
    forms = _forms(old)
    sums = [0, 0]
    for village in _villages(session, area):
        records = records_of(session, village, forms)
        for at, one in enumerate((old, new)):
            sums[at] += _due(one, records, month.on, month.until)
    with writing() as log:
        audit.note(log, "county.trial", None, dict(asked), now=now, actor=who.id, place=area)
    return {"until": month.until, "k": k} | dict(zip(("now", "then"), apart(sums[0], sums[1], k), strict=True))


def apart(now: int, then: int, k: int) -> tuple[int | None, int | None]:
    """Both counts; None for 1 to k - 1, and for a second one so near the first that the few between could be told."""
    few = 0 < then < k or 0 < abs(then - now) < k
    return (None if 0 < now < k else now), (None if few else then)


def schedule_of(book: Book, name: str) -> Schedule:
    """The rulebook's schedule of that name, one in use that counts from a record. Raises NotFound (unknown_schedule)."""
    found = next((one for one in book.schedules if one["id"] == name and one["kind"] == "record"), None)
    if found is None or not found["active"]:
        raise NotFound("没有这个安排 There is no such schedule", code="unknown_schedule")
    return found


def variants(book: Book, of: Schedule) -> list[Schedule]:
    """The rulebook's schedules that a county may follow in place of one in use, that one among them."""
    group = of.get("variant_of")
    return [{**one, "active": True} for one in book.schedules
            if one["id"] == of["id"] or (group is not None and one.get("variant_of") == group)]  # fmt: skip


def variant(book: Book, of: Schedule, name: str) -> Schedule:
    """One of them. Raises NotFound (unknown_schedule)."""
    found = next((one for one in variants(book, of) if one["id"] == name), None)
    if found is None:
        raise NotFound("没有这个安排 There is no such schedule", code="unknown_schedule")
    return found


def checked(old: Schedule, days: list[list[int]]) -> Schedule:
    """The rulebook's schedule with days that a county may set. Raises BadDays, LoosensSource."""
    try:
        new = otherdays.with_days(old, days)
    except RulebookError as fault:
        raise BadDays from fault
    if otherdays.loosens(old, days):
        raise LoosensSource
    return new


def _forms(one: Schedule) -> set[str]:
    """What may start, settle or end it, and the consents it rests on."""
    matchers = [*one["anchors"], *one["done_by"], *one["stop"], *one["decline"]["by"]]
    return {"consent", *(matcher["form"] for matcher in matchers)}


def _villages(session: Session, area: str) -> list[str]:
    inside = select(Area.code).where(Area.code.startswith(area), func.length(Area.code) == VILLAGE)
    return list(session.scalars(inside.order_by(Area.code)))


def _due(one: Schedule, records: list[dict[str, Any]], today: str, until: str) -> int:
    """How many people, or households, have an offer of it that opens by a day."""
    past = [record for record in records if record["occurred_on"] <= today]
    items = schedule.due_items([one], past, today)
    return len({item.person or item.household for item in items if item.opens <= until})
