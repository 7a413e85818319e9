"""Push: a batch of events from one store, answered one by one in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from server import audit
from server.cards import hearing
from server.clock import day_of
from server.errors import TooLarge
from server.extensions import db, writing
from server.ids import b64
from server.sync import asking, epoch, scope, stores
from server.sync.append import book
from server.sync.intake import Answer, Setting, take_in
from server.sync.item import Item, read
from server.sync.stores import Held
from server.sync.taking import look_over

MOST = 500
Standing: TypeAlias = Callable[[str, str], str]  # (role, area) → now, once or never


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push whose envelope was checked. Times in ms.

    If the phone says so: `clk`, its clock now; `unsent`, how many events wait behind this batch.
    """

    device: str
    store: str
    now: int
    events: Sequence[Any]
    clk: str | None = None
    unsent: int | None = None


def push(worker: str, county: str, given: Pushed, now: int) -> dict[str, Any]:
    """Take a batch in; answers the wire's `{epoch, now, have, missing, backed_up, results}` after the commit.

    Raises WrongStore, PhoneRevoked, TooLarge (over 500 events).
    """
    if len(given.events) > MOST:
        raise TooLarge
    life = epoch.current()
    items = [read(raw) for raw in given.events]
    place = look_at(items, worker, given.store, now) or county
    with writing() as session:
        held = stores.find(session, worker, county, given.device, given.store, lock=True)
        held.unsent = given.unsent
        stores.measure(held, given.clk, given.now, items, now)
        answered = settle(session, held, items, place, now)
    hearing.hear(items, held.county, now)
    return {"epoch": life, **answered}


def look_at(items: Sequence[Item], worker: str, store: str, now: int) -> str | None:
    """Everything that needs no lock, before the transaction. Answers an area that she may speak of, if there is one."""
    rules, today, standing = book(), day_of(now).isoformat(), _standing(db.session(), worker)
    look_over(rules, items, today)
    for item in items:
        _vouch(item, worker, store, standing)
    return next((item.area for item in items if item.fault is None), None)


def settle(
    session: Session, held: Held, items: Sequence[Item], place: str, now: int, action: str = "push"
) -> dict[str, Any]:
    """Take items into a locked store; answers the wire's `{now, have, missing, backed_up, results, audit}`.

    `place` and `action` name the row in the audit log.
    """
    today = day_of(now).isoformat()
    answers = take_in(session, Setting(held.county, book(), now, today, held.offsets), items).answers
    missing = stores.count(session, held, items)
    stores.keep(session, held, now)
    n, h = _write_down(session, held, action, answers, place, now)
    runs = [[len(list(same)), *_spoken(answer)] for answer, same in groupby(answers)]
    return {
        "now": now, "have": held.have, "missing": missing, "backed_up": held.backed_up, "results": runs,
        "audit": [n, b64(h[:8])],
    }  # fmt: skip


def _spoken(answer: Answer) -> list[str]:
    return [part for part in answer if part is not None]


def _standing(session: Session, worker: str) -> Standing:
    """In which role she may, or once might, write where: what was written under a lost grant is still taken."""
    grants = [(role, area, end is None) for role, area, end in asking.driven(session, asking.GRANTS, worker=worker)]

    @cache
    def standing(role: str, area: str) -> str:
        if not scope.covers([(held, code) for held, code, _ in grants], role, area):
            return "never"
        return "now" if scope.covers([(held, code) for held, code, live in grants if live], role, area) else "once"

    return standing


def _vouch(item: Item, worker: str, store: str, standing: Standing) -> None:
    """Is it hers to say? Another's store or name parks; a grant that is gone only flags."""
    if item.fault is not None:
        return
    if item.store != store:
        item.fault = "wrong_store"
    elif item.actor != worker:
        item.fault = "wrong_actor"
    elif (granted := standing(item.role, item.area)) == "never":
        item.fault = "not_writer"
    elif granted == "once":
        item.flags.insert(0, "late_grant")


def _write_down(
    session: Session, held: Held, action: str, answers: Sequence[Answer], place: str, now: int
) -> tuple[int, bytes]:
    """One audit row a push: how many of what. Answers the log's head, for the phone to keep as a witness."""
    counts: dict[str, int] = {}
    for code, _ in answers:
        counts[code] = counts.get(code, 0) + 1
    audit.note(session, action, held.id, counts, now=now, actor=held.worker, phone=held.device, place=place)
    return audit.head(session, place)
