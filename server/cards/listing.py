"""The list that tells phones which card keys are good and which cards are not: signed, numbered, in the `ref` feed.

A row of kind `cards` carries `{list, sig}`. `list` is canonical JSON as text: `{n, at, host?, keys: [{kid, x, y,
not_before, not_after, state, distrust_from?}], cards: [...], sheets: [...]}`; days count from 1970, `cards` are the
first eight bytes of card ids and `sheets` four, base64url, sorted. `sig` is ECDSA P-256 with SHA-256 (r ‖ s, base64url)
by the deployment's sign key, which phones pin, over `suifang cards 1\\n` and the text. Each list is whole, and its number
only grows: a phone keeps the highest it has seen and refuses any other.
"""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.ids import b64, unb64
from server.models import Area, CardKey, CardList, CardRevocation
from server.models.area import county_of
from server.models.sealed import app_keys
from server.rules.digest import canonical
from server.sync import journal
from server.sync.append import book
from server.sync.feeds import Feeds, with_feeds
from server.sync.scope import REF
from server.sync.world import World

COUNTY = 6  # digits
PURPOSE = b"suifang cards 1\n"
Content = dict[str, Any]


def publish(session: Session, now: int) -> int:
    """Write the next list into every county's `ref` feed and into the safety journal; answers its number."""
    row = _row(session)
    row.number += 1
    session.flush()
    content = _content(session, row.number, now)
    journal.remember(session, "cards", content=content)
    for county in _counties(session):
        _tell(session, county, _signed(content), now)
    return row.number


def welcome(session: Session, county: str, now: int) -> None:
    """Tell a county that is new here the list as it stands, if there is one."""
    row = _row(session)
    if row.number:
        _tell(session, county, _signed(_content(session, row.number, now)), now)


def part(session: Session, nibble: int) -> Content:
    """{n, keys, cards, sheets}: of what is out of force only what begins with these four bits (0 to 15).

    For a page that may not send a card's id: it says no more than which sixteenth of all cards hers is in.
    """
    row = session.get(CardList, 1)
    keys = session.scalars(select(CardKey).order_by(CardKey.created_at, CardKey.kid))
    first, end = bytes([nibble << 4]), bytes([nibble << 4 | 0xF]) + b"\xff" * 8
    asked = select(CardRevocation.kind, CardRevocation.value).where(CardRevocation.value.between(first, end))
    by_kind: dict[str, list[str]] = {"card": [], "sheet": []}
    for kind, value in session.execute(asked):
        by_kind[kind].append(b64(value))
    return {
        **_host(), "n": row.number if row else 0, "keys": [_shown(key) for key in keys],
        "cards": sorted(by_kind["card"]), "sheets": sorted(by_kind["sheet"]),
    }  # fmt: skip


def _counties(session: Session) -> list[str]:
    return sorted({county_of(code) for code in session.scalars(select(Area.code)) if len(code) >= COUNTY})


def _signed(content: Content) -> Content:
    text = canonical(content)
    return {"list": text.decode(), "sig": b64(_sign(PURPOSE + text)), "n": content["n"]}


def _tell(session: Session, county: str, body: Content, now: int) -> None:
    def work(feeds: Feeds) -> None:
        world = World(session, feeds, county, book(), now, day_of(now).isoformat())
        world.emit("cards", body, {REF})
        world.flush()

    with_feeds(session, county, {REF}, work)


def _row(session: Session) -> CardList:
    row = session.get(CardList, 1, with_for_update=True)
    if row is None:
        row = CardList(id=1, number=0)
        session.add(row)
    return row


def _content(session: Session, number: int, now: int) -> Content:
    keys = session.scalars(select(CardKey).order_by(CardKey.created_at, CardKey.kid))
    gone = session.execute(select(CardRevocation.kind, CardRevocation.value))
    by_kind: dict[str, list[str]] = {"card": [], "sheet": []}
    for kind, value in gone:
        by_kind[kind].append(b64(value))
    return {
        **_host(), "n": number, "at": now, "keys": [_shown(key) for key in keys],
        "cards": sorted(by_kind["card"]), "sheets": sorted(by_kind["sheet"]),
    }  # fmt: skip


def _host() -> Content:
    """The name that stands on the cards, so that a phone knows a card with another address for what it is."""
    host = current_app.extensions["suifang_settings"].public_host
    return {"host": host.lower()} if host else {}


def _shown(key: CardKey) -> Content:
    shown = {
        "kid": key.kid, "x": key.public["x"], "y": key.public["y"], "not_before": key.not_before,
        "not_after": key.not_after, "state": key.state,
    }  # fmt: skip
    return shown if key.distrust_from is None else shown | {"distrust_from": key.distrust_from}


def _sign(text: bytes) -> bytes:
    r, s = decode_dss_signature(app_keys().sign.sign(text, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def put_back(session: Session, content: Content, now: int) -> None:
    """After a restore: what a list of the journal said holds again, and a list above it is published when it was lost.

    A key that is younger than the backup has lost its private half; its public half comes back retired, so that the
    cards it signed stay good.
    """
    row, changed = _row(session), False
    for kind in ("card", "sheet"):
        for value in content[f"{kind}s"]:
            changed |= _revoke_again(session, kind, unb64(value), content["n"], content["at"])
    for shown in content["keys"]:
        changed |= _know_again(session, shown, content["at"])
    if changed or content["n"] > row.number:
        row.number = max(row.number, content["n"])
        publish(session, now)


def _revoke_again(session: Session, kind: str, value: bytes, number: int, at: int) -> bool:
    if session.get(CardRevocation, value) is not None:
        return False
    session.add(CardRevocation(kind=kind, value=value, list_number=number, at=at))
    return True


def _know_again(session: Session, shown: Content, at: int) -> bool:
    key = session.get(CardKey, shown["kid"])
    fresh = key is None
    if key is None:
        key = CardKey(
            kid=shown["kid"], public={"kty": "EC", "crv": "P-256", "x": shown["x"], "y": shown["y"]},
            private=b"", state="retired", not_before=shown["not_before"], not_after=shown["not_after"], created_at=at,
        )  # fmt: skip
        session.add(key)
    since = shown.get("distrust_from")
    worse = since is not None and (key.distrust_from is None or since < key.distrust_from)
    if worse:
        key.state, key.distrust_from = "revoked", since
    return fresh or worse
