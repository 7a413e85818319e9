"""`suifang worker …` and `suifang phone …`."""

from __future__ import annotations

from typing import Any

import click

from server import accounts, clock, devices, passwords
from server.commands.door import Door, verb
from server.extensions import db, writing
from server.models.worker import ROLES

EVERYWHERE = [""]
ANY_PASSWORD = "新密码，默认随机  The password (default: a random one is printed)."  # noqa: S105 (help text)


@click.group()
def worker() -> None:
    """工作人员。Workers: add, list, disable, give a new password."""


@worker.command()
@click.argument("username")
@click.option("--name", required=True, help="姓名  Her name.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="角色  Her role.")
@click.option("--area", "areas", multiple=True, required=True, metavar="CODE", help="区划，可重复  Her areas.")
@click.option("--password", help=ANY_PASSWORD)
@verb
def add(door: Door, username: str, name: str, role: str, areas: tuple[str, ...], password: str | None) -> None:
    """添加。Add a worker: a director has villages (12 digits), a county reader a county (6), the rest a township (9).

    Codes of refusal: name_taken, weak_password, wrong_area.
    """
    chosen = password or passwords.new_password()
    with door.app(), writing() as session:
        grants = [(role, area) for area in areas]
        made = accounts.add_worker(session, username, name, grants, chosen, clock.now_ms())
        shown = _with_password(made.id, username, chosen, given=password is not None)
    door.answer(shown, _told(shown))


def _with_password(worker_id: str, username: str, password: str, *, given: bool) -> dict[str, Any]:
    """A password that was given is not repeated."""
    return {"id": worker_id, "username": username} | ({} if given else {"password": password})


def _told(shown: dict[str, Any]) -> str:
    new = f"  密码 password: {shown['password']}" if "password" in shown else ""
    return f"{shown['username']}{new}"


@worker.command("list")
@click.option("--area", default="", metavar="CODE", help="只看这个区划  Within this area only.")
@verb
def list_workers(door: Door, area: str) -> None:
    """列出。List workers with their roles and areas, the disabled ones too.

    Nobody is ranked and no position is kept: the list says who may work where.
    """
    with door.app():
        session = db.session()
        found = [accounts.show(session, one) for one in accounts.workers_of(session, [area])]
    door.answer({"workers": found}, "\n".join(_line(one) for one in found) or "没有人 Nobody")


def _line(shown: dict[str, Any]) -> str:
    areas = "、".join(area["name"] for area in shown["areas"])
    state = "  已停用 disabled" if shown["disabled_at"] else ""
    return f"{shown['username']:<14} {shown['role']:<11} {shown['name']}  {areas}{state}"


@worker.command()
@click.argument("username")
@verb
def disable(door: Door, username: str) -> None:
    """停用。Close an account and end its sessions; what she recorded stays hers. Free to repeat. Code: unknown_worker."""
    with door.app(), writing() as session:
        found = accounts.find_worker(session, username)
        accounts.disable_worker(session, found, clock.now_ms())
        shown = {"id": found.id, "username": username, "disabled_at": found.disabled_at}
    door.answer(shown, f"{username} 已停用 disabled")


@worker.command("reset-password")
@click.argument("username")
@click.option("--password", help=ANY_PASSWORD)
@verb
def reset_password(door: Door, username: str, password: str | None) -> None:
    """新密码。Give a worker a new password and end her sessions. Codes: unknown_worker, weak_password."""
    chosen = password or passwords.new_password()
    with door.app(), writing() as session:
        found = accounts.find_worker(session, username)
        accounts.reset_password(session, found, chosen, clock.now_ms())
        shown = _with_password(found.id, username, chosen, given=password is not None)
    door.answer(shown, _told(shown))


@click.group()
def phone() -> None:
    """手机。Phones: one-time registration codes, list, revoke."""


@phone.command()
@click.argument("username")
@verb
def code(door: Door, username: str) -> None:
    """注册码。Make a one-time code with which this worker registers a phone; it works once and for a day.

    Her older unused codes stop working. The fingerprint is that of the server's keys: it stands on the phone, too.
    Codes of refusal: unknown_worker, worker_disabled.
    """
    with door.app(), writing() as session:
        slip = devices.make_code(session, accounts.find_worker(session, username), clock.now_ms())
    shown = {"code": slip.code, "worker": slip.worker, "expires_at": slip.expires_at, "fingerprint": slip.fingerprint}
    door.answer(shown, f"{slip.code}  一天内有效，用一次 works once, for a day  指纹 fingerprint {slip.fingerprint}")


@phone.command("list")
@verb
def list_phones(door: Door) -> None:
    """列出。List phones, newest first, each with its worker, its state and what it said was still unsent at its last contact.

    `backed_up` is the highest number of a phone's events that is known to lie in a checked backup.
    """
    with door.app():
        found = devices.phones_of(db.session(), EVERYWHERE)
    lines = [f"{one['id']}  {one['state']:<9} {one['worker']['name']}  {one['label']}" for one in found]
    door.answer({"phones": found}, "\n".join(lines) or "没有手机 No phone")


@phone.command()
@click.argument("phone_id", metavar="PHONE")
@click.option("--state", type=click.Choice(["lost", "retired", "suspended"]), default="lost", show_default=True,
              help="状态  Why: lost phones wipe themselves at the next contact.")  # fmt: skip
@verb
def revoke(door: Door, phone_id: str, state: str) -> None:
    """停用手机。Revoke a phone: its next contact delivers what it still holds, then it is told to wipe. Code: not_found."""
    with door.app(), writing() as session:
        found = devices.find_phone(session, phone_id)
        devices.change_state(session, found, state, clock.now_ms())
    door.answer({"id": phone_id, "state": state}, f"{phone_id} {state}")
