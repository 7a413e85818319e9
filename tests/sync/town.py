"""A small county for the tests of sync: villages, workers, registered phones; no passwords, since nobody signs in here."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask

from server import auth
from server.clock import now_ms
from server.extensions import db, writing
from server.ids import new_id
from server.models import Area, Grant, Phone, Store, Worker
from tests.sync.handset import Handset

COUNTY, TOWN = "990131", "990131101"
EAST, WEST, SOUTH = "990131101201", "990131101202", "990131101203"
PLACES = {COUNTY: "柏县", TOWN: "柏坡镇", EAST: "东坡村", WEST: "西坡村", SOUTH: "南坡村"}


@dataclass
class Town:
    """The app and its people."""

    app: Flask
    workers: dict[str, str] = field(default_factory=dict)

    def build(self) -> Town:
        with self.app.app_context(), writing() as session:
            session.add_all(Area(code=code, name=name, position=n) for n, (code, name) in enumerate(PLACES.items()))
        return self

    def worker(self, name: str, *grants: tuple[str, str]) -> str:
        """A worker with (role, area) grants; answers her id."""
        made = self.workers[name] = new_id()
        with self.app.app_context(), writing() as session:
            session.add(
                Worker(id=made, county=COUNTY, username=name, name=name, password_hash="-", created_at=now_ms())
            )
            session.flush()
            session.add_all(Grant(worker_id=made, role=r, area=a, granted_at=now_ms()) for r, a in grants)
        return made

    def phone(self, worker: str, role: str, area: str) -> Handset:
        """A registered phone of this worker with a session and a store."""
        device, store, now = new_id(), new_id(), now_ms()
        with self.app.app_context(), writing() as session:
            session.add(Phone(id=device, county=COUNTY, worker_id=worker, public_key={}, created_at=now))
            session.flush()
            session.add(Store(county=COUNTY, id=store, phone_id=device, worker_id=worker, created_at=now))
            token = auth.open_session(session, worker, now, 30, device)
        client = self.app.test_client()
        client.set_cookie(auth.COOKIE, token, secure=True)
        return Handset(client, worker, role, area, device, store)

    def grant(self, worker: str, role: str, area: str) -> None:
        """Give a worker one more area to work in."""
        with self.app.app_context(), writing() as session:
            session.add(Grant(worker_id=worker, role=role, area=area, granted_at=now_ms()))

    def director(self, village: str = EAST, name: str | None = None) -> Handset:
        who = self.worker(name or f"director-{new_id()}", ("director", village))
        return self.phone(who, "director", village)

    def technician(self) -> Handset:
        who = self.worker(f"technician-{new_id()}", ("technician", TOWN))
        return self.phone(who, "technician", EAST)

    def liaison(self) -> Handset:
        who = self.worker(f"liaison-{new_id()}", ("liaison", TOWN))
        return self.phone(who, "liaison", EAST)

    def count(self, model: type) -> int:
        with self.app.app_context():
            return int(db.session.query(model).count())
