"""What was asked from the public page, in the desk's inbox: who, by when, and what to be careful of is said beside it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from server.auth import Who
from server.desk.scope import townships
from server.errors import BadInput
from server.models import HolderRequest

DONE, UNDO = "done", "undo"


def of(who: Who) -> Any:
    """Requests to her townships."""
    return select(HolderRequest).where(HolderRequest.county == who.county, HolderRequest.township.in_(townships(who)))


def subject(row: HolderRequest) -> dict[str, str] | None:
    """Who asked with a code; nobody is known otherwise."""
    return {"type": "person", "id": row.person, "name": ""} if row.person else None


def told(row: HolderRequest) -> dict[str, str | None]:
    """{due_on, phone, words, number} as they were typed."""
    return {"due_on": row.due_on, "phone": row.phone, "words": row.words, "number": row.number}


def decide(row: HolderRequest, actor: str, choice: str, now: int) -> str | None:
    """`done`: somebody answered; `undo` opens it again. Raises BadInput (wrong_choice, not_decided)."""
    if choice not in (DONE, UNDO):
        raise BadInput(f"这里不能选 {choice} That cannot be chosen here", code="wrong_choice")
    if choice == UNDO and row.decision is None:
        raise BadInput("没有可以撤回的决定 There is no decision to take back", code="not_decided")
    done = choice == DONE
    row.decision, row.decided_by, row.decided_at = (DONE, actor, now) if done else (None, None, None)
    return row.decision
