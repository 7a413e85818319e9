"""Receiving: a letter from another server is taken in once; the station acknowledges or declines, and answers."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from server import audit
from server.clock import day_of
from server.errors import AppError, BadInput, NotFound
from server.models import Area, Peer, Transfer
from server.models.area import county_of
from server.transfers import content, filing, letters, terms
from server.transfers.letters import BadLetter, Letter
from server.transfers.sending import still_agreed
from server.transfers.terms import NotOpen

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ANSWERS = ("acknowledged", "declined")


class TakenBack(AppError):
    """She withdrew her word meanwhile, or its days are over; the content is gone."""

    code, status, message = "transfer_taken_back", 409, "她收回了，或者过期了 It was taken back or is over"


def take(session: Session, data: bytes, township: str, actor: str, now: int) -> Transfer:
    """Read a letter and do what it says; a repeat changes nothing. `township`: of who brings it. Raises BadLetter, NotFound."""
    letter = letters.read(session, data)
    row = _TAKE[letter.kind](session, letter, township, now)
    audit.note(
        session, f"transfer.take_{letter.kind}", None, {"transfer": letter.id}, now=now, actor=actor, place=township
    )
    return row


def answer(session: Session, row: Transfer, decision: str, reason: str, actor: str, now: int) -> None:
    """Acknowledge or decline; a declined one's content goes. Raises BadInput (reason_missing), NotOpen, TakenBack (committed)."""
    if row.side != "in" or row.state != "sent":
        raise NotOpen
    if decision == "declined" and not reason:
        raise BadInput("写一句为什么 Say why", code="reason_missing")
    for one in filter(None, (row, session.get(Transfer, (row.id, "out")) if row.peer is None else None)):
        one.state, one.answered_at, one.answered_by, one.reason = decision, now, actor, reason or None
        if decision == "declined" and one.side == "in":
            one.content = None
        detail = {"transfer": row.id, "decision": decision}
        audit.note(session, "transfer.answer", one.person, detail, now=now, actor=actor, place=one.township)


def expire(session: Session, row: Transfer, now: int) -> bool:
    """Take the content of an open one away when her word does not stand any more; says whether it did."""
    if row.side != "in" or row.state != "sent":
        return False
    out = session.get(Transfer, (row.id, "out")) if row.peer is None else None
    stands = still_agreed(session, out, now) if out else row.expires_on >= day_of(now).isoformat()
    if stands:
        return False
    for one in filter(None, (row, out)):
        one.state, one.content, one.answered_at = "revoked", None, now
    return True


def answer_letter(session: Session, row: Transfer) -> bytes:
    """The answer as a file for the server that sent it. Raises NotFound."""
    peer = session.get(Peer, row.peer) if row.peer and row.side == "in" and row.state in ANSWERS else None
    if peer is None:
        raise NotFound
    return letters.write("answer", row.id, peer, {"decision": row.state, "reason": row.reason or ""})


def _transfer(session: Session, letter: Letter, township: str, now: int) -> Transfer:
    told = _checked(letter.told)
    held = session.get(Transfer, (letter.id, "in"))
    if held is not None and held.peer == letter.peer.id:
        return held
    if held is not None or told["to"] != township or session.get(Area, township) is None:
        raise BadLetter("这是给别的服务站的 This is for another station", code="not_for_us")
    over = told["expires_on"] < day_of(now).isoformat()
    row = Transfer(
        id=letter.id, side="in", county=county_of(township), township=township, other=told["from"]["code"],
        other_name=told["from"]["name"], peer=letter.peer.id, person=None, items=told["items"], urgent=told["urgent"],
        content=None if over else told["bundle"], state="revoked" if over else "sent", asked_at=now, sent_at=now,
        due_on=told["due_on"], expires_on=min(told["expires_on"], terms.day("open", now)),
    )  # fmt: skip
    session.add(row)
    return row


def _answer(session: Session, letter: Letter, township: str, now: int) -> Transfer:
    row = _mine(session, letter, "out")
    decision, reason = letter.told.get("decision"), letter.told.get("reason")
    if decision not in ANSWERS or not isinstance(reason, str) or row.township != township:
        raise BadLetter("文件读不全 The file is broken")
    if row.state in ("sent", "waiting"):
        row.state, row.answered_at, row.reason = decision, now, reason[:200] or None
    return row


def _revocation(session: Session, letter: Letter, township: str, now: int) -> Transfer:
    row = _mine(session, letter, "in")
    if row.state != "revoked":
        filing.unfile(session, row, now)
        row.state, row.content, row.answered_at = "revoked", None, now
    return row


def _mine(session: Session, letter: Letter, side: str) -> Transfer:
    row = session.get(Transfer, (letter.id, side))
    if row is None or row.peer != letter.peer.id:
        raise NotFound("这里没有这一次 There is no such transfer here", code="unknown_transfer")
    return row


_TAKE = {"transfer": _transfer, "answer": _answer, "revocation": _revocation}


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    """The shape of what another server says; it may be of another version."""
    try:
        good = (
            isinstance(told["to"], str)
            and all(isinstance(told["from"][name], str) and len(told["from"][name]) <= 80 for name in ("code", "name"))
            and len(told["from"]["code"]) == letters.TOWNSHIP
            and set(told["items"]) <= terms.items().keys()
            and isinstance(told["urgent"], bool)
            and all(DAY.fullmatch(told[name]) for name in ("due_on", "expires_on"))
            and told["bundle"]["resourceType"] == "Bundle"
            and told["bundle"]["entry"][0]["resource"]["resourceType"] == "Patient"
            and isinstance(content.name_of(told["bundle"]), str)
            and all(_readable(line) for line in content.lines(told["bundle"], clinical=True))
        )
    except (KeyError, IndexError, TypeError, AttributeError):
        good = False
    if not good:
        raise BadLetter("文件读不全 The file is broken")
    return told


def _readable(line: dict[str, Any]) -> bool:
    said = [one[name] for one in line["answers"] for name in ("zh", "key", "value")]
    return all(isinstance(text, str) for text in (line["form"], line["zh"], line["on"], *said))
