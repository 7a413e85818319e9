"""Load 柏坡镇 into an empty deployment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import accounts, passwords
from server.demo import newcomers, stocked
from server.demo.cast import CAST, Part
from server.demo.story import Story
from server.errors import BadInput
from server.extensions import db, writing
from server.ids import new_id
from server.models import Area, Household, Person, Worker
from server.models.area import county_of
from server.registers import load
from server.registers.load import Asked, Imported
from server.reports import practice
from server.rules.book import Book
from server.sync import append, bags

WORKBOOK = Path(__file__).parent / "register_baipo.xlsx"
CLASHES = 2

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Login:
    """A worker whose password the demo prints."""

    part: Part
    worker: str
    password: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Township:
    """What was loaded."""

    imported: Imported
    logins: list[Login]
    women: int
    records: int


def load_township(book: Book, now: int, today: date, progress: Progress = lambda *_: None) -> Township:
    """Import the register, hire the workers, tell the story. Raises BadInput (not_empty)."""
    if db.session().scalar(select(Area.code).limit(1)):
        raise BadInput("数据目录里已有数据 There is data already: choose an empty --data", code="not_empty")
    imported = load.import_register(book, Asked(WORKBOOK, today.isoformat(), now), progress)
    villages = [f"{imported.township}{number:03}" for number in range(load.FIRST_VILLAGE, load.FIRST_VILLAGE + 16)]
    with writing() as session:
        hired = [_hire(session, part, imported.township, villages, now) for part in CAST]
    women = practice.rows_of(db.session(), book.indicators[practice.NAME], imported.township, today.isoformat())
    drafts = _story(book, today, hired).tell(_by_door(women))
    county = county_of(imported.township)
    for village in villages:
        with writing() as session:
            append.write_events(session, county, [one for one in drafts if one["area"] == village], "desk", now=now)
        progress("story", villages.index(village) + 1, len(villages))
    with writing() as session:
        _bags(session, hired, today, now)
        _stock(session, book, hired, imported.township, today, now)
        _newcomers(session, book, hired, villages, today, now)
        _two_telephones(session, county, hired, villages[0], now)
    return Township(imported, [login for login in hired if login.part.login], len(women), len(drafts))


def _by_door(women: list[practice.Row]) -> list[practice.Row]:
    """In the order of door plates: ids are born anew at each import, and the story shall be the same."""
    doors = select(Person.id, Household.area, Household.number, Person.birth).join(
        Household, (Household.county == Person.county) & (Household.id == Person.household_id)
    )
    place = {row.id: tuple(row)[1:] for row in db.session().execute(doors)}
    return sorted(women, key=lambda woman: place[woman.person])


def _hire(session: Session, part: Part, township: str, villages: list[str], now: int) -> Login:
    """Add one worker with the area that fits her role and a password of her own."""
    areas = {"director": [villages[number] for number in part.villages], "county": [county_of(township)]}
    mine = tuple(areas.get(part.role, [township]))
    password = passwords.new_password().lower()
    grants = [(part.role, area) for area in mine]
    worker: Worker = accounts.add_worker(session, part.username, part.name, grants, password, now)
    return Login(part, worker.id, password, mine)


def _story(book: Book, today: date, hired: list[Login]) -> Story:
    workers = {area: login.worker for login in hired if login.part.role == "director" for area in login.areas}
    workers[""] = next(login.worker for login in hired if login.part.role == "technician")
    texts = {purpose: versions[-1]["version"] for purpose, versions in book.consent_texts.items()}
    return Story(today, workers, texts, {name: form["version"] for name, form in book.forms.items()})


def _bags(session: Session, hired: list[Login], today: date, now: int) -> None:
    """Every director carries two lots of condoms; the one that expires first stands first."""
    lots = (("2409A", 280, 200), ("2502C", 460, 300))
    lines = [
        {"item": "condom", "lot": lot, "expiry": (today + timedelta(days=left)).isoformat(), "qty": qty}
        for lot, left, qty in lots
    ]
    for login in hired:
        if login.part.role == "director":
            worker = session.get_one(Worker, login.worker)
            bags.fill(session, worker, lines, now=now, place=accounts.home_of(worker))


def _stock(session: Session, book: Book, hired: list[Login], township: str, today: date, now: int) -> None:
    station = next(login.worker for login in hired if login.part.role == "station")
    directors = [login.worker for login in hired if login.part.role == "director"]
    told = stocked.drafts(book, station, directors, township, today)
    append.write_events(session, county_of(township), told, "desk", now=now)


def _newcomers(session: Session, book: Book, hired: list[Login], villages: list[str], today: date, now: int) -> None:
    liaison = next(login.worker for login in hired if login.part.role == "liaison")
    told = newcomers.drafts(book, liaison, villages, today)
    append.write_events(session, county_of(villages[0]), told, "desk", now=now)


def _two_telephones(session: Session, county: str, hired: list[Login], village: str, now: int) -> None:
    """Two workers changed the same telephone numbers without a network: the desk's inbox has something to decide."""
    with_phone = [one for one in session.scalars(
        select(Person).where(Person.county == county, Person.area == village).order_by(Person.id).limit(40)
    ) if one.phone]  # fmt: skip
    actors = [login for login in hired if login.part.role in ("director", "technician")][:2]
    drafts = [
        {"id": new_id(), "kind": "patch", "schema": "person/1", "t": now - 86_400_000, "actor": login.worker,
         "role": login.part.role, "area": village, "person": one.id, "household": one.household_id,
         "body": {"set": {"phone": f"1990000{number}{place}00"}, "base": {"phone": one.rev.get("phone")}}}
        for number, one in enumerate(with_phone[:CLASHES]) for place, login in enumerate(actors)
    ]  # fmt: skip
    append.write_events(session, county, drafts, "desk", now=now)
