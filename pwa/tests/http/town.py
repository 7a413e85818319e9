"""A real township for the phone engine's tests: the Flask app over HTTP on a free port, steered by lines on standard input.

Usage: python town.py DATA. Prints {"port": n}, then answers each JSON line {"do": verb, …} with one JSON line:
code {worker} · phone {phone, state} · sleep · shares · parked · erase {person} · revoke {worker, area} · backup · restore · stop.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from werkzeug.serving import make_server

from server import devices
from server.app import create_app
from server.clock import now_ms
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.migrating import to_head
from server.models import Area, Deployment, Grant, Parked, Phone, Share, SignIn, Worker
from server.passwords import hash_password
from server.sync import epoch, erasing

COUNTY, TOWNSHIP, VILLAGES = "990131", "990131101", ("990131101201", "990131101202")
WORKERS = {
    "wang": ("director", VILLAGES[0]),
    "li": ("director", VILLAGES[0]),
    "sun": ("technician", TOWNSHIP),
    "zhao": ("liaison", TOWNSHIP),
    "chen": ("station", TOWNSHIP),
}
PASSWORD = "peach-blossom-7"


def settle() -> None:
    """Areas and workers of an empty deployment."""
    names = {COUNTY: "柏县", TOWNSHIP: "柏坡镇", VILLAGES[0]: "东坡村", VILLAGES[1]: "西坡村"}
    secret = hash_password(PASSWORD)
    with writing() as session:
        session.add_all(Area(code=code, name=name, position=n) for n, (code, name) in enumerate(names.items()))
        session.flush()
        for username, (role, area) in WORKERS.items():
            grants = [Grant(area=area, role=role, granted_at=now_ms())]
            session.add(
                Worker(
                    id=new_id(),
                    county=COUNTY,
                    username=username,
                    name=username,
                    password_hash=secret,
                    created_at=now_ms(),
                    grants=grants,
                )
            )


def worker_named(username: str) -> Worker:
    """The worker with this user name."""
    return db.session().scalars(select(Worker).where(Worker.username == username)).one()


def code(given: dict[str, Any]) -> dict[str, Any]:
    """A registration code."""
    with writing() as session:
        return {"code": devices.make_code(session, worker_named(given["worker"]), now_ms()).code}


def phone(given: dict[str, Any]) -> dict[str, Any]:
    """Change a phone's state as the desk does; answers when it said that it was wiped."""
    with writing() as session:
        found = session.get_one(Phone, given["phone"])
        if given.get("state"):
            devices.change_state(session, found, given["state"], now_ms())
        return {"state": found.state, "wiped_at": found.wiped_at}


def sleep(_given: dict[str, Any]) -> dict[str, Any]:
    """Let the minutes of every phone's session go by."""
    with writing() as session:
        session.execute(update(SignIn).where(SignIn.phone_id.is_not(None)).values(awake_until=now_ms() - 1))
    return {}


def shares(_given: dict[str, Any]) -> dict[str, Any]:
    """Lose every store's share, as a town restored from before they were made has."""
    with writing() as session:
        session.execute(delete(Share))
    return {}


def parked(_given: dict[str, Any]) -> dict[str, Any]:
    """What waits for the station: reasons and contents."""
    rows = db.session().scalars(select(Parked))
    return {"parked": [{"reason": row.reason, "content": row.content} for row in rows]}


def erase(given: dict[str, Any]) -> dict[str, Any]:
    """Erase a person for good."""
    with writing() as session:
        erasing.erase(session, COUNTY, [given["person"]], now=now_ms())
    return {}


def revoke(given: dict[str, Any]) -> dict[str, Any]:
    """End a worker's grants in an area."""
    with writing() as session:
        for grant in session.scalars(select(Grant).where(Grant.area == given["area"])):
            if grant.worker_id == worker_named(given["worker"]).id:
                grant.revoked_at = now_ms()
    return {}


def backup(_given: dict[str, Any]) -> dict[str, Any]:
    """Copy the database as it is, marked as a copy."""
    with sqlite3.connect(_database()) as source, sqlite3.connect(FOLDER / "backup.db") as copy:
        source.backup(copy)
        copy.execute(f"UPDATE {Deployment.__tablename__} SET epoch = ?", (epoch.IN_BACKUP,))
    return {}


def restore(_given: dict[str, Any]) -> dict[str, Any]:
    """Put the copy back while nobody writes."""
    db.session.remove()
    db.engine.dispose()
    with sqlite3.connect(FOLDER / "backup.db") as source, sqlite3.connect(_database()) as live:
        source.backup(live)
    APP.extensions.pop(epoch.CACHE, None)
    return {"epoch": epoch.current()}


def _database() -> Path:
    return next(path for path in FOLDER.iterdir() if path.suffix in (".db", ".sqlite") and path.stem != "backup")


VERBS = {
    "code": code,
    "phone": phone,
    "sleep": sleep,
    "shares": shares,
    "parked": parked,
    "erase": erase,
    "revoke": revoke,
    "backup": backup,
    "restore": restore,
}
FOLDER = Path(sys.argv[1])
APP = create_app(Settings(data=FOLDER))


def main() -> None:
    """Serve until told to stop."""
    with APP.app_context():
        to_head()
        settle()
    server = make_server("127.0.0.1", 0, APP, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    for line in sys.stdin:
        given = json.loads(line)
        if given["do"] == "stop":
            break
        with APP.app_context():
            print(json.dumps(VERBS[given["do"]](given)), flush=True)
    server.shutdown()


if __name__ == "__main__":
    main()
