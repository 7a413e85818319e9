"""A schedule with other days, or the steps of a variant that stands beside it: what a county may try and save. Days with a
source (status S) may be tightened, never loosened. A record keeps the days of the county's decision that it names, so that
what is due already never moves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.rules import coherence
from server.rules.conditions import whole
from server.rules.shapes import Anchor, Changed, Record, Schedule, Step
from server.rules.vocabulary import fail

Days = Sequence[int]
Parts = Mapping[str, Any]  # {id, zh, en, steps, then?, why: [words for each anchor]} of a variant
# {schedule: [[number of the decision, days of each step or parts of a variant], ...]}, by number
Changes = Mapping[str, Sequence[Any]]


def overlaid(schedules: Iterable[Schedule], changes: Changes) -> tuple[Schedule, ...]:
    """The schedules with what a county changed of them. Days of another number of steps are passed over."""
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
    """The schedule with the days that hold for what is written from now on; its `id` is that of the variant followed."""
    return schedule["changed"][-1]["as"] if "changed" in schedule else schedule


def in_force(schedules: Iterable[Schedule]) -> tuple[Schedule, ...]:
    """Overlaid schedules as they stand: with the days set last, of each group the variant that is followed in use."""
    all_ = tuple(schedules)
    now = {other["id"]: other for other in map(newest, all_) if other["active"]}
    return tuple(_standing(one, now.get(one["id"])) for one in all_)


def _standing(one: Schedule, now: Schedule | None) -> Schedule:
    return one if one["kind"] == "note" else _stepped({**one, "active": now is not None}, now or one)


def parts_of(schedule: Schedule) -> dict[str, Any]:
    """What a variant has of its own; all else of it is as in the others of its group."""
    own = {key: value for key, value in schedule.items() if key in ("id", "zh", "en", "steps", "then")}
    return {**own, "why": [anchor["why"] for anchor in schedule["anchors"]]}


def _overlaid(schedule: Schedule, changes: Sequence[Any]) -> Schedule:
    if schedule["kind"] == "note":
        return schedule
    now, found = schedule, list[Changed]()
    for n, change in changes:
        if _fits(now, change):
            now = _varied(now, change) if isinstance(change, Mapping) else _moved_all(now, change)
            found.append({"n": n, "as": now})
    return {**schedule, "changed": found} if found else schedule


def _fits(schedule: Schedule, change: Any) -> bool:
    if isinstance(change, Mapping):
        return len(change["why"]) == len(schedule["anchors"])
    return len(change) == len(_steps(schedule))


def _varied(schedule: Schedule, parts: Any) -> Schedule:
    anchors: list[Anchor] = [
        {**anchor, "why": why} for anchor, why in zip(schedule["anchors"], parts["why"], strict=True)
    ]
    named: Schedule = {**schedule, "id": parts["id"], "zh": parts["zh"], "en": parts["en"], "anchors": anchors}
    return _stepped(named, parts)


def _stepped(schedule: Schedule, parts: Any) -> Schedule:
    """The schedule with the steps of other parts, and nothing of its decisions."""
    other: Schedule = {**schedule, "steps": parts["steps"]}
    for key in ("then", "changed"):
        other.pop(key, None)  # type: ignore[misc]
    if "then" in parts:
        other["then"] = parts["then"]
    return other


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
