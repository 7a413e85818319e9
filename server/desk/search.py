"""Finding a person by name, pinyin, telephone or ID number, over names that lie sealed in the database.

The names of a township are opened into memory at the first search and read from front to back at each (52,000 in some
milliseconds), so that no index of names lies on a disk. Feed heads tell whether anything changed since; then only rows
whose sealed bytes differ are opened again. A township nobody searches for half an hour is forgotten.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, select, type_coerce
from sqlalchemy.orm import Session

from server.keys import Keys
from server.models import Feed, Person
from server.models.area import county_of

KEPT = 4
IDLE_MS = 30 * 60_000
SHORTEST_NUMBER = 4
PURPOSES = (b"person.name", b"person.name_key", b"person.phone", b"person.id_number")


class Entry(NamedTuple):
    """One person, opened: what a search looks at and a list shows."""

    id: str
    name: str
    plain: str
    pinyin: str
    initials: str
    phone: str
    id_number: str
    area: str
    household: str
    sex: str | None
    birth: str | None


@dataclass
class Township:
    """The opened persons of one township. `sealed` holds what each was opened from; `heads` when that was."""

    heads: frozenset[tuple[int, int]] = frozenset()
    sealed: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    used_at: int = 0


class Index:
    """The opened townships of this process, a few at most."""

    def __init__(self) -> None:
        self._townships: dict[str, Township] = {}
        self._lock = Lock()

    def find(self, session: Session, keys: Keys, township: str, wanted: str, limit: int, now: int) -> list[Entry]:
        """Up to `limit` persons, best first: name begins, name contains, pinyin begins; or digits of a number."""
        with self._lock:
            opened = self._ready(session, keys, township, now)
            return _matches(opened.entries, _plain(wanted), limit)

    def _ready(self, session: Session, keys: Keys, township: str, now: int) -> Township:
        stale = [code for code, kept in self._townships.items() if kept.used_at < now - IDLE_MS]
        for code in stale:
            del self._townships[code]
        opened = self._townships.pop(township, None) or Township()
        heads = _heads(session, township)
        if heads != opened.heads or not opened.entries:
            _refresh(session, keys, township, opened)
            opened.heads = heads
        opened.used_at = now
        self._townships[township] = opened
        while len(self._townships) > KEPT:
            del self._townships[next(iter(self._townships))]
        return opened


def _heads(session: Session, township: str) -> frozenset[tuple[int, int]]:
    """(feed, newest number) of the township's feeds: every change of a person is a row in one of them."""
    mine = (Feed.county == county_of(township), Feed.area.startswith(township, autoescape=True))
    return frozenset((row[0], row[1]) for row in session.execute(select(Feed.id, Feed.seq).where(*mine)))


def _refresh(session: Session, keys: Keys, township: str, opened: Township) -> None:
    """Open what is new or was written again since; forget who is gone."""
    columns = [type_coerce(getattr(Person, p.decode().partition(".")[2]), LargeBinary) for p in PURPOSES]
    rows = session.execute(
        select(Person.id, Person.area, Person.household_id, Person.sex, Person.birth, *columns).where(
            Person.county == county_of(township), Person.area.startswith(township, autoescape=True),
            Person.erased_at.is_(None), Person.merged_into.is_(None),
        ).order_by(Person.id)
    ).all()  # fmt: skip
    before, opened.sealed, entries = opened.sealed, {}, {}
    for row in rows:
        facts = tuple(row)
        opened.sealed[row[0]] = facts
        known = opened.entries.get(row[0]) if before.get(row[0]) == facts else None
        entries[row[0]] = known or _open(keys, facts)
    opened.entries = entries


def _open(keys: Keys, row: Any) -> Entry:
    key, area, household, sex, birth, *sealed = row
    name, name_key, phone, number = (
        keys.open(purpose, value).decode() if value is not None else ""
        for purpose, value in zip(PURPOSES, sealed, strict=True)
    )
    pinyin, _, initials = name_key.partition("|")
    return Entry(
        key, name, _plain(name), pinyin.replace(" ", ""), initials, _plain(phone), _plain(number), area, household,
        sex, birth,
    )  # fmt: skip


def _plain(text: str) -> str:
    """As it is compared: one width, one case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _matches(entries: dict[str, Entry], wanted: str, limit: int) -> list[Entry]:
    if not wanted:
        return []
    if wanted[0].isdigit():
        return _by_number(entries, wanted, limit)
    ranked: tuple[list[Entry], ...] = ([], [], [])
    for entry in entries.values():
        if wanted in entry.plain:
            ranked[0 if entry.plain.startswith(wanted) else 1].append(entry)
        elif entry.pinyin.startswith(wanted) or entry.initials.startswith(wanted):
            ranked[2].append(entry)
    return [entry for rank in ranked for entry in rank][:limit]


def _by_number(entries: dict[str, Entry], wanted: str, limit: int) -> list[Entry]:
    """The end of a telephone or ID number, four places at least, or the whole."""
    if len(wanted) < SHORTEST_NUMBER:
        return []
    found = (entry for entry in entries.values() if entry.phone.endswith(wanted) or entry.id_number.endswith(wanted))
    return [entry for entry, _ in zip(found, range(limit), strict=False)]
