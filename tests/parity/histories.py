"""Random lives: a person's records in any order, and a day to look at them."""

import copy
import random
from typing import Any

from server.rules import dates, otherdays
from tests.parity.asking import BOOK, Case
from tests.parity.given import FORMS, HOSTILE, ROLES, answers, day, vague

PURPOSES = sorted({schedule["consent"] for schedule in BOOK.schedules if schedule.get("consent")})
ANCHORED: list[Any] = [schedule for schedule in BOOK.schedules if schedule["kind"] == "record"]


LIVED = [form for form in FORMS if form != "moving"]  # nothing is due from it, and lives are rare enough as they are


def record(dice: random.Random, form: str | None = None) -> Any:
    """One record of the invented person's life, its members at times missing or of a wrong type."""
    name = form or dice.choice(LIVED)
    made: dict[str, Any] = {
        "id": dice.choice(["c1", "r1", "s1"]) if dice.random() < 0.1 else f"{dice.randint(0, 16**6):06x}",
        "form": name, "occurred_on": day(dice, 2022, 2027), "answers": answers(dice, BOOK.forms[name]),
        "role": dice.choice(ROLES), "author": "w", "person": dice.choice(["p1", "p1", "p1", "p2", None]),
        "household": dice.choice(["h1", "h1", None]), "status": "live" if dice.random() < 0.93 else "void",
    }  # fmt: skip
    if isinstance(made["answers"], dict) and dice.random() < 0.6:
        made["answers"].pop("declined", None)
    if dice.random() < 0.08:
        made |= {
            "seen_as": "note",
            "next": dice.choice(["2026-12", "2027-01", "2026-13", None, 1, "2099-12"]),
            "of": dice.choice(["r1", None, 3]),
        }
        made["purpose"] = dice.choice(["service_record", "supply", None, "__proto__"])
    if dice.random() < 0.05:
        made[dice.choice(list(made))] = copy.deepcopy(dice.choice(HOSTILE))
    if dice.random() < 0.03:
        made.pop(dice.choice(list(made)))
    return made


def history(dice: random.Random, size: int) -> list[Any]:
    """So many records, most often with her consents, in any order."""
    rows = [record(dice) for _ in range(size)]
    for number, purpose in enumerate(PURPOSES):
        if dice.random() < 0.9:
            said = {
                "purpose": purpose,
                "decision": "given" if dice.random() < 0.9 else dice.choice(["declined", "withdrawn"]),
            }
            rows.append({"id": f"c{number}", "form": "consent", "occurred_on": day(dice, 2015, 2023), "answers": said,
                         "role": "director", "person": dice.choice(["p1", "p1", "p1", "p2"]), "status": "live"})  # fmt: skip
    dice.shuffle(rows)
    return rows


def meant(dice: random.Random, matcher: Any, on: str) -> Any:
    """A record that a matcher of some schedule means, on a day."""
    said: dict[str, Any] = {"purpose": dice.choice(["supply", "reminder"])} if matcher["form"] == "consent" else {}
    when = matcher.get("when", [])
    for cond in when if isinstance(when, list) else [when]:
        if "is" in cond:
            word = dice.choice(cond["is"])
            said[cond["field"]] = word == "true" if word in ("true", "false") else word
        elif "op" in cond:
            said[cond["field"]] = dice.randint(1, 4)
    for field in matcher.get("date", []):
        if field != "occurred_on" and dice.random() < 0.6:
            said[field] = dice.choice([on, vague(dice), dates.add_days(on, dice.randint(-30, 400))])
    note = {"seen_as": "note", "next": on[:7], "purpose": "service_record"} if matcher["form"] == "note" else {}
    return {
        "id": f"m{dice.randint(0, 99)}",
        "form": matcher["form"],
        "occurred_on": on,
        "answers": said,
        "role": dice.choice(matcher.get("roles", ["director", "technician", "station"])),
        "author": "w",
        "person": "p1",
        "household": "h1",
        "status": "live",
    } | note


