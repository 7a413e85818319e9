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


def check_area(who: Who, asked: str) -> str:
    """An area whose figures she may see: hers or below it; every worker may see her own. Raises Forbidden."""
    if not any(asked.startswith(area) for area in who.areas()):
        raise Forbidden("这个区划不在您的范围内 This area is not yours", code="not_your_area")
    return asked
