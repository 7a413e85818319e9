"""A file with sealed outbox rows, carried to the station by hand: each parcel goes the way of a delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from server import audit
from server.auth import Who
from server.errors import BadInput, NotFound
from server.ids import unb64
from server.sync import delivering
from server.sync.unpacking import parse


@dataclass(frozen=True)
class Taken:
    """How many rows became records (or were there already), and how many wait for a person."""

    taken: int
    parked: int


def take_in(who: Who, parcels: Sequence[dict[str, str]], now: int) -> Taken:
    """Take parcels {phone, store, signature, body} in. Raises BadSignature, UnknownPhone, WrongStore, NotFound, BadInput."""
    codes = [code for parcel in parcels for code in _deliver(who, parcel, now)]
    parked = sum(code in ("parked", "fork") for code in codes)
    return Taken(len(codes) - parked, parked)


def note(session: Session, who: Who, taken: Taken, place: str, now: int) -> None:
    """That a file was taken in, and how much was in it."""
    detail = {"taken": taken.taken, "parked": taken.parked}
    audit.note(session, "phone.parcel", None, detail, now=now, actor=who.id, place=place)


def _deliver(who: Who, parcel: dict[str, str], now: int) -> list[str]:
    try:
        body = unb64(parcel["body"])
        given = parse(body)
        rows = given["rows"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("文件不完整 The file is not whole", code="bad_shape") from error
    sender = delivering.check(parcel["phone"], parcel["store"], parcel["signature"], body)
    if sender.county != who.county or not isinstance(rows, list):
        raise NotFound
    answered: dict[str, Any] = delivering.deliver(sender, delivering.Delivered(rows), now)
    return [run[1] for run in answered["results"] for _ in range(run[0])]
