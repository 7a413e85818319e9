"""Which row is the header and which column means what. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.registers import words

Row = Sequence[object]


@dataclass(frozen=True)
class Header:
    """`row` counts as in Excel. `places` maps a field to its column (from 0), `unknown` names columns that are left out."""

    row: int
    places: dict[str, int]
    unknown: tuple[str, ...]

    @property
    def width(self) -> int:
        """Columns up to the last one that is read."""
        return max(self.places.values()) + 1

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(field for field in words.required() if field not in self.places)


def find_header(rows: Sequence[Row]) -> Header | None:
    """The row among the first ones that names the most columns; None when none names three."""
    found = [read_header(number, row) for number, row in enumerate(rows, start=1)]
    best = max(found, key=lambda header: (not header.missing, len(header.places)), default=None)
    return best if best is not None and len(best.places) >= 3 else None


def read_header(number: int, row: Row) -> Header:
    """What this row would mean as a header. Two columns of one meaning: the better word wins, then the first."""
    names = {place: words.plain(cell) for place, cell in enumerate(row) if words.plain(cell)}
    places: dict[str, int] = {}
    for column in words.columns():
        ranked = [(column.words.index(name), place) for place, name in names.items() if name in column.words]
        if ranked:
            places[column.field] = min(ranked)[1]
    taken = set(places.values())
    rest = (place for place, name in names.items() if place not in taken and name not in words.some("ignored"))
    return Header(number, places, tuple(str(row[place]).strip() for place in rest))
