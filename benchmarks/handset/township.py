"""Ten thousand people and thirty thousand records in eight villages, put into a real server by a phone, for another to fetch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import county, phone
from benchmarks.county import COUNTY, PASSWORD, TOWNSHIP
from benchmarks.server import FORMS, Deployment
from benchmarks.village import as_events, village_drafts
from benchmarks.wire import Line

VILLAGES = {
    f"{TOWNSHIP}{201 + at}": f"{name}村" for at, name in enumerate("柏坡 石桥 柳林 杏花 双泉 大槐 马厂 河湾".split())
}
WRITER, READER = 1, 2
BATCH = 250


@dataclass(frozen=True)
class Size:
    """How much lies in one village."""

    households: int
    records: int


WHOLE, SMALL = Size(313, 3750), Size(30, 200)
LARGE_VILLAGE = Size(1250, 4000)


def found(deployment: Deployment, size: Size, villages: Sequence[str] = tuple(VILLAGES)) -> dict[str, Any]:
    """Fill an empty deployment, which is left running; answers a login for the phone that is measured."""
    codes = _settle(deployment)
    deployment.start()
    line = Line(deployment.ports[0])
    author = county.register(line, WRITER, *codes[WRITER])
    drafts = [
        one for at, village in enumerate(villages) for one in village_drafts(village, random.Random(at), *_of(size))
    ]
    # A record may only be said of someone whom the server knows: people before records, over all villages.
    drafts.sort(key=lambda draft: draft["kind"] != "patch")
    taken = phone.push(line, author, phone.pack(author, as_events(author, drafts), BATCH))
    line.close()
    if taken != len(drafts):
        raise RuntimeError(f"the server took {taken} of {len(drafts)}")
    return {"username": f"phone{READER}", "password": PASSWORD, "phone_code": codes[READER][1]}


def _of(size: Size) -> tuple[int, int]:
    return size.households, size.records


def _settle(deployment: Deployment) -> dict[int, tuple[str, str]]:
    """Areas and two directors of all eight villages: (worker id, one-time code) by number."""
    # Imported late: a reader of results needs no server.
    from server import accounts, devices
    from server.app import create_app
    from server.clock import now_ms
    from server.config import Settings
    from server.extensions import db, writing
    from server.migrating import to_head
    from server.models import Area

    app = create_app(Settings(data=deployment.data, database_url="", extra_forms=FORMS))
    places = {"99": "样省", "9901": "样市", COUNTY: "样县", TOWNSHIP: "柏坡镇", **VILLAGES}
    codes, grants = {}, [("director", village) for village in VILLAGES]
    with app.app_context():
        to_head()
        with writing() as session:
            session.add_all(Area(code=code, name=name, position=at) for at, (code, name) in enumerate(places.items()))
            session.flush()
            for number, name in ((WRITER, "李花"), (READER, "周桂兰")):
                worker = accounts.add_worker(session, f"phone{number}", name, grants, PASSWORD, now_ms())
                session.flush()
                codes[number] = (worker.id, devices.make_code(session, worker, now_ms()).code)
        db.engine.dispose()
    return codes
