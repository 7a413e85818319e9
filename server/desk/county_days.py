"""A county sets other days for a schedule, or follows another variant of it: a numbered decision with its ground and author,
taken back by a later one.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk import followed
from server.desk.people import worker_names
from server.desk.trial import checked, schedule_of, variant, variants
from server.errors import BadInput
from server.models import Area, CountyWord
from server.rules import digest, otherdays
from server.rules.book import Book
from server.rules.shapes import Schedule
from server.sync import county_days


class DaysChanged(BadInput):
    """Somebody set other days since she looked, or that decision is not the last one on its schedule."""

    code, message = "days_changed", "这项的天数刚有人改过，刷新再看 These days were changed meanwhile; reload"


class SameDays(BadInput):
    """The days stand like that already."""

    code, message = "same_days", "天数没有变 These are the days already"


def overview(session: Session, book: Book, county: str) -> dict[str, Any]:
    """{schedules: [{id, zh, en, number, variant, own, steps, variants}], history}: the days in force of what a county may set,
    and every decision on them.

    `variant`: the one it follows, `own`: that one's days in the rulebook. `number`: the decision they are from, 0 for the
    rulebook's own. `variants`: what it may follow, each as `followed.told` says it.
    """
    words = [word for word in county_days.decisions(session, county) if "schedule" in (word.changed or {})]
    names = worker_names(session, {word.author for word in words})
    last = {word.changed["schedule"]: word.version for word in words if word.changed}
    now = otherdays.overlaid(book.schedules, county_days.changes_of(words))
    mine = [one for one in now if one["kind"] == "record" and one["active"]]
    said = followed.names(book, mine)
    shown = [said[one["id"]] | _shown(book, one, last.get(one["id"], 0)) for one in mine]
    return {"schedules": shown, "history": [_told(word, last, names) for word in reversed(words)]}


def change(session: Session, book: Book, who: Who, asked: dict[str, Any], now: int) -> None:
    """Set the days of a schedule. `asked`: {schedule, variant?, steps, seen: number of the decision she saw, ground}.

    Raises NotFound (unknown_schedule), BadDays, LoosensSource, DaysChanged, SameDays; nothing is written then.
    """
    session.get(Area, who.county, with_for_update=True)  # one decision of a county after the other
    slot = schedule_of(book, asked["schedule"])
    here, number = _standing(session, who.county, slot)
    new = checked(variant(book, slot, asked.get("variant", here["id"])), asked["steps"])
    if number != asked["seen"]:
        raise DaysChanged
    changed = _change(slot, here, new)
    if changed["before"] == changed["after"] and "as" not in changed:
        raise SameDays
    _decide(session, book, who, changed, asked["ground"], now)


def undo(session: Session, book: Book, who: Who, number: int, ground: str, now: int) -> None:
    """Take back the last decision on a schedule: a new one with the days, and the variant, that stood before it.

    Raises DaysChanged, and what `change` raises of those days.
    """
    session.get(Area, who.county, with_for_update=True)
    word = session.get(CountyWord, (who.county, number))
    if word is None or word.changed is None or "schedule" not in word.changed:
        raise DaysChanged
    slot = schedule_of(book, word.changed["schedule"])
    here, last = _standing(session, who.county, slot)
    if last != number:
        raise DaysChanged
    back = variant(book, slot, word.changed.get("variant_before", here["id"]))
    new = checked(back, word.changed["before"])
    _decide(session, book, who, _change(slot, here, new) | {"undoes": number}, ground, now)


def _change(slot: Schedule, here: Schedule, new: Schedule) -> dict[str, Any]:
    days = {"schedule": slot["id"], "before": otherdays.days_of(here), "after": otherdays.days_of(new)}
    if here["id"] == new["id"]:
        return days
    return days | {"variant_before": here["id"], "variant_after": new["id"], "as": otherdays.parts_of(new)}


def _decide(session: Session, book: Book, who: Who, changed: dict[str, Any], ground: str, now: int) -> None:
    mine = select(func.max(CountyWord.version)).where(CountyWord.county == who.county)
    version = (session.scalar(mine) or 0) + 1
    said = county_days.UNDONE if "undoes" in changed else county_days.CHANGED
    county_days.decide(session, CountyWord(
        county=who.county, version=version, said=said, places={}, ground=ground, author=who.id, at=now,
        changed=changed | {"book": _print(book)},
    ))  # fmt: skip
    detail = {"said": said, "version": version, "ground": ground, **changed}
    detail.pop("as", None)  # the decision itself holds it
    audit.note(session, "county.days", None, detail, now=now, actor=who.id, place=who.county)


def _print(book: Book) -> str:
    """SHA-256 of the book's schedules as hex: which rulebook the days were set beside."""
    return hashlib.sha256(digest.canonical(list(book.schedules))).hexdigest()


def _standing(session: Session, county: str, own: Schedule) -> tuple[Schedule, int]:
    """A schedule as it stands, and the number of the decision it is from."""
    said = county_days.changes(session, county).get(own["id"], [])
    [here] = otherdays.overlaid([own], {own["id"]: said})
    return otherdays.newest(here), said[-1][0] if said else 0


def _shown(book: Book, one: Schedule, number: int) -> dict[str, Any]:
    now, all_ = otherdays.newest(one), [followed.told(each) for each in variants(book, one)]
    own = next(each["steps"] for each in all_ if each["id"] == now["id"])
    steps = otherdays.days_of(now)
    return {"id": one["id"], "number": number, "variant": now["id"], "own": own, "steps": steps, "variants": all_}


def _told(word: CountyWord, last: dict[str, int], names: dict[str, str]) -> dict[str, Any]:
    changed = word.changed or {}
    return {
        "version": word.version, "schedule": changed["schedule"], "before": changed["before"],
        "after": changed["after"], "undoes": changed.get("undoes"), "last": last[changed["schedule"]] == word.version,
        "variant_before": changed.get("variant_before"), "variant_after": changed.get("variant_after"),
        "ground": word.ground, "by": names.get(word.author, ""), "at": word.at,
    }  # fmt: skip
