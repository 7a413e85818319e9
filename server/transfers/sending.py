"""Sending: where to, exactly what, her word for it; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.clock import day_of
from server.errors import AppError, BadInput, NotFound
from server.ids import new_id
from server.models import Area, Consent, Peer, Person, Transfer
from server.models.area import county_of, township_of
from server.rules.book import Book
from server.sync.append import write_events
from server.transfers import content, filing, letters, terms
from server.transfers.terms import NotOpen

OPEN = ("waiting", "sent")
PURPOSE = "transfer"


class ContentChanged(AppError):
    """What would go is not what she saw."""

    code, status = "content_changed", 409
    message = "内容变了，请她再看一次 It changed; let her see it again"


def destinations(session: Session, own: str) -> list[dict[str, Any]]:
    """[{code, name, server}] of all townships that a record may go to; `server` is null for this one."""
    here = select(Area.code, Area.name).where(func.length(Area.code) == len(own), Area.code != own).order_by(Area.code)
    mine = [{"code": code, "name": name, "server": None} for code, name in session.execute(here)]
    peers = session.scalars(select(Peer).order_by(Peer.name, Peer.id))
    return mine + [{**place, "server": peer.id} for peer in peers for place in peer.townships]


def preview(session: Session, book: Book, her: Person, items: Sequence[str]) -> tuple[content.Bundle, str]:
    """What would go, and its digest. Raises BadInput (nothing_picked)."""
    if not items:
        raise BadInput("一样也没挑 Nothing is picked", code="nothing_picked")
    bundle = content.gather(session, book, her, sorted(set(items)))
    return bundle, content.digest(bundle)


def send(session: Session, book: Book, her: Person, given: dict[str, Any], actor: str, now: int) -> Transfer:
    """Her word, and what she saw, on its way. Between townships of this server both sides are written at once.

    `given`: {items, to, server, urgent, seen (digest), witness or signature}. Raises BadInput, NotFound, ContentChanged.
    """
    bundle, seen = preview(session, book, her, given["items"])
    if seen != given["seen"]:
        raise ContentChanged
    own = township_of(her.area)
    place = _place(session, own, given["to"], given["server"])
    _agree(session, book, her, given, actor, now)
    row = Transfer(
        id=new_id(), side="out", county=her.county, township=own, other=place["code"], other_name=place["name"],
        peer=given["server"], person=her.id, items=sorted(set(given["items"])), urgent=given["urgent"], content=bundle,
        state="waiting" if given["server"] else "sent", asked_at=now, sent_at=None if given["server"] else now,
        due_on=terms.day("urgent" if given["urgent"] else "normal", now), expires_on=terms.day("open", now),
    )  # fmt: skip
    session.add(row)
    if row.peer is None:
        session.add(_other_side(session, row))
        audit.note(session, "transfer.arrive", None, {"transfer": row.id}, now=now, actor=actor, place=row.other)
    _note(session, "transfer.send", row, actor, now)
    return row


def letter(session: Session, row: Transfer, actor: str, now: int) -> bytes:
    """The file for the other server; once she took it back or withdrew her word it says that alone. Raises NotFound."""
    peer = session.get(Peer, row.peer) if row.peer and row.side == "out" else None
    if peer is None:
        raise NotFound
    if row.state in OPEN and not _said_yes(session, row):
        row.state, row.content, row.answered_at = "revoked", None, now
        _note(session, "transfer.revoke", row, actor, now)
    if row.state == "revoked":
        return letters.write("revocation", row.id, peer, {})
    if row.content is None:
        raise NotFound
    if row.state == "waiting":
        row.state, row.sent_at = "sent", now
    _note(session, "transfer.fetch", row, actor, now)
    own = session.get_one(Area, row.township)
    told = {
        "from": {"code": row.township, "name": own.name}, "to": row.other, "items": row.items, "urgent": row.urgent,
        "due_on": row.due_on, "expires_on": row.expires_on, "bundle": row.content,
    }  # fmt: skip
    return letters.write("transfer", row.id, peer, told)


def revoke(session: Session, row: Transfer, actor: str, now: int) -> None:
    """She (or the sender) takes it back: the content goes on both sides of this server; for another there is a file.

    What was acknowledged stands there already: what became records goes, too; the file asks another server to do the
    same. Raises NotOpen.
    """
    if row.side != "out" or row.state in ("declined", "revoked"):
        raise NotOpen
    for one in filter(None, (row, session.get(Transfer, (row.id, "in")))):
        filing.unfile(session, one, now)
        one.state, one.content, one.answered_at = "revoked", None, now
        _note(session, "transfer.revoke", one, actor, now)


def still_agreed(session: Session, row: Transfer, now: int) -> bool:
    """Whether her word for a transfer of this server stands and its days are not over."""
    return _said_yes(session, row) and row.expires_on >= day_of(now).isoformat()


def _said_yes(session: Session, row: Transfer) -> bool:
    said = session.get(Consent, (row.county, row.person, PURPOSE)) if row.person else None
    return said is not None and said.decision == "given"


def _place(session: Session, own: str, to: str, server: str | None) -> dict[str, Any]:
    for one in destinations(session, own):
        if (one["code"], one["server"]) == (to, server):
            return one
    raise NotFound("不知道这个去处 That place is not known", code="unknown_place")


def _agree(session: Session, book: Book, her: Person, given: dict[str, Any], actor: str, now: int) -> None:
    """Her word as a consent record: signed, or spoken before a witness, until the transfer's days are over."""
    signed = {"mode": "sign", "signature": given["signature"]} if given.get("signature") else None
    answers = {
        "purpose": PURPOSE, "decision": "given", "text_version": book.consent_texts[PURPOSE][-1]["version"],
        **(signed or {"mode": "oral_witness", "witness": given["witness"]}), "expires_on": terms.day("open", now),
    }  # fmt: skip
    draft = {
        "kind": "record", "schema": f"consent/{book.forms['consent']['version']}", "actor": actor, "role": "station",
        "area": her.area, "person": her.id, "body": {"occurred_on": day_of(now).isoformat(), "answers": answers},
    }  # fmt: skip
    write_events(session, her.county, [draft], "desk", now=now)


def _other_side(session: Session, row: Transfer) -> Transfer:
    own = session.get_one(Area, row.township)
    return Transfer(
        id=row.id, side="in", county=county_of(row.other), township=row.other, other=row.township, other_name=own.name,
        peer=None, person=None, items=row.items, urgent=row.urgent, content=row.content, state="sent",
        asked_at=row.asked_at, sent_at=row.sent_at, due_on=row.due_on, expires_on=row.expires_on,
    )  # fmt: skip


def _note(session: Session, action: str, row: Transfer, actor: str, now: int) -> None:
    audit.note(session, action, row.person, {"transfer": row.id}, now=now, actor=actor, place=row.township)
