"""Where a signed-in desk worker may look."""

from __future__ import annotations

from server.auth import Who
from server.errors import Forbidden, NotFound
from server.models.area import township_of


def townships(who: Who) -> list[str]:
    """The townships whose persons she may see: those of her station grants."""
    return sorted({township_of(area) for area in who.areas("station")})


def township(who: Who, asked: str | None) -> str:
    """The township she means; her only one when she names none. Raises NotFound for one that is not hers."""
    mine = townships(who)
    if asked is None and mine:
        return mine[0]
    if asked is None or township_of(asked) not in mine or len(asked) < 9:
        raise NotFound
    return township_of(asked)


def clinic(who: Who, asked: str | None) -> str:
    """The township in which she may see who received a service: of her station or technician grants. Raises NotFound."""
    mine = sorted({township_of(area) for role in ("station", "technician") for area in who.areas(role)})
    home = township_of(asked) if asked else mine[0] if mine else ""
    if home not in mine:
        raise NotFound
    return home


def check_area(who: Who, asked: str) -> str:
    """An area whose figures she may see. Raises Forbidden (not_your_area, leaves_station)."""
    if not any(asked.startswith(area) for area in who.areas()):
        raise Forbidden("这个区划不在您的范围内 This area is not yours", code="not_your_area")
    if not counts(who, asked):
        raise Forbidden("村级数不出站 The figures of one village stay at the station", code="leaves_station")
    return asked


def counts(who: Who, area: str) -> bool:
    """Whether the figures of an area of hers are for her: a village's only at its station or for who is granted that
    village, since villages taken from their township give away what its small counts hide."""
    return len(area) <= 9 or area in who.areas() or township_of(area) in townships(who)
