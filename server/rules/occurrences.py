"""Which occurrence of a schedule stands on a day. All numbers are days counted from the start."""

from dataclasses import dataclass, replace

from server.rules import wording
from server.rules.conditions import whole
from server.rules.shapes import Answers, Schedule, Step, Words


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One turn of a schedule; its words are filled in already."""

    opens: int
    due: int
    overdue: int
    expire: int
    words: Words

    def later(self, days: int, words: Words) -> "Occurrence":
        """The same turn so many days later, in other words."""
        return replace(
            self,
            opens=self.opens + days,
            due=self.due + days,
            overdue=self.overdue + days,
            expire=self.expire + days,
            words=words,
        )


def standing(
    schedule: Schedule, answers: Answers, today: int, done: int | None, floor: int | None
) -> Occurrence | None:
    """The occurrence that stands `today`, or the next one; None when there is none any more.

    `done` is the day of the last service, which settles all that had opened by then; what opened before `floor`, the end
    of a rest, never comes back.
    """
    current, following = _around(schedule, answers, today)
    if current is not None and today < current.expire:
        settled = done is not None and current.opens <= done
        rested = floor is not None and current.opens < floor
        if not settled and not rested:
            return current
    return following


def _around(schedule: Schedule, answers: Answers, today: int) -> tuple[Occurrence | None, Occurrence | None]:
    """The newest occurrence that has opened by today, and the first that has not."""
    then = schedule.get("then")
    if then is not None and today >= then["opens"]:
        turn = (today - then["opens"]) // then["every"]
        return _turn(schedule, turn), _turn(schedule, turn + 1)
    steps = [_shifted(step, answers) for step in schedule["steps"]]
    opened = [step for step in steps if step.opens <= today]
    coming = [step for step in steps if step.opens > today]
    following = coming[0] if coming else _turn(schedule, 0)
    return (opened[-1] if opened else None), following


def _turn(schedule: Schedule, turn: int) -> Occurrence | None:
    if "then" not in schedule:
        return None
    then = schedule["then"]
    words = wording.fill(then, {"n": wording.plain(then["n"] + turn)})
    return _plain(then).later(then["every"] * turn, words)


def _plain(step: Step) -> Occurrence:
    return Occurrence(step["opens"], step["due"], step["overdue"], step["expire"], {"zh": step["zh"], "en": step["en"]})


def _shifted(step: Step, answers: Answers) -> Occurrence:
    """The step, sooner where less was handed out than would last until its due day."""
    if "per" not in step:
        return _plain(step)
    amount = answers.get(step["per"]["field"])
    if type(amount) is not int or not whole(amount) or amount < 1:
        return _plain(step)
    return _plain(step).later(min(0, amount * step["per"]["days"] - step["due"]), {"zh": step["zh"], "en": step["en"]})
