"""A schedule with other days: what a county may try and save. Days with a source (status S) may be tightened, never
loosened. A record keeps the days of the county's decision that it names, so that what is due already never moves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.rules import coherence
from server.rules.conditions import whole
from server.rules.shapes import Record, Schedule, Step
from server.rules.vocabulary import fail

Days = Sequence[int]
Changes = Mapping[str, Sequence[Any]]  # {schedule: [[number of the decision, days of each step], ...]}, by number


def overlaid(schedules: Iterable[Schedule], changes: Changes) -> tuple[Schedule, ...]:
    """The schedules with what a county changed of their days. A change of another number of steps is passed over."""
    return tuple(_overlaid(one, changes.get(one["id"], ())) for one in schedules)


def as_of(schedule: Schedule, record: Record) -> Schedule:
    """The schedule with the days of the newest decision that the record was written under."""
    found, days = schedule, record.get("days")
    if type(days) is int and whole(days):
        for change in schedule.get("changed", ()):
            if change["n"] <= days:
                found = change["as"]
    return found


def newest(schedule: Schedule) -> Schedule:
    """The schedule with the days that hold for what is written from now on."""
    return schedule["changed"][-1]["as"] if "changed" in schedule else schedule


def _overlaid(schedule: Schedule, changes: Sequence[Any]) -> Schedule:
    if schedule["kind"] == "note":
        return schedule
    fit = [(n, days) for n, days in changes if len(days) == len(_steps(schedule))]
    return {**schedule, "changed": [{"n": n, "as": _moved_all(schedule, days)} for n, days in fit]} if fit else schedule


def days_of(schedule: Schedule) -> list[list[int]]:
    """The days of each step, a repeated one last: shown from, due, late from, gone from."""
    return [[step["opens"], step["due"], step["overdue"], step["expire"]] for step in _steps(schedule)]


def with_days(schedule: Schedule, days: Sequence[Days]) -> Schedule:
    """The schedule with other days in as many steps. Raises `RulebookError` where they are out of order."""
    if len(days) != len(_steps(schedule)):
        fail(schedule["id"], "has another number of steps")
    other = _moved_all(schedule, days)
    coherence.check_steps(other, schedule["id"])
    return other


def loosens(schedule: Schedule, days: Sequence[Days]) -> bool:
    """Whether days with a source would come later, or be gone sooner. Days without one are for the county to set."""
    if not any(word.startswith("S") for word in schedule["status"].split()):
        return False
    pairs = zip(days_of(schedule), days, strict=True)
    return any(new[3] < old[3] or any(new[at] > old[at] for at in range(3)) for old, new in pairs)


def _steps(schedule: Schedule) -> list[Step]:
    return [*schedule["steps"], *([schedule["then"]] if "then" in schedule else [])]


def _moved_all(schedule: Schedule, days: Sequence[Days]) -> Schedule:
    other: Schedule = {**schedule, "steps": [_moved(*pair) for pair in zip(schedule["steps"], days, strict=False)]}
    if "then" in schedule:
        opens, due, overdue, expire = days[-1]
        other["then"] = {**schedule["then"], "opens": opens, "due": due, "overdue": overdue, "expire": expire}
    return other


def _moved(step: Step, days: Days) -> Step:
    opens, due, overdue, expire = days
    return {**step, "opens": opens, "due": due, "overdue": overdue, "expire": expire}
