"""Two entries for one woman become one, by an alias; it can be taken back. Events keep the id they were written under."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.errors import BadInput, NotFound
from server.models import Person, Record
from server.sync import asking, consenting, hiding, moving
from server.sync.append import book
from server.sync.feeds import Feeds, Key, with_feeds
from server.sync.scope import Home
from server.sync.world import World

_RECORD = Record.__table__
_SHOWN = (
    select(_RECORD)
    .where(
        _RECORD.c.county == asking.COUNTY, _RECORD.c.person.in_(bindparam("family", expanding=True)), _RECORD.c.shown
    )
    .order_by(_RECORD.c.id)
)
_PERSONS = select(Person).where(Person.county == asking.COUNTY, Person.id.in_(bindparam("persons", expanding=True)))


def merge(session: Session, county: str, dropped: str, kept: str, *, now: int) -> None:
    """`dropped` is `kept` from now on. Raises NotFound, or BadInput same_person when they are one already."""

    def work(feeds: Feeds) -> None:
        world, one = _both(session, feeds, county, dropped, kept, now)
        if _root(world, dropped).id == _root(world, kept).id:
            raise BadInput("已经是同一个人 They are one person already", code="same_person")
        one.merged_into = kept
        _tell(world, "merge", dropped, kept, _root(world, dropped), _root(world, kept))
        world.homes[dropped].merged_into = kept
        _settle(world, [_root(world, kept).id])

    with_feeds(session, county, set(), work)


def unmerge(session: Session, county: str, dropped: str, kept: str, *, now: int) -> None:
    """Take a merge back. Raises NotFound, or BadInput not_merged."""

    def work(feeds: Feeds) -> None:
        world, one = _both(session, feeds, county, dropped, kept, now)
        if one.merged_into != kept:
            raise BadInput("没有合并过 They were not merged", code="not_merged")
        one.merged_into = None
        _tell(world, "unmerge", dropped, kept, _root(world, kept), world.homes[dropped])
        world.homes[dropped].merged_into = None
        _tell_again(world, one)
        _settle(world, [_root(world, kept).id, dropped])

    with_feeds(session, county, set(), work)


def _both(session: Session, feeds: Feeds, county: str, dropped: str, kept: str, now: int) -> tuple[World, Person]:
    world = World(session, feeds, county, book(), now, day_of(now).isoformat())
    world.meet([dropped, kept], ())
    found = {p.id: p for p in session.scalars(_PERSONS, {"county": county, "persons": [dropped, kept]})}
    if len(found) != 2 or any(person.erased_at for person in found.values()):
        raise NotFound("没有这个人 There is no such person", code="unknown_person")
    return world, found[dropped]


def _root(world: World, person: str) -> Home:
    home = world.root(person)
    assert home is not None
    return home


def _tell(world: World, kind: str, dropped: str, kept: str, before: Home, after: Home) -> None:
    """The alias goes to the feeds of both; her rows follow from where they were read to where they are read now."""
    gone, come = (
        [p for p in before.places if p not in after.places],
        [p for p in after.places if p not in before.places],
    )
    world.feeds.need({(place, "common") for place in [*before.places, *after.places]})
    body = {"from": dropped, "to": kept}
    world.emit(kind, body, {(p, "common") for p in [*before.places, *after.places]}, area=after.area, person=dropped)
    world.flush()
    family = sorted(consenting.members(world, [dropped]))
    moving.leave_doors(world, moving.doors_of(world, [before.id]))
    for place in gone:
        hiding.leave(world, (place, "common"), family, {"to": after.area})
    if before.area != after.area:
        hiding.leave(world, (before.area, "clinical"), family, {"to": after.area})
    keys = {(place, "common") for place in come}
    moving.tell_aliases(world, family, keys)
    if before.area != after.area:
        keys.add((after.area, "clinical"))
    if keys:
        _follow(world, dropped, family, after, keys)


def _follow(world: World, dropped: str, family: Sequence[str], after: Home, keys: set[Key]) -> None:
    """Reveal the rows of her and of everyone merged into her in feeds that did not speak of them."""
    found = asking.ask(world.session, _SHOWN, county=world.county, family=list(family))
    rows = [dict(row._mapping) for row in found]
    world.records.update({row["id"]: row for row in rows})
    was = world.homes[dropped]
    world.homes[dropped] = Home(dropped, after.area, after.household, after.residence)
    consenting.reveal(world, dropped, rows, only=keys)
    world.homes[dropped] = was


def _tell_again(world: World, person: Person) -> None:
    """She stands for herself again: all her fields, for readers who were never told or have thrown them away."""
    moving.introduce(world, person, {(place, "common") for place in world.homes[person.id].places})


def _settle(world: World, roots: list[str]) -> None:
    """What either of them said about consent now counts for both, or for each alone again."""
    world.flush()
    consenting.recall(world, roots)
    for root in roots:
        consenting.say_anew(world, root)
    consenting.settle(world)
    world.flush()
