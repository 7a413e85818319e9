"""综合避孕率, contraceptive practice: who is counted on a day, and the very record that decides each woman's method.

What counts: live records that the station may see (shown by her consent, or come with the register), by the method
that was current on that day. A withdrawn record counts no more; a sheet that was frozen before keeps its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from server.errors import BadInput, NotFound
from server.models import Area, Person, Record
from server.models.area import county_of
from server.reports.people import merged
from server.rules import dates, indicator, method
from server.rules.book import Book
from server.rules.indicator_shapes import Indicator

NAME, FORM = "contraceptive_practice", "contraceptive_followup"
PARTS = ("numerator", "denominator", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """One woman of the base and what decides her method; `record` None: nobody has written one down."""

    person: str
    area: str
    household: str
    method: str
    record: str | None = None
    occurred_on: str | None = None
    author: str | None = None
    role: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure on a day. `mix` counts every woman of the base by method, `none` with it; methods nobody uses are left out."""

    area: str
    on: str
    numerator: int
    denominator: int
    percent: str | None
    mix: dict[str, int]
    base: str
    base_en: str

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def figure(session: Session, book: Book, area: str, on: str) -> Counted:
    """The figure of an area (any level from county down) on a day YYYY-MM-DD. Raises NotFound, BadInput (bad_date)."""
    definition = book.indicators[NAME]
    rows = rows_of(session, definition, area, on)
    mix = dict.fromkeys(definition["mix"], 0)
    for row in rows:
        mix[row.method] = mix.get(row.method, 0) + 1
    above, below = sum(_counts(definition, row) for row in rows), len(rows)
    rate, base = indicator.percent(above, below, definition["digits"]), definition["base"]
    used = {code: count for code, count in mix.items() if count}
    return Counted(area, on, above, below, rate, used, base["zh"], base["en"])


def records(session: Session, book: Book, area: str, on: str, part: str) -> list[Row]:
    """The rows behind one count, in an order that does not move: `numerator`, `denominator`, `none`, or a method's code."""
    definition = book.indicators[NAME]
    if part not in (*PARTS, *definition["mix"]):
        raise BadInput(f"没有这一部分 There is no such part: {part}", code="unknown_part")
    rows = rows_of(session, definition, area, on)
    if part == "denominator":
        return rows
    return [row for row in rows if (_counts(definition, row) if part == "numerator" else row.method == part)]


def rows_of(session: Session, definition: Indicator, area: str, on: str) -> list[Row]:
    """Everyone in the base, each with what decides her method."""
    if not dates.is_day(on):
        raise BadInput("日期应为 YYYY-MM-DD The day is not a date", code="bad_date")
    if len(area) < 6 or session.get(Area, area) is None:
        raise NotFound(f"没有区划 {area} There is no such area", code="unknown_area")
    women = _base(session, definition, area, on)
    held = _records(session, area, women, on)
    return [_row(woman, method.deciding(held[woman["id"]], on)) for woman in women.values()]


def _counts(definition: Indicator, row: Row) -> bool:
    return row.method in definition["numerator"]["methods"]


def _row(woman: Mapping[str, Any], record: Any) -> Row:
    who = (woman["id"], woman["area"], woman["household"])
    if record is None:
        return Row(*who, "none")
    stopped = record["answers"].get("still_using") is False
    code = "none" if stopped else record["answers"]["method"]
    return Row(*who, code, *(record[name] for name in ("id", "occurred_on", "author", "role", "source")))


def _base(session: Session, definition: Indicator, area: str, on: str) -> dict[str, dict[str, Any]]:
    """{person: her fields}, in the order of ids, which does not move between pages."""
    base, year = definition["base"], int(on[:4])
    columns = (Person.id, Person.area, Person.household_id, Person.sex, Person.marital, Person.residence, Person.birth)
    found = select(*columns).where(
        Person.county == county_of(area), _within(area), Person.erased_at.is_(None),
        Person.merged_into.is_(None), Person.sex.in_(base["sex"]), Person.marital.in_(base["marital"]),
        Person.residence.in_(base["residence"]),
        Person.birth.between(f"{year - base['age'][1] - 1:04}", f"{year - base['age'][0]:04}-12-31"),
    ).order_by(Person.id)  # fmt: skip
    women = (_woman(row) for row in session.execute(found))
    return {one["id"]: one for one in women if indicator.outside_base(definition, one, on) is None}


def _woman(row: Any) -> dict[str, Any]:
    key, area, household, sex, marital, residence, birth = row
    exact = birth if len(birth) == 10 else _vague(birth)
    return {
        "id": key, "area": area, "household": household, "sex": sex, "marital": marital, "residence": residence,
        "birth": exact,
    }  # fmt: skip


def _vague(birth: str) -> dict[str, int]:
    year, _, month = birth.partition("-")
    return {"year": int(year)} | ({"month": int(month)} if month else {})


def _records(session: Session, area: str, women: Mapping[str, Any], on: str) -> dict[str, list[dict[str, Any]]]:
    """{person: her follow-up records up to the day}; those of a person who was merged into her are hers."""
    county = county_of(area)
    same = merged(session, county)
    columns = (Record.id, Record.form, Record.person, Record.occurred_on, Record.author, Record.role, Record.source,
               Record.status, Record.coded)  # fmt: skip
    found = select(*columns).where(
        Record.county == county, Record.form == FORM, Record.occurred_on <= on, Record.status == "live",
        Record.blocked.is_(False), or_(Record.shown, Record.source == "import"),
    )  # fmt: skip
    if len(area) > 6:
        theirs = select(Person.id).where(Person.county == county, _within(area))
        others = [person for person, root in same.items() if root in women]
        found = found.where(or_(Record.person.in_(theirs), Record.person.in_(others)))
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(found):
        record = dict(row._mapping)
        person = same.get(record["person"], record["person"])
        if person in women:
            held[person].append(record | {"answers": record["coded"]})
    return held


def _within(area: str) -> ColumnElement[bool]:
    """Codes that begin with `area`, asked so that an index can answer (`:` follows `9`)."""
    return and_(Person.area >= area, Person.area < f"{area}:")
