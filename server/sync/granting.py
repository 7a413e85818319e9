"""Who works where: grants given and taken away, and told to the worker's phones in her own feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.models import Area, Grant, Transfer, Worker
from server.sync import journal, scope
from server.sync.append import book
from server.sync.feeds import Feeds, with_feeds
from server.sync.world import World


def grant(session: Session, worker: str, role: str, area: str, *, now: int) -> None:
    """Give a role in an area. Free to repeat."""
    if not _held(session, worker, role, area):
        session.add(Grant(worker_id=worker, role=role, area=area, granted_at=now))
        session.flush()
        announce(session, worker, now=now)


def revoke(session: Session, worker: str, role: str, area: str, *, now: int) -> None:
    """Take a role in an area away: her phones drop its feeds, and no restore gives it back. Free to repeat."""
    held = _held(session, worker, role, area)
    for row in held:
        row.revoked_at = now
    if held:
        session.flush()
        journal.remember(session, "revoked", worker=worker, role=role, area=area, at=now)
        announce(session, worker, now=now)


def _held(session: Session, worker: str, role: str, area: str) -> list[Grant]:
    mine = select(Grant).where(Grant.worker_id == worker, Grant.role == role, Grant.area == area)
    return list(session.scalars(mine.where(Grant.revoked_at.is_(None))))


def names(session: Session, county: str, ids: Collection[str]) -> dict[str, str]:
    """{id: name} of those of these workers who are in the county, whether they still work or not.

    Of what came with a woman who moved, the station that sent it.
    """
    asked = select(Worker.id, Worker.name).where(Worker.county == county, Worker.id.in_(ids))
    found = {row[0]: row[1] for row in session.execute(asked)}
    if len(found) == len(set(ids)):
        return found
    here = (Transfer.county == county) & (Transfer.side == "in") & Transfer.id.in_(set(ids) - found.keys())
    came = session.execute(select(Transfer.id, Transfer.other_name).where(here))
    return found | {row[0]: f"{row[1]}转来" for row in came}


def villages_of(session: Session, grants: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """[{code, name}] of the villages under a liaison's townships, in the register's order: none of their lists reaches
    her, and she still says where somebody lives. Empty for other roles, whose feeds name their villages."""
    towns = [area for role, area in grants if role == "liaison"]
    if not towns:
        return []
    under = or_(*(Area.code.startswith(town, autoescape=True) for town in towns))
    found = select(Area).where(func.length(Area.code) == scope.VILLAGE, under).order_by(Area.position, Area.code)
    return [{"code": area.code, "name": area.name} for area in session.scalars(found)]


def announce_villages(session: Session, township: str, *, now: int) -> None:
    """Tell the township's liaisons of its villages anew; call it when villages were added."""
    live = select(Grant.worker_id).where(Grant.role == "liaison", Grant.area == township, Grant.revoked_at.is_(None))
    for worker in session.scalars(live.distinct()).all():
        announce(session, worker, now=now)


def announce(session: Session, worker: str, *, now: int) -> None:
    """Write a `grant` row with all her areas into her own feed; call it after any change of her grants."""
    county = session.scalars(select(Worker.county).where(Worker.id == worker)).one()
    live = select(Grant.area, Area.name, Grant.role).join(Area, Area.code == Grant.area)
    held = session.execute(live.where(Grant.worker_id == worker, Grant.revoked_at.is_(None)).order_by(Grant.id)).all()
    areas = [{"code": code, "name": name, "role": role} for code, name, role in held]
    villages = villages_of(session, [(role, code) for code, _, role in held])
    body = {"worker": worker, "areas": areas} | ({"villages": villages} if villages else {})

    def work(feeds: Feeds) -> None:
        world = World(session, feeds, county, book(), now, day_of(now).isoformat())
        world.emit("grant", body, {scope.own(worker)})
        world.flush()

    with_feeds(session, county, {scope.own(worker)}, work)
