"""What a woman has agreed to, from her consent records alone."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from server.rules import dates
from server.rules.conditions import answers_of, code_units, is_note
from server.rules.shapes import Record

Standing: TypeAlias = Literal["given", "declined", "withdrawn", "expired"]
_DECISIONS = ("given", "declined", "withdrawn")


def standing(records: Iterable[Record], today: str) -> dict[str, Standing]:
    """Her newest word on each purpose she was asked about; `expires_on` is the last good day.

    `records` may be all of one person's. A withdrawal that names a consent (`of`) ends it whatever the dates say,
    and a "no" dated in the future (a wrong clock) already counts, while a "yes" does not.
    """
    now = dates.number(today)
    if now is None:
        raise ValueError(f"today is not a day: {today!r}")
    held = sorted(_consents(records), key=lambda row: (row[0], code_units(row[1])))
    ended = {
        answers_of(record).get("of")
        for _, _, record in held
        if answers_of(record)["decision"] == "withdrawn" and isinstance(answers_of(record).get("of"), str)
    }
    found: dict[str, Standing] = {}
    for day, key, record in held:
        word = _word(record, day, now, withdrawn=key in ended)
        purpose = answers_of(record)["purpose"]
        if word is not None and isinstance(purpose, str):
            found[purpose] = word
    return found


def _consents(records: Iterable[Record]) -> list[tuple[int, str, Record]]:
    held: list[tuple[int, str, Record]] = []
    for record in records:
        if record.get("form") != "consent" or record.get("status") != "live" or is_note(record):
            continue
        answers, key, day = answers_of(record), record.get("id"), dates.number(record.get("occurred_on"))
        asked = isinstance(answers.get("purpose"), str) and answers.get("decision") in _DECISIONS
        if asked and isinstance(key, str) and day is not None:
            held.append((day, key, record))
    return held


def _word(record: Record, day: int, now: int, *, withdrawn: bool) -> Standing | None:
    decision = answers_of(record)["decision"]
    if decision == "declined":
        return "declined"
    if decision == "withdrawn" or withdrawn:
        return "withdrawn"
    if day > now:
        return None
    last = dates.number(answers_of(record).get("expires_on"))
    return "expired" if last is not None and last < now else "given"
