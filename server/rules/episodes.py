"""Pregnancies as her records tell them: a start, an end, events. A view over records, stored nowhere (decision 033)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.rules import anchors, dates
from server.rules.anchors import Row
from server.rules.conditions import answers_of
from server.rules.shapes import EpisodeRule, Form, Record


@dataclass
class Episode:
    """Days are `YYYY-MM-DD`. `said`: the newest beginning that she named, a day or vague; `due`: first and last day."""

    begun: str
    said: object = None
    due: tuple[str, str] | None = None
    ended: str | None = None
    events: list[str] = field(default_factory=list)


def of(form: Form, records: Iterable[Record], today: str) -> list[Episode]:
    """The episodes of one person by the rule of a form, the oldest first; of a form without a rule none.

    What comes after an end belongs to what ended, until another one begins. Raises ValueError if today is no day.
    """
    now, rule = dates.number(today), form.get("episode")
    if now is None:
        raise ValueError(f"today is not a day: {today!r}")
    if rule is None:
        return []
    rows = [row for row in map(anchors.row_of, records) if row is not None and row.day <= now]
    found: list[Episode] = []
    for row in sorted(rows, key=lambda row: (row.day, row.order)):
        _tell(rule, found, row)
    return found


def _tell(rule: EpisodeRule, found: list[Episode], row: Row) -> None:
    begins = anchors.any_match(rule["begins"], row.record)
    if begins and (not found or found[-1].ended is not None):
        found.append(Episode(str(row.record["occurred_on"])))
    elif not found or not (begins or anchors.any_match(rule["ends"], row.record)):
        return
    last = found[-1]
    last.events.append(row.key)
    if begins:
        _name(rule, last, row)
    elif last.ended is None:
        last.ended = _end(rule, row)


def _name(rule: EpisodeRule, episode: Episode, row: Row) -> None:
    """A beginning that a visit names wins over an earlier one; of a year alone no due day follows."""
    said = answers_of(row.record).get(rule["since"])
    span = dates.span(said)
    if span is None:
        return
    first, last = dates.text(span[0] + rule["days"]), dates.text(span[1] + rule["days"])
    narrow = span[1] - span[0] < anchors.LONGEST_MONTH
    episode.said, episode.due = said, (first, last) if narrow and first and last else None


def _end(rule: EpisodeRule, row: Row) -> str:
    """The day that the record names, else the day it was written."""
    named = (answers_of(row.record).get(key) for key in rule["ended"])
    return next((day for day in map(dates.earliest, named) if day is not None), str(row.record["occurred_on"]))
