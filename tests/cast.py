"""The people whom tests speak of, by what they do: their logins come with the demo township."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.server import LiveServer

Login = dict[str, Any]


def login(server: LiveServer, role: str) -> Login:
    """The demo's login of a role: {role, username, password, name, areas, worker, phone_code, …}."""
    return next(one for one in server.demo["logins"] if one["role"] == role)


def director(server: LiveServer) -> Login:
    """A village's director: her own villages, a phone, no desk."""
    return login(server, "director")


def technician(server: LiveServer) -> Login:
    """The township's technician: all villages and what is clinical in them."""
    return login(server, "technician")


def clerk(server: LiveServer) -> Login:
    """At the station's desk."""
    return login(server, "station")


def unasked(data: Path, areas: Sequence[str]) -> str:
    """The id of a woman in the first of these villages whom nobody asked for a consent yet, whatever day it is."""
    asked = """select id from person p where area = ? and sex = 'f' and residence = 'resident' and merged_into is null
        and birth between '1980' and '2000' and not exists (select 1 from consent c where c.person = p.id) limit 1"""
    with sqlite3.connect(data / "suifang.db") as database:
        [(person,)] = database.execute(asked, areas[:1])
    return str(person)


def with_new_code(server: LiveServer, who: Login) -> Login:
    """The same worker with a code for another phone, as the desk makes one."""
    return who | {"phone_code": server.suifang("phone", "code", who["username"])["code"]}


def new_liaison(server: LiveServer, area: str | None = None) -> Login:
    """A liaison of the township, or of another area, added as the station adds one, with a code for her phone."""
    area = area or server.demo["township"]
    who = {"username": f"linqing{area[-2:]}", "password": "peach-blossom-7"}
    asked = ("--name", "林青", "--role", "liaison", "--area", area, "--password", who["password"])
    server.suifang("worker", "add", who["username"], *asked)
    return with_new_code(server, who)


def empty_township(server: LiveServer) -> str:
    """The code of a township with one village, 柳林村, where nobody is known yet."""
    places = [("990131102", "柳林镇", 2), ("990131102201", "柳林村", 1)]
    with sqlite3.connect(server.data / "suifang.db") as database:
        database.executemany("insert into area (code, name, position) values (?, ?, ?)", places)
    return places[0][0]


def agreed(data: Path, areas: Sequence[str], *purposes: str) -> str:
    """The id of a grown woman in the first of these villages who agreed to all of these purposes."""
    said = "and exists (select 1 from consent c where c.person = p.id and c.purpose = ? and c.decision = 'given')"
    asked = f"""select p.id from person p where p.area = ? and p.sex = 'f' and p.residence = 'resident'
        and p.merged_into is null and p.birth between '1980' and '2000' {said * len(purposes)} order by p.id limit 1"""
    with sqlite3.connect(data / "suifang.db") as database:
        [(person,)] = database.execute(asked, (areas[0], *purposes))
    return str(person)
