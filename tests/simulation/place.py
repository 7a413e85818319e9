"""The simulated county: who lives where in the hierarchy, who works, and with which phones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from server import auth
from server.clock import now_ms
from server.extensions import writing
from server.ids import new_id
from server.models import Area, Grant, Phone, SignIn, Store, Worker
from server.sync import epoch, granting

COUNTY, TOWN = "990131", "990131101"
EAST, WEST, SOUTH = "990131101201", "990131101202", "990131101203"
PLACES = {COUNTY: "柏县", TOWN: "柏坡镇", EAST: "东坡村", WEST: "西坡村", SOUTH: "南坡村"}
WORKERS = {
    "wang": [("director", EAST)],
    "zhao": [("director", EAST)],
    "li": [("director", EAST), ("director", WEST)],
    "sun": [("technician", TOWN)],
    "mei": [("liaison", TOWN)],
}
PHONES = {"wang": "wang", "zhao": "zhao", "li": "li", "sun": "sun", "mei": "mei", "wang's old phone": "wang"}
CENTURY_DAYS = 36_500  # no session ends, whatever the clocks do


@dataclass(frozen=True)
class Registered:
    """One phone as its owner has it."""

    name: str
    worker: str
    device: str
    store: str
    token: str


def build() -> list[dict[str, Any]]:
    """Areas, workers and registered phones of an empty deployment; answers the phones."""
    ids: dict[str, str] = {}
    epoch.current()
    with writing() as session:
        session.add_all(Area(code=code, name=name, position=n) for n, (code, name) in enumerate(PLACES.items()))
        session.flush()
        for name, grants in WORKERS.items():
            ids[name] = new_id()
            session.add(
                Worker(id=ids[name], county=COUNTY, username=name, name=name, password_hash="-", created_at=now_ms())
            )
            session.flush()
            session.add_all(Grant(worker_id=ids[name], role=r, area=a, granted_at=now_ms()) for r, a in grants)
    for name in WORKERS:
        with writing() as session:
            granting.announce(session, ids[name], now=now_ms())
    return [_register(name, worker, ids[worker]) for name, worker in PHONES.items()]


def _register(name: str, username: str, worker: str) -> dict[str, Any]:
    device, store = new_id(), new_id()
    with writing() as session:
        session.add(Phone(id=device, county=COUNTY, worker_id=worker, public_key={}, created_at=now_ms()))
        session.flush()
        session.add(Store(county=COUNTY, id=store, phone_id=device, worker_id=worker, created_at=now_ms()))
        token = auth.open_session(session, worker, now_ms(), CENTURY_DAYS, device)
        session.flush()  # these phones have no keys to wake by: that is tried in tests/api/test_waking.py and pwa/tests/http
        session.execute(update(SignIn).where(SignIn.phone_id == device).values(awake_until=None))
    areas = [{"code": code, "name": PLACES[code], "role": role} for role, code in WORKERS[username]]
    about = {"id": worker, "name": username, "role": WORKERS[username][0][0], "areas": areas}
    return {"name": name, "worker": about, "device": device, "store": store, "token": token}
