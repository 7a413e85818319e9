"""A schedule with other days: what a county may try. Days with a source (status S) may be tightened, never loosened."""

from collections.abc import Sequence

from server.rules import coherence
from server.rules.shapes import Schedule, Step
from server.rules.vocabulary import fail

Days = Sequence[int]


def days_of(schedule: Schedule) -> list[list[int]]:
    """The days of each step, a repeated one last: shown from, due, late from, gone from."""
    return [[step["opens"], step["due"], step["overdue"], step["expire"]] for step in _steps(schedule)]


def with_days(schedule: Schedule, days: Sequence[Days]) -> Schedule:
    """The schedule with other days in as many steps. Raises `RulebookError` where they are out of order."""
    if len(days) != len(_steps(schedule)):
        fail(schedule["id"], "has another number of steps")
    first = len(schedule["steps"])
    other: Schedule = {**schedule, "steps": [_moved(*pair) for pair in zip(schedule["steps"], days, strict=False)]}
    if "then" in schedule:
        opens, due, overdue, expire = days[first]
        other["then"] = {**schedule["then"], "opens": opens, "due": due, "overdue": overdue, "expire": expire}
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


def _moved(step: Step, days: Days) -> Step:
    opens, due, overdue, expire = days
    return {**step, "opens": opens, "due": due, "overdue": overdue, "expire": expire}
