"""Which of a person's records the schedules rest on: what a phone has to know, however old it is."""

from collections.abc import Iterable, Sequence

from server.rules import anchors
from server.rules.anchors import Row
from server.rules.schedule import by_key, last_done
from server.rules.shapes import Matcher, Record, Schedule


def counted(schedules: Iterable[Schedule], records: Iterable[Record]) -> set[str]:
    """The ids of those among one person's (or household's) records without which her due list would be another one:
    each start that counts, the newest "done" and "no", and what stopped what came before it.
    """
    rows = sorted(filter(None, map(anchors.row_of, records)), key=lambda row: (row.day, row.order))
    found: set[str] = set()
    for schedule in schedules:
        if schedule["active"] and schedule["kind"] == "record":
            for same in by_key(schedule, rows):
                found |= _rests_on(schedule, same)
    return found


def _rests_on(schedule: Schedule, rows: list[Row]) -> set[str]:
    starts = anchors.starts(schedule, rows)
    if not starts:
        begun = _newest(schedule["anchors"], rows)
        return _keys(_newest(schedule["stop"], rows[rows.index(begun) :])) if begun else set()
    floor = min(min(start.day, start.row.day) for start in starts)
    since = [row for row in rows if row.day >= floor]
    done = last_done(schedule, since)
    return (
        {start.row.key for start in starts}
        | _keys(None if done is None else since[done])
        | _keys(_newest(schedule["decline"]["by"], since))
    )


def _newest(matchers: Sequence[Matcher], rows: list[Row]) -> Row | None:
    return next((row for row in reversed(rows) if anchors.any_match(matchers, row.record)), None)


def _keys(row: Row | None) -> set[str]:
    return set() if row is None else {row.key}
