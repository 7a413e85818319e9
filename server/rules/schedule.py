"""What is due: a pure fold over the records its reader holds, the schedules and today. Computed, never stored.

Of each schedule at most one occurrence stands for each start: the newest that has opened, is not done and not gone, else the
next one (`later`). An occurrence is done by a record of `done_by` on or after the day it opened. A declined offer hides
the schedule for `rest_days`, and what opened meanwhile never comes back. Without a standing consent for the schedule's
purpose nothing is due. Days and words are those of the county's decision that the record at the start names. Where she
knows only the month, a window lasts from the first day it can mean to the last, but no longer than the occurrence stands.
"""

from collections.abc import Iterable, Mapping

from server.rules import anchors, consent, dates, notes, occurrences, otherdays, wording
from server.rules.anchors import Row, Start
from server.rules.conditions import answers_of, code_units, is_note
from server.rules.occurrences import Occurrence
from server.rules.shapes import DueItem, Record, Schedule, State, Words


def due_items(schedules: Iterable[Schedule], records: Iterable[Record], today: str) -> list[DueItem]:
    """Everything that is later, due or overdue on a day, sorted by due day, schedule, person, household, record.

    `schedules` may hold inactive ones, which count for nothing. Raises ValueError if today is no day.
    """
    now = dates.number(today)
    if now is None:
        raise ValueError(f"today is not a day: {today!r}")
    started_by = _by_start(schedules)
    found: list[DueItem] = []
    for (letter, _), rows in _subjects(records, now).items():
        forms = {_form(row.record) for row in rows if _may_start(letter, row)}
        able = [schedule for form in forms for schedule in started_by.get(form, ())]
        if not able:
            continue
        rows.sort(key=lambda row: (row.day, row.order))
        agreed = consent.standing([row.record for row in rows], today) if letter == "p" else {}
        past = notes.without_needless([row for row in rows if row.day <= now])
        for schedule in {schedule["id"]: schedule for schedule in able}.values():
            found.extend(_due_of(schedule, past, letter, agreed, now))
    return sorted(found, key=_order)


def _by_start(schedules: Iterable[Schedule]) -> dict[object, list[Schedule]]:
    """Active schedules by the forms that may start them: most people have a few of these, and most schedules nothing to say."""
    found: dict[object, list[Schedule]] = {}
    for schedule in schedules:
        if schedule["active"]:
            started = {"note"} if schedule["kind"] == "note" else {anchor["form"] for anchor in schedule["anchors"]}
            for form in started:
                found.setdefault(form, []).append(schedule)
    return found


def _may_start(letter: str, row: Row) -> bool:
    """What starts for a household is said of nobody in it."""
    return letter == "p" or _text(row.record, "person") is None


def _form(record: Record) -> object:
    form = record.get("form")
    return "note" if is_note(record) else form if isinstance(form, str) else None


def _order(item: DueItem) -> tuple[str, str, bytes, bytes, bytes]:
    person, household = code_units(item.person or ""), code_units(item.household or "")
    return item.due, item.schedule, person, household, code_units(item.record)


def _subjects(records: Iterable[Record], now: int) -> dict[tuple[str, str], list[Row]]:
    """Rows of each person ("p", id) and, with all its people's, of each household ("h", id), in no order.

    A consent dated after today stays in: a "no" counts at once, however wrong the clock was.
    """
    found: dict[tuple[str, str], list[Row]] = {}
    for record in records:
        row = anchors.row_of(record)
        if row is None or (row.day > now and record.get("form") != "consent"):
            continue
        for letter in ("person", "household"):
            key = record.get(letter)
            if isinstance(key, str) and key:
                found.setdefault((letter[0], key), []).append(row)
    return found


def _due_of(schedule: Schedule, rows: list[Row], letter: str, agreed: Mapping[str, str], now: int) -> list[DueItem]:
    if schedule["kind"] == "note":
        return notes.due(schedule, rows, agreed, now) if letter == "p" else []
    if schedule["consent"] is not None and agreed.get(schedule["consent"]) != "given":
        return []
    found: list[DueItem] = []
    for same in by_key(schedule, rows):
        for start in anchors.starts(schedule, same):
            if _may_start(letter, start.row):
                found.extend(_item(schedule, start, same, now))
    return found


def by_key(schedule: Schedule, rows: list[Row]) -> list[list[Row]]:
    """The rows together, or apart by the word they hold in the schedule's `key` (each purpose has its own expiry)."""
    if "key" not in schedule:
        return [rows]
    found: dict[str, list[Row]] = {}
    for row in rows:
        word = answers_of(row.record).get(schedule["key"])
        if isinstance(word, str):
            found.setdefault(word, []).append(row)
    return list(found.values())


def _item(schedule: Schedule, start: Start, rows: list[Row], now: int) -> list[DueItem]:
    """The item of one start, or none."""
    mine = [row for row in rows if anchors.belongs(schedule, start, row)]
    done, floor = last_done(schedule, mine), _rest_until(schedule, start, mine)
    if floor is not None and now < floor:
        return []
    here = otherdays.as_of(schedule, start.row.record)
    turn = occurrences.standing(
        here,
        answers_of(start.row.record),
        now - start.day,
        None if done is None else mine[done].day - start.day,
        None if floor is None else floor - start.day,
    )
    why = here["anchors"][schedule["anchors"].index(start.anchor)]["why"]
    item = None if turn is None else _written(schedule, start, turn, why, now)
    return [] if item is None else [item]


def last_done(schedule: Schedule, rows: list[Row]) -> int | None:
    """The place of the newest row by which the service was done."""
    places = [at for at, row in enumerate(rows) if anchors.any_match(schedule["done_by"], row.record)]
    return places[-1] if places else None


def _rest_until(schedule: Schedule, start: Start, rows: list[Row]) -> int | None:
    """The first day after the rest that her last "no" asks for; a service accepted since then ends it."""
    decline, done = schedule["decline"], last_done(schedule, rows)
    for at in range(len(rows) - 1, -1 if done is None else done - 1, -1):
        if rows[at].day >= min(start.day, start.row.day) and anchors.any_match(decline["by"], rows[at].record):
            return rows[at].day + decline["rest_days"]
    return None


def _written(schedule: Schedule, start: Start, turn: Occurrence, why: Words, now: int) -> DueItem | None:
    """The item in days as text; None if a day leaves 1900 to 2099."""
    record, today, last = start.row.record, now - start.day, min(turn.overdue + start.slack, turn.expire) - 1
    days = [dates.text(start.day + day) for day in (turn.due, turn.opens, last, turn.expire - 1)]
    due, opens, closes, expires = days
    if due is None or opens is None or closes is None or expires is None:
        return None
    state: State = "later" if today < turn.opens else "due" if today <= last else "overdue"
    return DueItem(
        schedule=schedule["id"],
        record=start.row.key,
        person=_text(record, "person"),
        household=_text(record, "household"),
        form=schedule["form"],
        due=due,
        opens=opens,
        closes=closes,
        expires=expires,
        state=state,
        late=max(0, today - last),
        why=_why(start, turn, why, last, now),
    )


def _text(record: Record, key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and value else None


def _why(start: Start, turn: Occurrence, why: Words, last: int, now: int) -> Words:
    amount = answers_of(start.row.record).get("qty")
    return wording.fill(
        why,
        {
            "anchor": wording.said(start.said, now),
            "step": turn.words,
            "window": wording.window(start.day + turn.opens, start.day + last, now),
            "due": wording.day(start.day + turn.due, now),
            "qty": wording.plain(amount if type(amount) is int else "?"),
        },
    )
