"""The people whom tests speak of, by what they do: their logins come with the demo township."""

from __future__ import annotations

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


def with_new_code(server: LiveServer, who: Login) -> Login:
    """The same worker with a code for another phone, as the desk makes one."""
    return who | {"phone_code": server.suifang("phone", "code", who["username"])["code"]}


def new_liaison(server: LiveServer) -> Login:
    """A liaison of the township, added as the station adds one, with a code for her phone."""
    who = {"username": "linqing", "password": "peach-blossom-7"}
    asked = ("--name", "林青", "--role", "liaison", "--area", server.demo["township"], "--password", who["password"])
    server.suifang("worker", "add", who["username"], *asked)
    return with_new_code(server, who)
