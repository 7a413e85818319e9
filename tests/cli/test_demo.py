"""`suifang demo`: the invented township, its logins, and what it leaves alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from server import accounts, clock
from server.app import create_app
from server.cli import main
from server.config import Settings
from server.demo import logins
from server.extensions import db, writing
from server.models import Consent, Event, Parked, Person, Phone, Record
from server.rules import book, schedule
from tests.databases import Lender


@pytest.fixture(scope="module")
def demo(lender: Lender, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Any]]:
    """(data folder, database, what `suifang demo --json` printed); tests leave it as it is."""
    name, address = lender.blank()
    folder = tmp_path_factory.mktemp("demo") / "data"
    yield folder, address, run(address, folder, "demo")
    lender.databases.drop(name)


def run(address: str, folder: Path, *words: str) -> Any:
    done = CliRunner(env={"DATABASE_URL": address}).invoke(main, [*words, "--data", str(folder), "--json"])
    return json.loads(done.stdout)


@pytest.fixture
def inside(demo: tuple[Path, str, Any]) -> Iterator[Any]:
    """What the demo printed, inside its app's context."""
    folder, address, printed = demo
    app = create_app(Settings(data=folder, database_url=address))
    with app.app_context():
        yield printed
        db.session.rollback()
        db.engine.dispose()


def test_a_director_a_technician_a_clerk_a_county_reader_and_a_liaison_can_sign_in(inside: Any) -> None:
    roles = [login["role"] for login in inside["logins"]]
    assert roles == ["director", "technician", "station", "county", "liaison"]
    for login in inside["logins"]:
        signed = accounts.sign_in(login["username"], login["password"], "127.0.0.1", clock.now_ms(), 30)
        assert signed.worker.id == login["worker"]


def test_those_who_go_out_get_a_phone_code(inside: Any) -> None:
    assert [bool(login["phone_code"]) for login in inside["logins"]] == [True, True, False, False, True]
    assert len(inside["logins"][0]["areas"]) == 2


def test_the_liaison_has_somebody_who_moved_in_and_somebody_to_ask_after(inside: Any) -> None:
    people = db.session().scalars(select(Person).where(Person.residence == "moved_in")).all()
    assert sorted(one.name for one in people) == ["何秋菊", "罗志强", "覃小燕", "韦桂花"]
    sent = db.session().scalars(select(Record).where(Record.form == "referral", Record.role == "liaison")).all()
    assert [one.person for one in sent] == [one.id for one in people if one.name == "何秋菊"]


def test_two_thirds_of_the_women_consented(inside: Any) -> None:
    moved_in = select(Person.id).where(Person.residence == "moved_in")
    given = select(Consent).where(
        Consent.purpose == "service_record", Consent.decision == "given", Consent.person.not_in(moved_in)
    )
    assert len(list(db.session().scalars(given))) == inside["women"] * 2 // 3


def test_the_figure_is_still_the_registers_own(demo: tuple[Path, str, Any]) -> None:
    folder, address, _ = demo
    found = run(address, folder, "figure", "contraceptive_practice", "--on", "2026-11-01")
    assert (found["numerator"], found["denominator"], found["mix"]["iud"]) == (1096, 1206, 804)


def test_nothing_of_the_story_is_parked_or_breaks_a_rule(inside: Any) -> None:
    flags = Counter(flag for flag in db.session().scalars(select(Event.flag)) if flag)
    assert set(flags) == {"conflict:phone"}
    assert list(db.session().scalars(select(Parked))) == []


def test_the_director_has_something_due_today(inside: Any) -> None:
    villages = inside["logins"][0]["areas"]
    rows = db.session().scalars(select(Record).where(Record.area.in_(villages), Record.shown))
    records = [
        {"id": row.id, "form": row.form, "occurred_on": row.occurred_on, "answers": row.coded, "role": row.role,
         "author": row.author, "person": row.person, "status": row.status}
        for row in rows
    ]  # fmt: skip
    due = schedule.due_items(book.load().schedules, records, clock.today().isoformat())
    kinds = {item.schedule for item in due if item.state in ("due", "overdue")}
    assert len(kinds) >= 3


def test_a_second_demo_prints_the_same_logins_and_adds_nothing(demo: tuple[Path, str, Any]) -> None:
    folder, address, printed = demo
    assert run(address, folder, "demo") == {"loaded": False, "logins": printed["logins"]}


def test_a_code_that_still_works_is_printed_again_and_a_late_one_made_anew(inside: Any) -> None:
    known, now = inside["logins"], clock.now_ms()
    with writing() as session:
        same = logins.with_codes(session, json.loads(json.dumps(known)), now)
        later = logins.with_codes(session, json.loads(json.dumps(known)), now + 25 * 3_600_000)
        session.rollback()
    assert same == known
    assert later[0]["phone_code"] not in (None, known[0]["phone_code"])


def test_who_has_a_phone_gets_no_code(inside: Any) -> None:
    known, now = json.loads(json.dumps(inside["logins"])), clock.now_ms()
    with writing() as session:
        session.add(Phone(id=known[0]["worker"], county="990131", worker_id=known[0]["worker"], public_key={},
                          created_at=now))  # fmt: skip
        session.flush()
        again = logins.with_codes(session, known, now)
        session.rollback()
    assert again[0]["phone_code"] is None


def test_a_demo_is_refused_where_there_is_data_already(tmp_path: Path, demo: tuple[Path, str, Any]) -> None:
    assert run(demo[1], tmp_path, "demo")["code"] == "not_empty"
