"""One row of the register: a person, a row to pass over, or a row that cannot be taken and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from server.registers import words
from server.registers.cells import BadDate, Day, day_of, digits_of, earliest, name_of, squeezed, text_of
from server.rules import idnumber

Value = str | int | Day | None
NOTE_LENGTH = 200
NAME_LENGTH = 60
MOST_CHILDREN = 20
SHORTEST_ID = 15  # shorter, a cell of that column may hold a count or the header again


class Passed(Enum):
    """A row that is no person and no mistake."""

    OVER = "over"


@dataclass(frozen=True)
class LeftOut:
    """A row that is not taken. Codes: missing_name, unknown_village, missing_household, bad_date, bad_id_shape,
    bad_id_birth, bad_id_checksum, duplicate_id, duplicate_person."""

    row: int
    code: str
    field: str


@dataclass(frozen=True)
class Doubt:
    """A row that is taken, with something a human should look at. Codes: unknown_word (the value is left out),
    id_birth_mismatch, id_sex_mismatch (the columns count), date_ahead."""

    row: int
    code: str
    field: str


@dataclass(frozen=True)
class Line:
    """One person of the register, in the words of a person patch; a field whose column is missing is not in it.

    `method` None: the cell is blank.
    """

    row: int
    village: str
    number: str
    group: str | None
    grid: str | None
    person: dict[str, Value]
    method: str | None = None
    started_on: Day | None = None
    doubts: tuple[Doubt, ...] = field(default=(), compare=False)

    @property
    def household(self) -> tuple[str, str]:
        """Its door: village and household number. Excel drops leading zeros, so they do not count."""
        return self.village, self.number.lstrip("0")


@dataclass(frozen=True)
class Reader:
    """Reads rows under one header. `today`: no birth and no method begins after it."""

    places: dict[str, int]
    meanings: words.Meanings
    today: str

    def read(self, number: int, cells: Sequence[object]) -> Line | LeftOut | Passed:
        """The row with Excel's `number`."""
        row = _Row(number, {name: cells[at] for name, at in self.places.items() if at < len(cells)}, self.meanings)
        if _is_no_person(row, cells):
            return Passed.OVER
        try:
            return self._line(row)
        except _NotTaken as reason:
            return LeftOut(number, reason.code, reason.field)

    def _line(self, row: _Row) -> Line:
        name = name_of(row.cells.get("name"))[:NAME_LENGTH]
        if words.plain(name) in words.some("no_value"):
            raise _NotTaken("missing_name", "name")
        village, number = squeezed(row.cells.get("village")), squeezed(row.cells.get("household_number"))
        if village in words.some("no_value"):
            raise _NotTaken("unknown_village", "village")
        if number in words.some("no_value"):
            raise _NotTaken("missing_household", "household_number")
        birth, started_on = self._day(row, "birth"), self._day(row, "started_on")
        said = {"name": name, **_identity(row, birth), **_rest(row)}
        person = {key: value for key, value in said.items() if value is not None or key in self.places}
        method = row.word("method")
        start = started_on if method not in (None, "none") else None
        return Line(
            row.number, village, number, row.text("group") or None, row.text("grid") or None, person,
            method, start, tuple(row.doubts),
        )  # fmt: skip

    def _day(self, row: _Row, name: str) -> Day | None:
        """A day of the row; one that cannot be, or has not come yet, leaves the row out."""
        if row.text(name) in words.some("no_value"):
            return None
        try:
            day = day_of(row.cells.get(name))
        except BadDate as error:
            raise _NotTaken("bad_date", name) from error
        if day and earliest(day) > self.today:
            raise _NotTaken("bad_date", name)
        return day


@dataclass(frozen=True)
class _NotTaken(Exception):
    code: str
    field: str


@dataclass(frozen=True)
class _Row:
    number: int
    cells: dict[str, object]
    meanings: words.Meanings
    doubts: list[Doubt] = field(default_factory=list)

    def text(self, name: str) -> str:
        return text_of(self.cells.get(name))

    def word(self, name: str) -> str | None:
        """The code of a coded column; an unknown word is doubted and left out."""
        said = words.plain(self.cells.get(name))
        code = self.meanings.get(name, {}).get(said)
        if code is None and said not in words.some("no_value"):
            self.doubt("unknown_word", name)
        return code

    def doubt(self, code: str, name: str) -> None:
        self.doubts.append(Doubt(self.number, code, name))


def _is_no_person(row: _Row, cells: Sequence[object]) -> bool:
    """Blank rows, subtotals, repeated headers and the foot of the sheet."""
    if len(row.text("id_number")) >= SHORTEST_ID:
        return False
    said = [text for text in map(squeezed, cells) if text]
    if not said:
        return True
    name = words.plain(row.cells.get("name"))
    if any(text.endswith(words.some("subtotal")) or text.startswith(words.some("subtotal")) for text in said):
        return True
    if name in _header_words("name") and words.plain(row.cells.get("village")) in _header_words("village"):
        return True
    return not name and said[0].startswith(words.some("sheet_foot"))


@cache
def _header_words(field: str) -> tuple[str, ...]:
    return next(column.words for column in words.columns() if column.field == field)


def _identity(row: _Row, birth: Day | None) -> dict[str, Value]:
    """ID number, birth and sex; what a column leaves open the number tells."""
    number = _id_number(row)
    sex = row.word("sex")
    if number is None:
        return {"id_number": None, "birth": birth, "sex": sex}
    inside, by_number = idnumber.birth(number), idnumber.sex(number)
    if isinstance(birth, str) and birth != inside:
        row.doubt("id_birth_mismatch", "birth")
    if sex and sex != by_number:
        row.doubt("id_sex_mismatch", "sex")
    return {"id_number": number, "birth": birth if isinstance(birth, str) else inside, "sex": sex or by_number}


def _id_number(row: _Row) -> str | None:
    text = squeezed(row.cells.get("id_number")).upper().lstrip("'’`")
    if text.lower() in words.some("no_value"):
        return None
    if len(text) == 15 and text.isdecimal():
        text = _of_18(text)
    if fault := idnumber.fault(text):
        raise _NotTaken(f"bad_id_{fault}", "id_number")
    return idnumber.tidy(text)


def _of_18(old: str) -> str:
    """A first-generation number (15 digits, births 19xx) in its form of today."""
    first17 = f"{old[:6]}19{old[6:]}"
    return next(first17 + last for last in "0123456789X" if idnumber.checksum_ok(first17 + last))


def _rest(row: _Row) -> dict[str, Value]:
    """What is neither name nor identity."""
    return {
        "phone": digits_of(row.cells.get("phone")) or None,
        "relation": row.word("relation"),
        "marital": row.word("marital"),
        "residence": row.word("residence"),
        "residence_place": row.word("residence_place"),
        "children": _children(row),
        "note": row.text("note")[:NOTE_LENGTH] or None,
    }


def _children(row: _Row) -> int | None:
    """现有子女数: kept for checks of the import; no page and no figure about a village shows it."""
    text = row.text("children").removesuffix("个").removesuffix("人")
    if text in words.some("no_value"):
        return None
    if text.isdecimal() and int(text) <= MOST_CHILDREN:
        return int(text)
    row.doubt("unknown_word", "children")
    return None
