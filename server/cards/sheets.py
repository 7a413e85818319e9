"""Sheets of pre-signed, unlinked cards: ten fresh card ids that share their first four bytes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.cards import keys, payload, terms
from server.clock import day_of
from server.errors import BadInput
from server.models import CardSheet

PER_SHEET = 10
HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?::[0-9]{1,5})?"
)


@dataclass(frozen=True)
class Printed:
    """One card as it is printed: what its QR says and the number beside it."""

    address: str
    number: str


@dataclass(frozen=True)
class Sheet:
    """One A4. `number` is printed at its edge, so that a lost bundle can be revoked by range."""

    number: int
    cards: list[Printed]


def check_host(host: str) -> str:
    """The public host in lower case; raises BadInput (public_host_missing, public_host_wrong)."""
    if not host:
        raise BadInput(
            "先设 SUIFANG_PUBLIC_HOST，卡上要印网址 Set SUIFANG_PUBLIC_HOST: the address stands on the card",
            code="public_host_missing",
        )
    plain = host.lower()
    if not HOST.fullmatch(plain) or len(plain) > payload.HOST_LENGTH or plain.split(":")[0].endswith(".localhost"):
        raise BadInput(
            f"网址不对（要公网域名，最多 {payload.HOST_LENGTH} 个字符）"
            f" The host must be a public name of at most {payload.HOST_LENGTH} characters: {host}",
            code="public_host_wrong",
        )
    return plain


def make(session: Session, count: int, host: str, now: int, township: str | None = None) -> Iterator[Sheet]:
    """Sign and number `count` sheets, one by one; `township`: whose desk asked. Call it inside `writing()`.

    Raises NoCardKey, BadInput.
    """
    plain, key = check_host(host), keys.active(session)
    if key is None:
        raise keys.NoCardKey
    signer, today = keys.Signer(key), (day_of(now) - payload.EPOCH).days
    last = session.scalar(select(func.max(CardSheet.number))) or 0
    taken = set(session.scalars(select(CardSheet.prefix)))
    for number in range(last + 1, last + count + 1):
        prefix = _fresh_prefix(taken)
        blank = payload.Card(prefix, signer.kid, today, today + terms.days("card_days"))
        session.add(
            CardSheet(
                prefix=prefix, number=number, kid=key.kid, issued=blank.issued, expires=blank.expires, printed_at=now,
                township=township,
            )
        )  # fmt: skip
        yield Sheet(number, [_print(signer, blank, plain) for _ in range(PER_SHEET)])


def _print(signer: keys.Signer, blank: payload.Card, host: str) -> Printed:
    tail = secrets.token_bytes(payload.ID_BYTES - payload.SHEET_BYTES)
    card = payload.Card(blank.id + tail, blank.kid, blank.issued, blank.expires)
    return Printed(payload.to_address(host, signer.sign(card)), card.number)


def _fresh_prefix(taken: set[bytes]) -> bytes:
    while (prefix := secrets.token_bytes(payload.SHEET_BYTES)) in taken:
        pass
    taken.add(prefix)
    return prefix
