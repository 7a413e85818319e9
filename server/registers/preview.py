"""What an import would change, row by row, with nothing written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from server.extensions import db
from server.registers import compare, known, workbook
from server.registers.load import Asked, Progress, numbers_of, villages_of, when_of
from server.registers.workbook import Register
from server.rules.book import Book

NO_VILLAGE = "000"  # of a village that the import would make


@dataclass
class Village:
    """How many persons of one village are new, changed or as the register says; `known`: it is there already."""

    name: str
    known: bool
    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class Preview:
    """What would come of an import. `changes`: (row, fields) of each person whose fields would change."""

    register: Register
    villages: list[Village] = field(default_factory=list)
    changes: list[tuple[int, list[str]]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the desk: counts, rows and codes; no name and no number of a person."""
        heard = self.register
        return {
            "sheet": heard.sheet, "dated": heard.dated, "town": heard.town, "passed_over": heard.passed_over,
            "households": len({line.household for line in heard.lines}),
            "unknown_columns": list(heard.header.unknown), "other_sheets": list(heard.other_sheets),
            "villages": [{"name": v.name, "known": v.known, "new": v.new, "changed": v.changed, "unchanged": v.unchanged}
                         for v in self.villages],
            "left_out": [{"row": one.row, "code": one.code, "field": one.field} for one in heard.left_out],
            "doubts": [{"row": one.row, "code": one.code, "field": one.field} for one in heard.doubts],
            "changes": [{"row": row, "fields": names} for row, names in self.changes],
        }  # fmt: skip


def preview(book: Book, asked: Asked, township: str, progress: Progress = lambda *_: None) -> Preview:
    """Read the workbook and compare it with what stands. Raises archive.WorkbookRefused. Writes nothing."""
    session = db.session()
    names = villages_of(session, township)
    heard = workbook.read(
        asked.path, asked.today, book.import_words, (*asked.villages, *names), lambda n: progress("read", n, 0)
    )
    found, when, seen = Preview(heard), when_of(book, asked, heard), 0
    for name in heard.villages:
        lines = [line for line in heard.lines if line.village == name]
        area = names.get(name, township + NO_VILLAGE)
        made = compare.plan(lines, known.known_in(session, area, numbers_of(lines)), when)
        found.villages.append(Village(name, name in names, made.new, made.changed, made.unchanged))
        found.changes += made.changes
        seen += len(lines)
        progress("compare", seen, len(heard.lines))
        session.rollback()  # phones are heard in between, and no rows pile up in memory
        session.expunge_all()
    found.changes.sort()
    return found
