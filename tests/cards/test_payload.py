"""What a card says: the vectors made by another COSE library, and every way to spoil one."""

from __future__ import annotations

import json
from typing import Any

import cwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.cards import payload
from server.ids import unb64
from tests.rules.exam import VECTORS, sits

READABLE = ("genuine", "expired", "revoked", "unknown_key")
# What the bytes alone do not tell: the host, and whether the key that is named signed it.
ONLY_A_KEY_TELLS = (
    "an address of another host", "signed by another key under the name of ours", "a signature of zeros",
)  # fmt: skip


@sits("cards")
def test_a_card_is_read_or_refused(case: Any) -> None:
    if case["verdict"] in READABLE or case["name"] in ONLY_A_KEY_TELLS:
        card, _ = payload.read(case["text"])
        said = {"id": card.token, "kid": card.kid.hex(), "issued": card.issued, "expires": card.expires}
        assert "card" not in case or case["card"] == said | {"number": card.number}
    else:
        with pytest.raises(payload.NotACard):
            payload.read(case["text"])


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do_more_than_be_refused(cose: bytes) -> None:
    with pytest.raises(payload.NotACard):
        payload.unpack(cose)


@given(st.integers(0, 111), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_names_another_card(at: int, flip: int) -> None:
    whole = bytearray(_good())
    whole[at] ^= flip
    try:
        card = payload.unpack(bytes(whole))
    except payload.NotACard:
        return
    assert payload.pack(card, bytes(whole[-64:])) == bytes(whole)


def test_what_is_signed_is_what_the_standard_says() -> None:
    card = payload.unpack(_good())
    whole = cwt.COSE.new().decode_with_headers(b"\xd2" + _good(), _key_of(card))
    assert whole[-1] == payload.payload(card)


@pytest.mark.parametrize("digits", ["00000000", "12345678", "99999999", "57239485"])
def test_a_number_shows_a_wrong_digit_and_two_that_were_swapped(digits: str) -> None:
    number = digits + payload.check_digit(digits)
    assert payload.is_number(number)
    for at in range(len(number)):
        others = [number[:at] + other + number[at + 1 :] for other in "0123456789" if other != number[at]]
        assert not any(map(payload.is_number, others))
    for at in range(len(number) - 1):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert swapped == number or not payload.is_number(swapped)


def _exam() -> Any:
    return json.loads((VECTORS / "cards.json").read_text("utf-8"))


def _good() -> bytes:
    return payload.read(_exam()["cases"][0]["text"])[1]


def _key_of(card: payload.Card) -> Any:
    found = next(key for key in _exam()["list"]["keys"] if key["kid"] == card.kid.hex())
    return cwt.COSEKey.new({1: 2, 2: card.kid, 3: -7, -1: 1, -2: unb64(found["x"]), -3: unb64(found["y"])})
