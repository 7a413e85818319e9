"""Ways into a deployment for tests of the import: bring a workbook in, look at what stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from server.extensions import db, writing
from server.models import Event, FeedRow, Household, Person, Record
from server.registers import load
from server.registers.load import Asked, Imported
from server.sync import append
from tests.registers.sheets import register

COUNTY, TOWNSHIP, VILLAGE = "990131", "990131101", "990131101201"
TODAY, NOW = "2026-11-22", 1_795_300_000_000
DAY = 86_400_000
CLERK = "01890000-0000-7000-8000-00000000000c"


@dataclass
class Station:
    """A deployment that imports; its clock moves on a day with each import."""

    app: Flask
    folder: Path
    now: int = NOW
    files: int = field(default=0)

    def bring(self, people: list[dict[str, object]], **more: Any) -> Imported:
        """Import a workbook of these people."""
        self.files += 1
        return self.bring_file(register(self.folder / f"{self.files}.xlsx", people, **more))

    def bring_file(self, path: Path) -> Imported:
        self.now += DAY
        return load.import_register(self.app.extensions["suifang_book"], Asked(path, TODAY, self.now))

    def person(self, name: str = "马秀英") -> Person:
        """The one person of this name (names are sealed, so all are opened)."""
        (found,) = [one for one in db.session().scalars(select(Person)) if one.name == name]
        return found

    def write(self, **draft: Any) -> None:
        """An event from the desk about the only woman."""
        one = self.person()
        usual = {"actor": CLERK, "role": "director", "area": VILLAGE, "person": one.id, "household": one.household_id}
        with writing() as session:
            append.write_events(session, COUNTY, [usual | draft], "desk", now=self.now)

    def patch(self, name: str, value: object) -> None:
        """Somebody who had seen the field as it stands changes it."""
        base = {name: self.person().rev.get(name)}
        self.write(kind="patch", schema="person/1", body={"set": {name: value}, "base": base})

    def consent(self, day: str = "2026-11-10") -> None:
        """She consents to a service record."""
        answers = {"purpose": "service_record", "decision": "given", "text_version": "service_record_1", "mode": "sign"}
        self.write(kind="record", schema="consent/1", body={"occurred_on": day, "answers": answers})

    def counts(self) -> dict[str, int]:
        """Rows of the tables that an import writes."""
        tables = (Event, FeedRow, Household, Person, Record)
        return {one.__name__: db.session().scalar(select(func.count()).select_from(one)) or 0 for one in tables}

    def methods(self, status: str = "live") -> list[tuple[str, str]]:
        """(method, day) of the follow-up records."""
        found = db.session().scalars(select(Record).where(Record.status == status).order_by(Record.id))
        return [(one.coded["method"], one.occurred_on) for one in found if one.form == "contraceptive_followup"]
