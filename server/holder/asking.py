"""What is asked from the public page lands in the desk's inbox with a due day; a person answers, nothing happens by itself.

Without a code nobody is known: a telephone, a card number or a name that was typed may be anybody's. So a report of a lost
card takes no card out of force, and the answer never says whether a number exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server import attempts, audit
from server.errors import NotFound, SlowDown
from server.extensions import writing
from server.holder import codes, terms
from server.ids import new_id
from server.models import Area, HolderRequest
from server.models.area import county_of, township_of
from server.models.sealed import app_keys

BY_ANYBODY = ("call_back", "card_lost", "complaint")
BY_CODE = ("read", "carry", "correct", "delete")
DAY_MS = 86_400_000
PER_ADDRESS = 10
MOST_WAITING = 50  # of a township, by anybody: what else waits at the desk must stay in sight
MOST_HERS = 12
LATER_S = 3600


def ask(given: Mapping[str, Any], address: str, now: int) -> dict[str, str]:
    """Take down what anybody asks a township's station: {due_on}. Raises NotFound, SlowDown."""
    with writing() as session:
        attempts.count_try(session, attempts.by_address(app_keys(), "holder.ask", address, PER_ADDRESS), now)
    with writing() as session:
        _tidy(session, now)
        place = session.get(Area, given["township"])
        if place is None:
            raise NotFound
        if _waiting(session, place.code) >= MOST_WAITING:
            raise SlowDown(retry_after=LATER_S)
        return _add(session, place.code, None, given, now)


def ask_by_code(token: str, given: Mapping[str, Any], now: int) -> dict[str, str]:
    """Take down what she asks of her own record: {due_on}. The same wish twice is one. Raises VisitOver, SlowDown."""
    with writing() as session:
        her = codes.visitor(session, token, now)
        open_ones = select(HolderRequest).where(
            HolderRequest.county == her.county, HolderRequest.person == her.id, HolderRequest.decision.is_(None)
        )
        held = session.scalars(open_ones).all()
        again = [row for row in held if row.kind == given["kind"] and row.words == given.get("words")]
        if again:
            return {"due_on": again[0].due_on}
        if len(held) >= MOST_HERS:
            raise SlowDown(retry_after=LATER_S)
        audit.note(session, "holder.ask", her.id, {"kind": given["kind"]}, now=now, actor=her.id, place=her.area)
        return _add(session, township_of(her.area), her.id, given, now)


def _add(session: Session, township: str, person: str | None, given: Mapping[str, Any], now: int) -> dict[str, str]:
    due_on = terms.due_on(given["kind"], now)
    words = {name: given.get(name) or None for name in ("phone", "words", "number")}
    session.add(
        HolderRequest(
            county=county_of(township), id=new_id(), township=township, kind=given["kind"], person=person,
            asked_at=now, due_on=due_on, **words,
        )
    )  # fmt: skip
    return {"due_on": due_on}


def _waiting(session: Session, township: str) -> int:
    open_ones = select(func.count()).where(
        HolderRequest.township == township, HolderRequest.person.is_(None), HolderRequest.decision.is_(None)
    )
    return session.scalar(open_ones) or 0


def _tidy(session: Session, now: int) -> None:
    """What was dealt with long ago goes."""
    session.execute(delete(HolderRequest).where(HolderRequest.decided_at < now - terms.days("kept") * DAY_MS))
