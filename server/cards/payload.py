"""The bytes of a card, exactly: what a QR says and what is refused. The twin of pwa/src/rules/card.ts.

A card is an untagged COSE_Sign1 (RFC 9052) of 112 bytes or less: `[protected, {}, payload, signature]` with
protected `{1: -7, 4: kid}` (ES256; the key id is the first four bytes of the key's RFC 9679 thumbprint) and payload
`{7: card id, -70001: [version, issued day, last day]}`; days are counted from 1970-01-01. Every field has one place
and one shortest form (RFC 8949 §4.2), so a card is read by its places and must be, byte for byte, what would be written
for what was read. The QR holds `HTTPS://HOST/C#` and the bytes in Base32 (RFC 4648, capitals, no padding).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

import cbor2

from server.errors import BadInput

EPOCH = date(1970, 1, 1)
VERSION = 1
ALG, KID, ES256 = 1, 4, -7  # COSE header labels and algorithm
CTI, BODY = 7, -70001  # the card id as a CWT's `cti`; a private claim for the rest
ID_BYTES, KID_BYTES, SIGNATURE_BYTES = 16, 4, 64
SHEET_BYTES = 4  # the first bytes of a card id are its sheet's
PATH = "/C#"
HOST_LENGTH = 40
ADDRESS_LENGTH = 250


class NotACard(BadInput):
    """Text that is no card of ours, or a damaged one."""

    code = "not_a_card"


def day_text(day: int) -> str:
    """A day number as YYYY-MM-DD."""
    return (EPOCH + timedelta(days=day)).isoformat()


@dataclass(frozen=True)
class Card:
    """What a card says. `issued` and `expires` are days since 1970; it is in force up to and with `expires`."""

    id: bytes
    kid: bytes
    issued: int
    expires: int
    version: int = VERSION

    @property
    def sheet(self) -> bytes:
        return self.id[:SHEET_BYTES]

    @property
    def token(self) -> str:
        """The id as records write it: 26 letters of Base32."""
        return base64.b32encode(self.id).decode().rstrip("=")

    @property
    def number(self) -> str:
        return number_of(self.id)


def protected(kid: bytes) -> bytes:
    """The protected header in its shortest form."""
    return cbor2.dumps({ALG: ES256, KID: kid}, canonical=True)


def payload(card: Card) -> bytes:
    """The signed content in its shortest form."""
    return cbor2.dumps({CTI: card.id, BODY: [card.version, card.issued, card.expires]}, canonical=True)


def to_address(host: str, cose: bytes) -> str:
    """What the QR says, in capitals, so that all but the # packs as alphanumeric."""
    return f"HTTPS://{host.upper()}{PATH}{base64.b32encode(cose).decode().rstrip('=')}"


def read(text: str) -> tuple[Card, bytes]:
    """A card and its COSE bytes from the text of a QR; says nothing about the signature. Raises NotACard."""
    head, mark, code = text.partition(PATH)
    if not mark or not head.startswith("HTTPS://") or len(text) > ADDRESS_LENGTH:
        raise NotACard("This is not a service card")
    try:
        cose = base64.b32decode(code + "=" * (-len(code) % 8))
    except ValueError as error:
        raise NotACard("The card is damaged") from error
    if base64.b32encode(cose).decode().rstrip("=") != code:
        raise NotACard("The card is damaged")
    return unpack(cose), cose


def unpack(cose: bytes) -> Card:
    """What the bytes say, if they are a card in its one form; raises NotACard."""
    try:
        message = cbor2.loads(cose)
        _, _, inside, signature = message
        claims = cbor2.loads(inside)
        version, issued, expires = claims[BODY]
        card = Card(claims[CTI], cbor2.loads(message[0])[KID], issued, expires, version)
        again = pack(card, signature)
    except (cbor2.CBORError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotACard("The card is damaged") from error
    if again != cose or not _well_formed(card, signature):
        raise NotACard("The card is damaged")
    return card


def pack(card: Card, signature: bytes) -> bytes:
    """The whole COSE_Sign1."""
    return cbor2.dumps([protected(card.kid), {}, payload(card), signature], canonical=True)


def _well_formed(card: Card, signature: bytes) -> bool:
    parts = ((card.id, ID_BYTES), (card.kid, KID_BYTES), (signature, SIGNATURE_BYTES))
    days = (card.issued, card.expires)
    return (
        all(isinstance(part, bytes) and len(part) == size for part, size in parts)
        and all(type(day) is int for day in days)
        and type(card.version) is int
        and card.version == VERSION
        and 0 <= card.issued <= card.expires < 1 << 16
    )


def to_verify(card: Card) -> bytes:
    """The Sig_structure that is signed (RFC 9052 §4.4), for a verifier without a COSE library."""
    return cbor2.dumps(["Signature1", protected(card.kid), b"", payload(card)], canonical=True)


# The totally anti-symmetric quasigroup of Damm (2004), as commonly published: finds every single wrong digit and every
# swap of two neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
NUMBER_DIGITS = 8


def number_of(card_id: bytes) -> str:
    """The printed number for the day the QR is torn: eight digits made from the card id and a check digit.

    It only helps to find a card among those known; two cards may share one, and it never opens anything by itself.
    """
    digits = f"{int.from_bytes(hashlib.sha256(card_id).digest()[:8]) % 10**NUMBER_DIGITS:0{NUMBER_DIGITS}}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """Damm's check digit."""
    state = "0"
    for digit in digits:
        state = _DAMM[int(state)][int(digit)]
    return state


def is_number(text: str) -> bool:
    """Whether this is a card number with its right check digit."""
    plain = text.isascii() and text.isdigit() and len(text) == NUMBER_DIGITS + 1
    return plain and check_digit(text) == "0"