def near(dice: random.Random, start: str, schedule: Any) -> str:
    """A day about where one of the schedule's steps begins or ends, when it is in range."""
    step = dice.choice([*schedule["steps"], *([schedule["then"]] if "then" in schedule else [])])
    days = step[dice.choice(["opens", "due", "overdue", "expire"])] + dice.choice([-1, 0, 0, 1, dice.randint(-20, 20)])
    return dates.add_days(start, days + step.get("every", 0) * dice.choice([0, 0, 1, 9])) or start


def lived(dice: random.Random) -> tuple[list[Any], str]:
    """A life that one schedule is about: its anchor, then services, stops and declines, and a day near one of its steps."""
    schedule = dice.choice(ANCHORED)
    start = day(dice, 2016, 2026)
    anchor = dice.choice(schedule["anchors"])
    rows = [meant(dice, anchor, start)]
    for _ in range(dice.choice([0, 0, 1, 2])):
        kinds = [*schedule["done_by"], *schedule["decline"]["by"], *schedule["stop"], *schedule["anchors"]]
        row = meant(dice, dice.choice(kinds), near(dice, start, schedule))
        row["answers"] |= {"of": rows[0]["id"]} if dice.random() < 0.6 else {}
        rows.append(row)
    counted = rows[0]["answers"].get(anchor["date"][0], start)
    return rows, near(dice, counted if isinstance(counted, str) else start, schedule)


def strange_schedules(dice: random.Random) -> Any:
    """Schedules that nobody shipped: shipped ones with other days, turns and switches."""
    schedules: Any = copy.deepcopy(dice.sample(BOOK.schedules, 12))
    for schedule in schedules:
        schedule["active"] = dice.random() < 0.8
        for step in schedule.get("steps", []):
            for key in ("opens", "due", "overdue", "expire"):
                step[key] += dice.choice([0, -7, 3, 40])
        if "then" in schedule and dice.random() < 0.4:
            schedule["then"]["every"] = dice.choice([1, 28, 400])
        if "anchors" in schedule and dice.random() < 0.4:
            schedule["anchors"][0]["pick"] = dice.choice(["spell", "newest", "each"])
    return schedules


STRANGE_SCHEDULES = {f"schedules {seed}": strange_schedules(random.Random(seed)) for seed in range(30)}


def life_case(dice: random.Random) -> Case:
    """A life under the shipped schedules or under strange ones."""
    if dice.random() < 0.7:
        rows, today = lived(dice)
        rows += history(dice, dice.choice([0, 0, 0, 3]))
    else:
        rows, today = history(dice, dice.randint(0, 7)), day(dice, 2023, 2029)
    today = today if dice.random() < 0.99 else "never"
    return ["life", "book" if dice.random() < 0.6 else dice.choice(list(STRANGE_SCHEDULES)), rows, today]


def county_changes(dice: random.Random) -> dict[str, Any]:
    """What a county set: days of some schedules, some of them more than once, now and then of another number of steps, and
    now and then the steps of another schedule in their place."""
    found: dict[str, Any] = {}
    for schedule in dice.sample(ANCHORED, 25):
        days = [[*one] for one in otherdays.days_of(schedule)]
        for n in sorted(dice.sample(range(1, 10), dice.randint(1, 3))):
            if dice.random() < 0.3:
                alike = [one for one in ANCHORED if len(one["anchors"]) == len(schedule["anchors"])]
                parts = otherdays.parts_of(dice.choice(alike if dice.random() < 0.9 else ANCHORED))
                found.setdefault(schedule["id"], []).append([n, parts])
                days = [[*one] for one in otherdays.days_of({**schedule, **parts})]
                continue
            days = [[day + dice.choice([0, -7, 3, 40]) for day in step] for step in days]
            found.setdefault(schedule["id"], []).append([n, days if dice.random() < 0.9 else days[1:]])
    return found


COUNTIES = {f"county {seed}": county_changes(random.Random(seed)) for seed in range(30)}


def county_case(dice: random.Random) -> Case:
    """A life in a county with days of its own: each record names the decision it was written under, or nothing good."""
    rows, today = lived(dice)
    for row in rows:
        row |= {} if dice.random() < 0.2 else {"days": dice.choice([0, 1, 2, 3, 5, 8, 20, -1, True, "3", None])}
    rows += history(dice, dice.choice([0, 0, 3]))
    return ["life", dice.choice(list(COUNTIES)), rows, today]
