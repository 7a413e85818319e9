"""A county to measure in: one township, its villages, workers with registered phones, a few consented persons.

Workers are added by the use case behind `suifang worker add`; everything after that is asked of the running server over
HTTP as a phone asks it: sign in, register the phone with a one-time code, push households, persons and consents.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from benchmarks import phone
from benchmarks.event import Author, Event, Subject, make_event, visit_event, visit_of
from benchmarks.server import FORMS, Deployment
from benchmarks.wire import Line
from benchmarks.workload import AREAS_A_DEVICE, Visit, uuid7
from server.keys import public_jwk

COUNTY, TOWNSHIP = "990131", "990131101"
VILLAGES = [f"{TOWNSHIP}{number}" for number in range(201, 223)]
NEW_VILLAGE, WARM_VILLAGE = f"{TOWNSHIP}301", f"{TOWNSHIP}302"
STAFF = SETTLER, READER, TECHNICIAN, NEIGHBOUR, NEWCOMER, SECOND, WARMER = range(9001, 9008)
PASSWORD = "peach-blossom-7"
SUBJECTS_A_VILLAGE = 1
BEGIN_MS = 1_767_225_600_000  # 2026-01-01


@dataclass
class County:
    """Who has a phone, by the workload's number, and who lives where."""

    authors: dict[int, Author]
    subjects: dict[str, list[Subject]]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({
            "authors": [asdict(author) for author in self.authors.values()],
            "subjects": [asdict(subject) for living in self.subjects.values() for subject in living],
        }))  # fmt: skip

    @classmethod
    def read(cls, path: Path) -> County:
        found = json.loads(path.read_text())
        authors = [Author(**author) for author in found["authors"]]
        return cls(
            {author.device: author for author in authors}, by_village(Subject(**one) for one in found["subjects"])
        )

    def event(self, visit: Visit) -> Event:
        """A visit of the workload as an event by its device's worker, in one of her villages."""
        author = self.authors[int(visit["device"][1:])]
        living = self.subjects[village_of(author.device, int(visit["area"].rpartition("-")[2]))]
        return visit_event(author, visit, living[visit["dseq"] % len(living)])

    def visit(self, row: phone.Row, sent: Mapping[str, Visit]) -> Visit:
        """The visit behind a row; `sent` holds by id what was pushed."""
        device = self._device_of(row["actor"])
        nth = (VILLAGES.index(row["area"]) - AREAS_A_DEVICE * device) % len(VILLAGES) + 1
        return visit_of(row, device, f"np-{device:03d}-{nth}", sent[row["id"]])

    def _device_of(self, worker: str) -> int:
        return self._devices[worker]

    def __post_init__(self) -> None:
        self._devices = {author.worker: author.device for author in self.authors.values()}


def by_village(subjects: Iterable[Subject]) -> dict[str, list[Subject]]:
    """Subjects by the village they live in."""
    found: dict[str, list[Subject]] = {}
    for subject in subjects:
        found.setdefault(subject.area, []).append(subject)
    return found


def village_of(device: int, nth: int) -> str:
    """The village behind the workload's area np-<device>-<nth>."""
    if device == WARMER:
        return WARM_VILLAGE
    return VILLAGES[(AREAS_A_DEVICE * device + nth - 1) % len(VILLAGES)]


def grants_of(device: int) -> list[tuple[str, str]]:
    """(role, area): a township's technician, a director of one of the villages apart, or of all the others."""
    if device == TECHNICIAN:
        return [("technician", TOWNSHIP)]
    apart = {NEIGHBOUR: [NEW_VILLAGE], NEWCOMER: [NEW_VILLAGE], SECOND: [NEW_VILLAGE], WARMER: [WARM_VILLAGE]}
    apart[SETTLER] = [*VILLAGES, WARM_VILLAGE]
    return [("director", village) for village in apart.get(device, VILLAGES)]


def found(deployment: Deployment, devices: Sequence[int]) -> County:
    """Make the county in an empty deployment, which is left running. Takes about a quarter of a second a device."""
    numbers = [*STAFF, *devices]
    workers = _settle(deployment, numbers)
    deployment.start()
    line = Line(deployment.ports[0])
    authors = {number: register(line, number, *workers[number]) for number in numbers}
    _keep_awake(deployment)
    living = list(_subjects(random.Random(1)))
    events = [*_welcome(authors[SETTLER], living)]
    phone.push(line, authors[SETTLER], phone.pack(authors[SETTLER], events, 250))
    line.close()
    return County(authors, by_village(living))


