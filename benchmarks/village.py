"""A village as it stands after a year of work: 300 households, 1,200 people, 2,300 records on the rulebook's own forms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from benchmarks.county import BEGIN_MS, NEW_VILLAGE, consent_draft, household_draft, person_draft, record_draft
from benchmarks.event import Author, Event, Subject, make_event
from benchmarks.workload import uuid7

HOUSEHOLDS, RECORDS = 300, 2300
A_HOME = 4
DAY_MS = 86_400_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "秀英桂兰玉梅红霞丽华建国志强伟军平芳敏静艳娟涛明超勇杰磊洋艳玲春燕海波雪莲晓东文斌金凤淑珍"
ITEMS = (("condom", 10, 30), ("coc", 1, 3), ("condom", 20, 40), ("ecp", 1, 2))
METHODS = ("iud", "iud", "iud", "ster_f", "condom", "pill", "implant")

Draft = dict[str, Any]


def make_village(author: Author) -> list[Event]:
    """Its events by one director, households and persons before what is said about them."""
    return as_events(author, village_drafts(NEW_VILLAGE, random.Random(300)))


def as_events(author: Author, drafts: list[Draft]) -> list[Event]:
    """Drafts numbered in their order, a minute apart."""
    return [make_event(author, dseq, BEGIN_MS + dseq * 60_000, draft) for dseq, draft in enumerate(drafts, 1)]


def village_drafts(
    village: str, chance: random.Random, households: int = HOUSEHOLDS, records: int = RECORDS
) -> list[Draft]:
    """Households of four and `records` records about them, all in `village`."""
    homes = [uuid7(BEGIN_MS, chance) for _ in range(households)]
    people = [Subject(village, uuid7(BEGIN_MS, chance), homes[at // A_HOME]) for at in range(households * A_HOME)]
    drafts = [household_draft(_key(chance, 0), village, home, str(at + 1)) for at, home in enumerate(homes)]
    drafts += [person_draft(_key(chance, 0), one, _fields(chance, at, one)) for at, one in enumerate(people)]
    return [*drafts, *_records(chance, people, records)]


def _records(chance: random.Random, people: list[Subject], count: int) -> Iterator[Draft]:
    """Of each household's first woman: two consents, then visits, hand-outs and follow-ups until the number is full."""
    women = people[1::A_HOME]
    for woman in women:
        yield consent_draft(_key(chance, 1), woman, "service_record", "2026-01-05")
        yield consent_draft(_key(chance, 1), woman, "supply", "2026-01-05")
    for at in range(count - 2 * len(women)):
        woman, day = women[at % len(women)], chance.randrange(5, 300)
        schema, answers = (_visit, _supply, _visit, _followup, _supply)[at % 5](chance)
        yield record_draft(_key(chance, day), woman, schema, _day(day), answers)


def _visit(chance: random.Random) -> tuple[str, Draft]:
    answers: Draft = {
        "presence": "met",
        "purpose": chance.sample(["education", "supply", "followup"], chance.randint(1, 2)),
    }
    if chance.random() < 0.3:
        answers["needs"] = "想问问下次什么时候去镇里检查" + "，" + "".join(chance.sample(GIVEN, 6))
    return "household_visit/1", answers | {"visit_again": chance.random() < 0.7, "materials": ["leaflet"]}


def _supply(chance: random.Random) -> tuple[str, Draft]:
    item, least, most = chance.choice(ITEMS)
    answers = {"item": item, "qty": chance.randint(least, most), "lot": f"L{chance.randint(1, 12):02d}26"}
    return "contraceptive_supply/1", answers | {
        "expiry": "2028-06-30",
        "point": "village",
        "counselled": True,
        "choice_ok": True,
    }


def _followup(chance: random.Random) -> tuple[str, Draft]:
    started = f"{chance.randint(2012, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    answers = {"method": chance.choice(METHODS), "still_using": True, "started_on": started}
    return "contraceptive_followup/1", answers | {"side_effects": ["none"], "danger": ["none"], "changed_health": False}


def _fields(chance: random.Random, at: int, one: Subject) -> Draft:
    """A person as a register has her: name, sex, birth, most of an ID number, a telephone for one in three."""
    place = at % A_HOME
    year = chance.randint(1955, 1998) if place < 2 else chance.randint(1999, 2024)
    birth = f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.randint(1, 2)))
    fields = {
        "name": name, "sex": "m" if place in (0, 3) else "f", "birth": birth,
        "relation": ("head", "spouse", "daughter", "son")[place], "household": one.household,
        "marital": "married" if place < 2 else "unmarried", "residence": "resident",
    }  # fmt: skip
    if place == 1:
        fields["phone"] = f"1{chance.randint(3, 9)}{chance.randrange(10**9):09d}"
    return fields


def _key(chance: random.Random, day: int) -> str:
    return uuid7(BEGIN_MS + day * DAY_MS + chance.randrange(DAY_MS), chance)


def _day(day: int) -> str:
    """A day of the year by its number; months of thirty days are near enough."""
    return f"2026-{day // 30 + 1:02d}-{day % 28 + 1:02d}"
