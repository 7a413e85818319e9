"""A figure as the command line asks for it: whole for the station, guarded for whoever is outside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.errors import BadInput, Forbidden, NotFound
from server.models import Area
from server.reports import practice, small_cells
from server.rules.book import Book


@dataclass(frozen=True)
class Question:
    """`reader`: station, county or above_county; `part`: list the records behind this count."""

    name: str
    on: str
    area: str | None = None
    reader: str = "station"
    part: str | None = None


def ask(session: Session, book: Book, asked: Question) -> dict[str, Any]:
    """The figure as JSON. Raises NotFound (unknown_figure, unknown_area), BadInput (area_needed, unknown_part), and
    Forbidden (leaves_station): records and figures of one village are for the station alone."""
    if asked.name != practice.NAME:
        raise NotFound(f"没有指标 {asked.name} There is no such figure", code="unknown_figure")
    area = asked.area or only_township(session)
    inside = asked.reader == "station"
    if not inside and (asked.part or len(area) > 9):
        raise Forbidden("村级数和名单不出站 Lists and villages stay at the station", code="leaves_station")
    counted = practice.figure(session, book, area, asked.on)
    found = counted.as_json() if inside else guarded(counted, asked.reader)
    if asked.part:
        rows = practice.records(session, book, area, asked.on, asked.part)
        found["records"] = [asdict(row) for row in rows]
    return found


def guarded(counted: practice.Counted, reader: str) -> dict[str, Any]:
    """The figure as it may leave the station."""
    k = small_cells.k_for(reader)
    shown = small_cells.guard(counted.numerator, counted.denominator, counted.percent, counted.mix, k)
    return counted.as_json() | asdict(shown)


def only_township(session: Session) -> str:
    """The township, when there is just one."""
    there = list(session.scalars(select(Area.code).where(func.length(Area.code) == 9)))
    if len(there) != 1:
        raise BadInput("请用 --area 指明区划 Name the area with --area CODE", code="area_needed")
    return there[0]


def in_words(found: dict[str, Any], book: Book) -> str:
    """The same for a person to read."""
    definition = book.indicators[practice.NAME]
    options = next(one for one in book.forms[practice.FORM]["fields"] if one["key"] == "method")["options"]
    names = {option["code"]: f"{option['zh']} {option['en']}" for option in options}
    above, below = _shown(found["numerator"]), _shown(found["denominator"])
    lines = [
        f"{definition['zh']} {definition['en']}  {found['on']}  {found['area']}",
        f"  {above} / {below} = {_shown(found['percent'])} %",
        f"  {found['base']}  {found['base_en']}",
        *(f"  {_shown(count):>7}  {names.get(code, code)}" for code, count in found["mix"].items()),
        *(f"  {row['method']:<10} {row['occurred_on']}  {row['record']}" for row in found.get("records", [])),
    ]
    return "\n".join(lines)


def _shown(value: object) -> str:
    return "—" if value is None else str(value)
