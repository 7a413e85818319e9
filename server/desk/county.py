"""What the county confirms of the rulebook: values of status L stand open until somebody says on whose word they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.desk.people import worker_names
from server.errors import BadInput
from server.models import Area, CountyWord
from server.rules import book, otherdays, unconfirmed
from server.rules.unconfirmed import Unconfirmed
from server.sync import county_days


class ValueChanged(BadInput):
    """The rulebook holds another value there than she saw, or none."""

    code, message = "value_changed", "这一条和刚才看到的不一样了，刷新再看 That value is not the one you saw; reload"


class NothingToSay(BadInput):
    """It is confirmed already, or it was not."""

    code, message = "nothing_to_say", "这一条已经是这样了 It stands like that already"


@cache
def open_values() -> tuple[Unconfirmed, ...]:
    """The shipped book's values of status L; read once a process."""
    return tuple(unconfirmed.values(book.shipped()))


def _open_here(session: Session, county: str) -> tuple[Unconfirmed, ...]:
    """Those with the days that the county set, which are other values than were confirmed before."""
    if not county_days.changes(session, county):
        return open_values()
    found = book.shipped()
    now = otherdays.in_force(county_days.schedules(session, county, found))
    return tuple(unconfirmed.values(replace(found, schedules=now)))


def overview(session: Session, county: str) -> dict[str, Any]:
    """{values, history} of a county, in the rulebook's order but what nobody follows last, the newest decision first."""
    words = county_days.words(session, county)
    names = worker_names(session, {word.author for word in words})
    standing = county_days.standing(words)
    values = [
        _shown(value) | {"confirmed": _by(standing.get(value.place), value, names)}
        for value in sorted(_open_here(session, county), key=lambda value: not value.used)
    ]
    return {"values": values, "history": [_told(word, names) for word in reversed(words)]}


def say(session: Session, who: Who, said: str, seen: Mapping[str, str], ground: str, now: int) -> None:
    """Confirm some values, or open them again. `seen`: {place: fingerprint} as she saw them.

    Raises ValueChanged, NothingToSay; nothing is written then.
    """
    session.get(Area, who.county, with_for_update=True)  # one decision of a county after the other
    known = {value.place: value.print for value in _open_here(session, who.county)}
    if any(known.get(place) != print_ for place, print_ in seen.items()):
        raise ValueChanged
    standing = county_days.standing(county_days.words(session, who.county))
    confirmed = {place for place in seen if place in standing and standing[place][0] == known[place]}
    if confirmed if said == county_days.CONFIRMED else confirmed != set(seen):
        raise NothingToSay
    version = (session.scalar(select(func.max(CountyWord.version)).where(CountyWord.county == who.county)) or 0) + 1
    county_days.decide(session, CountyWord(
        county=who.county, version=version, said=said, places=dict(seen), ground=ground, author=who.id, at=now,
    ))  # fmt: skip
    detail = {"said": said, "version": version, "places": sorted(seen), "ground": ground}
    audit.note(session, "county.values", None, detail, now=now, actor=who.id, place=who.county)


def _shown(value: Unconfirmed) -> dict[str, Any]:
    return {
        "place": value.place, "file": value.file, "name": value.name, "status": value.status,
        "lines": list(value.lines), "print": value.print,
    }  # fmt: skip


def _by(stood: tuple[str, CountyWord] | None, value: Unconfirmed, names: Mapping[str, str]) -> dict[str, Any] | None:
    if stood is None or stood[0] != value.print:
        return None
    word = stood[1]
    return {"by": names.get(word.author, ""), "at": word.at, "ground": word.ground}


def _told(word: CountyWord, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "version": word.version, "said": word.said, "places": sorted(word.places), "ground": word.ground,
        "by": names.get(word.author, ""), "at": word.at,
    }  # fmt: skip
