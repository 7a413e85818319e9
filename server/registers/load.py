"""Import a township's register: areas, households, people, and their methods as records by the author `import`.

One transaction a village, so that phones are heard in between; each is the same when it is done again. Imported health
values reach no feed until she consents (server/sync sees to that).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.cards import listing
from server.errors import BadInput
from server.extensions import db, writing
from server.models import Area
from server.models.area import county_of
from server.registers import compare, known, workbook
from server.registers.lines import Doubt, LeftOut, Line
from server.registers.workbook import Register
from server.rules.book import Book
from server.sync import append, granting

INVENTED, INVENTED_TOWN = "990131101", "柏坡镇"  # no province has the code 99
INVENTED_NAMES = {"99": "示例省", "9901": "示例市", "990131": "柏县"}
FIRST_VILLAGE = 201

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What was asked for. `township`: nine digits or None; `villages`: names that are villages, however few; `actor`: the
    worker who asked, None on the command line."""

    path: Path
    today: str
    now: int
    township: str | None = None
    villages: tuple[str, ...] = ()
    actor: str | None = None


@dataclass
class Imported:
    """What came of it. `taken` counts persons that are new or changed, `unchanged` those who stand as the register says.

    `assumed`: nobody named the township, so it stands under an invented code. `not_written` counts events that were
    parked for the desk, `conflicts` those with a clash that a human must decide.
    """

    township: str
    register: Register
    assumed: bool = False
    taken: int = 0
    new: int = 0
    unchanged: int = 0
    not_written: int = 0
    conflicts: int = 0
    villages_added: list[str] = field(default_factory=list)

    @property
    def left_out(self) -> list[LeftOut]:
        return self.register.left_out

    @property
    def doubts(self) -> list[Doubt]:
        return self.register.doubts


def import_register(book: Book, asked: Asked, progress: Progress = lambda *_: None) -> Imported:
    """Read the workbook whole, then write village by village.

    Raises archive.WorkbookRefused or BadInput (wrong_township, township_needed) before anything is written.
    """
    known_as = _township(db.session(), asked.township)
    names = villages_of(db.session(), known_as) if known_as else {}
    heard = workbook.read(
        asked.path, asked.today, book.import_words, (*asked.villages, *names), lambda n: progress("read", n, 0)
    )
    township = known_as or _invented(heard.town)
    done = Imported(township, heard, assumed=known_as is None)
    with writing() as session:
        areas = _make_areas(session, done, asked.now)
    when = when_of(book, asked, heard)
    for name in heard.villages:
        with writing() as session:
            _write_village(session, done, areas[name], [line for line in heard.lines if line.village == name], when)
        progress("write", done.taken + done.unchanged, len(heard.lines))
    with writing() as session:
        detail = {"taken": done.taken, "unchanged": done.unchanged, "left_out": len(done.left_out)}
        audit.note(session, "register.import", township, detail, now=asked.now, actor=asked.actor, place=township)
    return done


def when_of(book: Book, asked: Asked, heard: Register) -> compare.When:
    """The moment of an import, and the day that counts where the register says none."""
    dated = min(heard.dated or asked.today, asked.today)
    return compare.When(asked.now, dated, f"{compare.FORM}/{book.forms[compare.FORM]['version']}")


def numbers_of(lines: list[Line]) -> list[str]:
    """The ID numbers of some lines."""
    return [str(line.person["id_number"]) for line in lines if line.person.get("id_number")]


def _write_village(session: Session, done: Imported, area: str, lines: list[Line], when: compare.When) -> None:
    """One village of the register, in one transaction."""
    made = compare.plan(lines, known.known_in(session, area, numbers_of(lines)), when)
    rev = known.rev_of(when.at)
    answers = append.write_events(session, county_of(area), made.drafts, "import", now=when.at, rev=rev)
    done.not_written += sum(code != "accepted" for code, _ in answers)
    done.conflicts += sum("conflict" in (flag or "") for code, flag in answers if code == "accepted")
    done.taken += made.new + made.changed
    done.new += made.new
    done.unchanged += made.unchanged


def villages_of(session: Session, township: str) -> dict[str, str]:
    """{name: code} of the villages of a township that are known already."""
    found = select(Area).where(Area.code.startswith(township), db.func.length(Area.code) == 12)
    return {area.name: area.code for area in session.scalars(found.order_by(Area.code))}


def _township(session: Session, asked: str | None) -> str | None:
    """The township a register belongs to: as asked, or the only one there is; None in an empty deployment."""
    if asked is not None:
        if not (asked.isascii() and asked.isdecimal() and len(asked) == 9):
            raise BadInput("镇代码应为 9 位数字 A township has nine digits", code="wrong_township")
        return asked
    there = list(session.scalars(select(Area.code).where(db.func.length(Area.code) == 9)))
    if len(there) > 1:
        raise BadInput("请用 --township 指明镇代码 Name the township with --township CODE", code="township_needed")
    return there[0] if there else None


def _invented(town: str | None) -> str:
    """The code of the invented township, for a register that names no other; a real one that is named needs its own."""
    if town in (None, INVENTED_TOWN):
        return INVENTED
    message = f"登记册写的是“{town}”，请用 --township 指明它的 9 位代码 Name its code with --township CODE"
    raise BadInput(message, code="township_needed")


def _make_areas(session: Session, done: Imported, now: int) -> dict[str, str]:
    """Make the areas that are not there yet; answers {village name: code}. Villages keep the register's order."""
    township, heard = done.township, done.register
    for code in (township[:2], township[:4], township[:6], township):
        if session.get(Area, code) is None:
            name = (heard.town or code) if code == township else INVENTED_NAMES.get(code, code)
            session.add(Area(code=code, name=name))
            if code == county_of(township):
                listing.welcome(session, code, now)
    areas = villages_of(session, township)
    number = max((int(code[9:]) for code in areas.values()), default=FIRST_VILLAGE - 1)
    for name in heard.villages:
        if name not in areas:
            number += 1
            areas[name] = f"{township}{number:03}"
            session.add(Area(code=areas[name], name=name, position=number - FIRST_VILLAGE))
            done.villages_added.append(name)
    if done.villages_added:
        session.flush()
        granting.announce_villages(session, township, now=now)
    return areas
