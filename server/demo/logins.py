"""The demo's logins, kept beside its database so that each start can print them. Invented data, so in the clear.

A registration code works once and for a day: each start prints one that still works for every worker who has no phone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import devices
from server.demo.load import Login
from server.models import Phone, Worker

FILE = "demo.json"
WITH_PHONE = ("director", "technician", "liaison")
SOON_MS = 3_600_000
ROLES = {"director": "村妇女主任 director", "technician": "技术员 technician", "station": "镇服务站 station",
         "county": "县级 county", "liaison": "流动人口协管员 liaison"}  # fmt: skip


def path_in(data: Path) -> Path:
    return data / FILE


def first(logins: Iterable[Login]) -> list[dict[str, Any]]:
    """The logins of a township just loaded, without codes."""
    return [
        {"role": login.part.role, "username": login.part.username, "password": login.password,
         "name": login.part.name, "areas": list(login.areas), "worker": login.worker, "phone_code": None,
         "phone_code_expires": 0}
        for login in logins
    ]  # fmt: skip


def read(data: Path) -> list[dict[str, Any]]:
    """The logins of a demo data folder; none when it is no demo."""
    path = path_in(data)
    if not path.exists():
        return []
    found = json.loads(path.read_text("utf-8"))
    assert isinstance(found, list)
    return found


def write(data: Path, logins: list[dict[str, Any]]) -> None:
    """Keep them, readable by the server's user alone."""
    handle = os.open(path_in(data), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(logins, file, ensure_ascii=False, indent=1)


def with_codes(session: Session, logins: list[dict[str, Any]], now: int) -> list[dict[str, Any]]:
    """The logins, each with a code that works: none for who has a phone, the old one while it lasts, else a new one."""
    for login in logins:
        worker = session.get(Worker, login["worker"])
        if worker is None or not worker.is_active or login["role"] not in WITH_PHONE:
            continue
        if session.scalar(select(Phone.id).where(Phone.worker_id == worker.id).limit(1)):
            login |= {"phone_code": None, "phone_code_expires": 0}
        elif not login["phone_code"] or login["phone_code_expires"] < now + SOON_MS:
            slip = devices.make_code(session, worker, now)
            login |= {"phone_code": slip.code, "phone_code_expires": slip.expires_at}
    return logins


def in_words(logins: list[dict[str, Any]]) -> str:
    """A table for a terminal."""
    lines = ["演示登录（数据是编的） Demo logins, invented data:"]
    for login in logins:
        code = f"  手机注册码 phone code {login['phone_code']}" if login["phone_code"] else ""
        lines.append(f"  {login['username']:<10} {login['password']:<14} {ROLES[login['role']]}{code}")
    return "\n".join(lines)