def _settle(deployment: Deployment, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Areas, workers and one-time codes: (worker id, code) by number."""
    # Imported late: a reader of results needs no server.
    from server import accounts, devices
    from server.app import create_app
    from server.clock import now_ms
    from server.config import Settings
    from server.extensions import db, writing
    from server.migrating import to_head
    from server.models import Area

    app = create_app(Settings(data=deployment.data, database_url=deployment.database_url, extra_forms=FORMS))
    places = {"99": "样省", "9901": "样市", COUNTY: "样县", TOWNSHIP: "样镇"}
    places |= {code: f"样村{code[-3:]}" for code in (*VILLAGES, NEW_VILLAGE, WARM_VILLAGE)}
    codes = {}
    with app.app_context():
        to_head()
        with writing() as session:
            session.add_all(Area(code=code, name=name, position=at) for at, (code, name) in enumerate(places.items()))
            session.flush()
            for number in numbers:
                name = f"phone{number}"
                worker = accounts.add_worker(session, name, f"员{number}", grants_of(number), PASSWORD, now_ms())
                session.flush()
                codes[number] = (worker.id, devices.make_code(session, worker, now_ms()).code)
        db.engine.dispose()
    return codes


def _keep_awake(deployment: Deployment) -> None:
    """What is measured is asked for longer than a phone's session is awake, in copies of this county made later; a page
    would wake its session with one small request in 15 minutes."""
    from sqlalchemy import update

    from server.app import create_app
    from server.config import Settings
    from server.extensions import db, writing
    from server.models import SignIn

    app = create_app(Settings(data=deployment.data, database_url=deployment.database_url, extra_forms=FORMS))
    with app.app_context():
        with writing() as session:
            session.execute(update(SignIn).values(awake_until=None))
        db.engine.dispose()


def register(line: Line, number: int, worker: str, code: str) -> Author:
    """Sign in and register a phone, as its page does."""
    words = {"username": f"phone{number}", "password": PASSWORD}
    answer = _post(line, "/api/auth/login", words, {})
    token = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    key = public_jwk(ec.generate_private_key(ec.SECP256R1()))
    cookie = {"Cookie": f"__Host-suifang={token}"}
    given = json.loads(_post(line, "/api/devices", {"code": code, "public_key": key}, cookie).body)
    role = grants_of(number)[0][0]
    return Author(number, worker, given["phone"], given["store"], token, role, f"clk-{number}")


def _post(line: Line, path: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    answer = line.request("POST", path, json.dumps(body).encode(), {"X-Suifang": "1", **headers})
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {answer.body[:400]!r}")
    return answer


def _subjects(chance: random.Random) -> Iterator[Subject]:
    for village in (*VILLAGES, WARM_VILLAGE):
        household = uuid7(BEGIN_MS, chance)
        yield from (Subject(village, uuid7(BEGIN_MS, chance), household) for _ in range(SUBJECTS_A_VILLAGE))


def _welcome(author: Author, living: Sequence[Subject]) -> Iterator[Event]:
    """Household, persons and their consents as events."""
    chance, drafts = random.Random(2), []
    for at, one in enumerate(living):
        if at % SUBJECTS_A_VILLAGE == 0:
            drafts.append(household_draft(uuid7(BEGIN_MS, chance), one.area, one.household, str(at + 1)))
        person = {"name": f"周桂{'兰香芳珍'[at % 4]}", "sex": "f", "birth": "1988-05-06", "household": one.household}
        drafts.append(person_draft(uuid7(BEGIN_MS, chance), one, person))
        drafts.append(consent_draft(uuid7(BEGIN_MS, chance), one, "service_record", "2026-01-05"))
    # Persons come before what is said about them; dseq follows the order on the phone.
    for dseq, draft in enumerate(drafts, 1):
        yield make_event(author, dseq, int(time.time()) * 1000, draft)


def household_draft(key: str, area: str, household: str, number: str) -> dict[str, Any]:
    """A new household."""
    body = {"set": {"area": area, "group": "1", "number": number}, "base": {}}
    return {"id": key, "kind": "patch", "schema": "household/1", "area": area, "household": household, "body": body}


def person_draft(key: str, one: Subject, fields: dict[str, Any]) -> dict[str, Any]:
    """A new person; `fields` name her household."""
    about = {"area": one.area, "person": one.person, "household": one.household}
    return {"id": key, "kind": "patch", "schema": "person/1", **about, "body": {"set": fields, "base": {}}}


def consent_draft(key: str, one: Subject, purpose: str, day: str) -> dict[str, Any]:
    """Her consent to one purpose."""
    answers = {
        "purpose": purpose, "decision": "given", "text_version": f"{purpose}_1", "mode": "finger", "copy_given": True,
    }  # fmt: skip
    return record_draft(key, one, "consent/1", day, answers)


def record_draft(key: str, one: Subject, schema: str, day: str, answers: dict[str, Any]) -> dict[str, Any]:
    """A record about her."""
    about = {"area": one.area, "person": one.person, "household": one.household}
    return {"id": key, "kind": "record", "schema": schema, **about, "body": {"occurred_on": day, "answers": answers}}
