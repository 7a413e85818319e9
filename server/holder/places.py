"""What anybody may know: which townships there are, where a station is, its villages, and what is promised."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.errors import NotFound
from server.holder import terms
from server.models import Area, StationFace

TOWNSHIP = 9
FACE = ("address", "phone", "hours")


def townships(session: Session) -> list[dict[str, str]]:
    """[{code, name}] in the order of codes."""
    asked = select(Area.code, Area.name).where(func.length(Area.code) == TOWNSHIP).order_by(Area.code)
    return [{"code": code, "name": name} for code, name in session.execute(asked)]


def township(session: Session, code: str) -> dict[str, Any]:
    """{code, name, face, villages, promises} of one township. Raises NotFound."""
    place = session.get(Area, code) if len(code) == TOWNSHIP else None
    if place is None:
        raise NotFound
    inside = select(Area.code, Area.name).where(Area.code.startswith(code), func.length(Area.code) > TOWNSHIP)
    villages = [{"code": row[0], "name": row[1]} for row in session.execute(inside.order_by(Area.position, Area.code))]
    return {
        "code": code, "name": place.name, "face": face(session, code), "villages": villages,
        "promises": terms.promises(),
    }  # fmt: skip


def face(session: Session, code: str) -> dict[str, str]:
    """{address, phone, hours}; empty where the station has not said yet."""
    row = session.get(StationFace, code)
    return {name: getattr(row, name) if row else "" for name in FACE}


def tell(session: Session, code: str, given: dict[str, str], actor: str, now: int) -> None:
    """The station says where it is; everybody may read it from then on."""
    row = session.get(StationFace, code) or StationFace(township=code)
    for name in FACE:
        setattr(row, name, given[name])
    row.changed_at, row.changed_by = now, actor
    session.add(row)
    audit.note(session, "station.face", None, dict(given), now=now, actor=actor, place=code)
