"""Letters between servers: a file, sealed to the other server's key and signed by this one's; and the servers that are known.

A letter is JSON `{v, kind, from, to, id, sealed, sig}`; `kind`: transfer, answer, revocation. Keys are exchanged as a small
file, and whoever takes one in types the mark that the other station reads out on the telephone.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server import audit
from server.envelopes import open_envelope, seal_envelope, signed_by, signing_text
from server.errors import BadInput
from server.ids import UUID_TEXT, b64, unb64
from server.keys import CannotOpen, Jwk, public_jwk
from server.models import Area, Peer
from server.models.sealed import app_keys
from server.rules.digest import canonical

VERSION = 1
KINDS = ("transfer", "answer", "revocation")
ROOM = "transfer"
MARK = 8
LONGEST = 512 * 1024
TOWNSHIP = 9


class BadLetter(BadInput):
    """Codes: broken_letter, unknown_peer, not_for_us, bad_signature."""

    code = "broken_letter"


@dataclass(frozen=True)
class Letter:
    """A letter that was read: who wrote it is proved."""

    kind: str
    id: str
    peer: Peer
    told: dict[str, Any]


def own_card(session: Session) -> dict[str, Any]:
    """{v, name, townships, sign, seal}: what another server needs to know this one. Public."""
    rows = session.execute(select(Area.code, Area.name).where(func.length(Area.code) == TOWNSHIP).order_by(Area.code))
    places = [{"code": code, "name": name} for code, name in rows]
    keys = app_keys()
    name = places[0]["name"] if places else ""
    return {
        "v": VERSION,
        "name": name,
        "townships": places,
        "sign": public_jwk(keys.sign),
        "seal": public_jwk(keys.unseal),
    }


def card_id(card: dict[str, Any]) -> str:
    """Who a card belongs to: the first 16 bytes of SHA-256 over x ‖ y of both keys, in hex. Raises BadLetter."""
    try:
        numbers = b"".join(unb64(card[which][name]) for which in ("sign", "seal") for name in ("x", "y"))
    except (KeyError, TypeError, ValueError) as error:
        raise BadLetter("不是服务器名片 This is no card of a server", code="broken_letter") from error
    return hashlib.sha256(numbers).hexdigest()[:32]


def mark(peer: str) -> str:
    """Eight letters to read out and compare."""
    return base64.b32encode(bytes.fromhex(peer))[:MARK].decode()


def know(session: Session, card: dict[str, Any], told_mark: str, actor: str, place: str, now: int) -> Peer:
    """Take in another server's card. Raises BadLetter (broken_letter, wrong_mark: it is not what was read out)."""
    key = card_id(card)
    if told_mark.strip().upper() != mark(key):
        raise BadLetter("核对码不一样，别收 The mark differs: do not take it", code="wrong_mark")
    shaped = isinstance(card.get("name"), str) and isinstance(card.get("townships"), list)
    places = [one for one in card.get("townships", []) if _place(one)] if shaped else []
    if not places:
        raise BadLetter("不是服务器名片 This is no card of a server")
    row = session.get(Peer, key) or Peer(id=key)
    row.name, row.townships, row.added_at, row.added_by = card["name"][:80], places, now, actor
    row.sign, row.seal = _key(card["sign"]), _key(card["seal"])
    session.add(row)
    audit.note(session, "transfer.peer", None, {"peer": key}, now=now, actor=actor, place=place)
    return row


def write(kind: str, key: str, peer: Peer, told: dict[str, Any]) -> bytes:
    """A letter to this server."""
    keys = app_keys()
    sealed = b64(seal_envelope(peer.seal, canonical(told), ROOM, key))
    head = {"v": VERSION, "kind": kind, "from": _self(), "to": peer.id, "id": key, "sealed": sealed}
    r, s = decode_dss_signature(keys.sign.sign(_signed(head), ec.ECDSA(hashes.SHA256())))
    return orjson.dumps(head | {"sig": b64(r.to_bytes(32) + s.to_bytes(32))})


def read(session: Session, data: bytes) -> Letter:
    """Who wrote it and what it says. Raises BadLetter; nothing is believed before the signature."""
    head = _shape(data)
    if head["to"] != _self():
        raise BadLetter("这是给别的服务站的 This is for another station", code="not_for_us")
    peer = session.get(Peer, head["from"])
    if peer is None:
        raise BadLetter("不认识寄来的服务站，先收它的名片 The sender is not known here", code="unknown_peer")
    sig = head.pop("sig")
    if not signed_by(peer.sign, sig, ROOM, head["to"], _bytes(head)):
        raise BadLetter("文件被改过 The file was changed", code="bad_signature")
    try:
        told = orjson.loads(open_envelope(app_keys().unseal, unb64(head["sealed"]), ROOM, head["id"]))
    except (CannotOpen, ValueError) as error:
        raise BadLetter("文件读不全 The file is broken") from error
    return Letter(head["kind"], head["id"], peer, told)


def _shape(data: bytes) -> dict[str, Any]:
    try:
        head = orjson.loads(data) if len(data) <= LONGEST else None
    except orjson.JSONDecodeError:
        head = None
    if not isinstance(head, dict) or not _well_formed(head):
        raise BadLetter("文件读不全 The file is broken")
    return head


def _well_formed(head: dict[str, Any]) -> bool:
    texts = ("kind", "from", "to", "id", "sealed", "sig")
    named = head.keys() == {"v", *texts} and all(isinstance(head[name], str) for name in texts)
    return named and head["v"] == VERSION and head["kind"] in KINDS and UUID_TEXT.fullmatch(head["id"]) is not None


def _bytes(head: dict[str, Any]) -> bytes:
    return canonical({name: head[name] for name in ("v", "kind", "from", "to", "id", "sealed")})


def _signed(head: dict[str, Any]) -> bytes:
    return signing_text(ROOM, head["to"], _bytes(head))


def _self() -> str:
    keys = app_keys()
    return card_id({"sign": public_jwk(keys.sign), "seal": public_jwk(keys.unseal)})


def _key(jwk: Jwk) -> Jwk:
    return {"kty": "EC", "crv": "P-256", "x": jwk["x"], "y": jwk["y"]}


def _place(one: object) -> bool:
    return (
        isinstance(one, dict)
        and one.keys() == {"code", "name"}
        and all(isinstance(text, str) and len(text) <= 80 for text in one.values())
        and len(one["code"]) == TOWNSHIP
    )
