"""Days of schedules that a county set for itself, and the variants it follows: what is written from now on counts by them,
what was written keeps its own.

Each change is a decision of the county's numbered row (`CountyWord`), never altered. A record names the newest that its
writer had, behind its form's version (`anc/1/3`); one that names none counts by the rulebook.

Phones learn it in the `ref` feed: a row of kind `days`, `{n, days: {schedule: [[number, days of each step], ...]}, v,
confirmed: {form/version: [rule, ...]}}`, whole each time: `n` the newest decision on days (0: none), `v` the newest of all,
`confirmed` the advice of status L that the local authority stands behind. Where another variant is followed from then on, its
parts stand in place of the days: phones carry those in use alone, and what was decided stays as it read then. Where questions
were set, `fields` says so: `{"form.question": [[number, {warn?: usual range, hidden?: options not offered}], ...]}`. A phone
that was away goes on with what it has, and what it wrote keeps those days.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.extensions import line_of
from server.models import CountyWord, Event
from server.rules import book, otherdays, unconfirmed
from server.rules.book import Book
from server.rules.shapes import Schedule
from server.sync import journal, log
from server.sync.bulk import insert_rows
from server.sync.feeds import Feeds, with_feeds
from server.sync.scope import REF

CHANGED, UNDONE = "changed", "undone"
SAYINGS = (CHANGED, UNDONE)
CONFIRMED, REOPENED = "confirmed", "reopened"


def decisions(session: Session, county: str) -> list[CountyWord]:
    """The county's decisions on days, the first first."""
    mine = select(CountyWord).where(CountyWord.county == county, CountyWord.said.in_(SAYINGS))
    return list(session.scalars(mine.order_by(CountyWord.version)))


def changes(session: Session, county: str) -> dict[str, list[Any]]:
    """{schedule: [[number, days of each step or parts of a variant], ...]}, by number."""
    return changes_of(decisions(session, county))


def changes_of(words: Iterable[CountyWord]) -> dict[str, list[Any]]:
    """The same of decisions that were read already."""
    found: dict[str, list[Any]] = {}
    for word in words:
        if word.changed is not None and "schedule" in word.changed:
            change = word.changed.get("as", word.changed["after"])
            found.setdefault(word.changed["schedule"], []).append([word.version, change])
    return found


def fields_of(words: Iterable[CountyWord]) -> dict[str, list[Any]]:
    """{"form.question": [[number, what it set of it], ...]}, by number."""
    found: dict[str, list[Any]] = {}
    for word in words:
        if word.changed is not None and "field" in word.changed:
            found.setdefault(word.changed["field"], []).append([word.version, word.changed["after"]])
    return found


def number(session: Session, county: str) -> int | None:
    """The newest decision on days, which what is written now names; None while the rulebook's own hold."""
    mine = CountyWord.county == county, CountyWord.said.in_(SAYINGS)
    return session.scalar(select(func.max(CountyWord.version)).where(*mine))


def schedules(session: Session, county: str, book: Book) -> tuple[Schedule, ...]:
    """The book's schedules with what the county changed of them."""
    found = changes(session, county)
    return otherdays.overlaid(book.schedules, found) if found else book.schedules


def words(session: Session, county: str) -> list[CountyWord]:
    """The county's decisions on values, the first first: what was confirmed or taken back."""
    mine = select(CountyWord).where(CountyWord.county == county, CountyWord.said.in_((CONFIRMED, REOPENED)))
    return list(session.scalars(mine.order_by(CountyWord.version)))


def standing(said: Iterable[CountyWord]) -> dict[str, tuple[str, CountyWord]]:
    """{place: (fingerprint, decision)} of what is confirmed after all decisions in their order."""
    found: dict[str, tuple[str, CountyWord]] = {}
    for word in said:
        for place, print_ in word.places.items():
            if word.said == CONFIRMED:
                found[place] = (print_, word)
            else:
                found.pop(place, None)
    return found


@cache
def _advice() -> tuple[tuple[str, str, str, str], ...]:
    """(place, fingerprint, form/version, rule) of the shipped book's advice of status L; read once a process."""
    forms = {f"forms/{name}.{rule['id']}": (book.schema_of(form), rule["id"])
             for name, form in book.shipped().forms.items() for rule in form["rules"]}  # fmt: skip
    open_ = unconfirmed.values(book.shipped())
    return tuple((one.place, one.print, *forms[one.place]) for one in open_ if one.place in forms)


def _confirmed(session: Session, county: str) -> dict[str, list[str]]:
    stood, found = standing(words(session, county)), dict[str, list[str]]()
    for place, print_, schema, rule in _advice():
        if place in stood and stood[place][0] == print_:
            found.setdefault(schema, []).append(rule)
    return found


def decide(session: Session, word: CountyWord) -> None:
    """Keep a decision and tell phones; in the journal too: records name its number, so no restore may lose it."""
    session.add(word)
    session.flush()
    _publish(session, word.county, word.at)
    journal.remember(session, "county_days", **{name: getattr(word, name) for name in _COLUMNS})


_COLUMNS = ("county", "version", "said", "places", "ground", "changed", "author", "at")


def put_back(session: Session, entry: dict[str, Any], now: int) -> None:
    """After a restore: a decision that the backup did not have yet holds again, and phones are told."""
    if session.get(CountyWord, (entry["county"], entry["version"])) is None:
        session.add(CountyWord(**{"places": {}} | {name: entry[name] for name in _COLUMNS if name in entry}))
        session.flush()
        _publish(session, entry["county"], now)


def _publish(session: Session, county: str, now: int) -> None:
    newest = select(func.max(CountyWord.version)).where(CountyWord.county == county)
    said = decisions(session, county)
    body = {
        "n": number(session, county) or 0, "days": changes_of(said), "v": session.scalar(newest),
        "confirmed": _confirmed(session, county), **({"fields": fields_of(said)} if fields_of(said) else {}),
    }  # fmt: skip

    def work(feeds: Feeds) -> None:
        row = log.server_row("days", county, now, body, None, None, None)
        insert_rows(line_of(session), Event, [row])
        feeds.put(REF, row["id"], row["digest"])

    with_feeds(session, county, {REF}, work)
