"""Card keys, cards out of force, and the signed list that phones get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from server.cards import keys, listing, payload, revoking, sheets
from server.clock import now_ms
from server.extensions import db, writing
from server.ids import b64, unb64
from server.models import Area, CardKey
from server.models.sealed import app_keys
from tests.sync.handset import Handset
from tests.sync.test_restore import back_up, put_back
from tests.sync.town import Town

HOST = "card.example.org"


def make_key(town: Town) -> str:
    with town.app.app_context(), writing() as session:
        return keys.create(session, now_ms()).kid


def make_sheets(town: Town, count: int = 1) -> list[sheets.Sheet]:
    with town.app.app_context(), writing() as session:
        return list(sheets.make(session, count, HOST, now_ms()))


def lists_on(phone: Handset) -> list[Any]:
    """All lists that a phone got, in order, as they were signed."""
    phone.pull()
    return [json.loads(row["body"]["list"]) for row in phone.rows("ref", "ref") if row["kind"] == "cards"]


def test_a_phone_gets_the_public_key_and_never_the_private_one(town: Town, director: Handset) -> None:
    kid = make_key(town)
    [told] = lists_on(director)
    assert [key["kid"] for key in told["keys"]] == [kid]
    with town.app.app_context():
        private = db.session.get_one(CardKey, kid).private
    assert b"PRIVATE KEY" in private
    assert private[30:90] not in director.everything()


def test_the_list_is_signed_by_the_key_that_phones_pin(town: Town, director: Handset) -> None:
    make_key(town)
    director.pull()
    [row] = director.rows("ref", "ref")
    r, s = (int.from_bytes(unb64(row["body"]["sig"])[half]) for half in (slice(0, 32), slice(32, 64)))
    signed = listing.PURPOSE + row["body"]["list"].encode()
    with town.app.app_context():
        known = app_keys().sign.public_key()
    known.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))


def test_the_private_key_lies_sealed(town: Town) -> None:
    kid = make_key(town)
    with town.app.app_context():
        raw = db.session.execute(db.text("SELECT private FROM card_key WHERE kid = :kid"), {"kid": kid}).scalar_one()
    assert b"PRIVATE" not in bytes(raw)


def test_there_is_one_first_key(town: Town) -> None:
    make_key(town)
    with pytest.raises(keys.HasCardKey):
        make_key(town)


def test_rotating_keeps_the_old_key_for_its_cards(town: Town, director: Handset) -> None:
    first = make_key(town)
    with town.app.app_context(), writing() as session:
        second = keys.rotate(session, now_ms()).kid
    states = [{key["kid"]: key["state"] for key in told["keys"]} for told in lists_on(director)]
    assert states == [{first: "active"}, {first: "retired", second: "active"}]
    assert {payload.read(card.address)[0].kid.hex() for card in make_sheets(town)[0].cards} == {second}


def test_a_revoked_key_is_told_with_the_day_of_distrust(town: Town, director: Handset) -> None:
    kid = make_key(town)
    for _ in range(2):  # free to repeat: one list
        with town.app.app_context(), writing() as session:
            keys.revoke(session, kid, now_ms(), distrust_from=30_000)
    shown = [(key["state"], key.get("distrust_from")) for told in lists_on(director) for key in told["keys"]]
    assert shown == [("active", None), ("revoked", 30_000)]


def test_cards_of_a_sheet_share_its_prefix_and_no_two_are_the_same(town: Town) -> None:
    make_key(town)
    first, second = make_sheets(town, 2)
    ids = [payload.read(card.address)[0].id for sheet in (first, second) for card in sheet.cards]
    assert (first.number, second.number, len(set(ids))) == (1, 2, 20)
    assert len({one[:4] for one in ids[:10]}) == len({one[:4] for one in ids[10:]}) == 1


def test_one_lost_card_goes_out_of_force_and_its_sheet_stays(town: Town, director: Handset) -> None:
    make_key(town)
    lost, other, *_ = (payload.read(card.address)[0] for card in make_sheets(town)[0].cards)
    for _ in range(2):
        with town.app.app_context(), writing() as session:
            revoking.revoke_card(session, lost.id, now_ms())
    with town.app.app_context():
        assert revoking.is_revoked(db.session(), lost)
        assert not revoking.is_revoked(db.session(), other)
    newest = lists_on(director)[-1]
    assert (newest["n"], newest["cards"], newest["sheets"]) == (2, [b64(lost.id[:8])], [])


def test_a_bundle_of_sheets_goes_out_of_force_by_its_numbers(town: Town, director: Handset) -> None:
    make_key(town)
    made = make_sheets(town, 3)
    with town.app.app_context(), writing() as session:
        revoking.revoke_sheets(session, 2, 3, now_ms())
    gone = {payload.read(sheet.cards[0].address)[0].sheet for sheet in made[1:]}
    assert set(lists_on(director)[-1]["sheets"]) == {b64(prefix) for prefix in gone}


def test_numbers_that_no_sheet_has_are_refused(town: Town) -> None:
    with pytest.raises(Exception, match="unknown_sheet"), town.app.app_context(), writing() as session:
        revoking.revoke_sheets(session, 5, 9, now_ms())


def test_a_county_that_joins_later_gets_the_list_as_it_stands(town: Town) -> None:
    make_key(town)
    with town.app.app_context(), writing() as session:
        session.add(Area(code="990132", name="松县"))
        listing.welcome(session, "990132", now_ms())
    with town.app.app_context():
        told = db.session.execute(db.text("SELECT count(*) FROM event WHERE kind = 'cards' AND county = '990132'"))
        assert told.scalar_one() == 1


def test_no_restore_brings_a_lost_card_back_and_the_list_never_goes_back(
    town: Town, director: Handset, tmp_path: Path
) -> None:
    make_key(town)
    yesterday = back_up(town, tmp_path)
    card = payload.read(make_sheets(town)[0].cards[0].address)[0]
    with town.app.app_context(), writing() as session:
        revoking.revoke_card(session, card.id, now_ms())
        younger = keys.rotate(session, now_ms()).kid
    before = lists_on(director)[-1]["n"]
    put_back(town, yesterday)
    director.send()  # the first question of a restored server replays the journal
    with town.app.app_context():
        assert revoking.is_revoked(db.session(), card)
        assert db.session.get_one(CardKey, younger).state == "retired"
    fresh = town.director()
    newest = lists_on(fresh)[-1]
    assert newest["n"] > before
    assert newest["cards"] == [b64(card.id[:8])]


@pytest.mark.parametrize(
    "host", ["", "localhost", "127.0.0.1", "card.localhost", "a b.example.org", "x" * 30 + ".example.org", "卡.中国"]
)
def test_a_host_that_no_phone_could_open_is_refused(host: str) -> None:
    with pytest.raises(Exception, match="public_host"):
        sheets.check_host(host)


def test_a_snapshot_of_the_reference_feed_holds_the_newest_list(town: Town) -> None:
    make_key(town)
    for day in range(210, 0, -1):  # enough for a snapshot to be prepared
        with town.app.app_context(), writing() as session:
            keys.revoke(session, keys.every(session)[0].kid, now_ms(), distrust_from=30_000 + day)
    phone = town.director()
    phone.pull()
    assert phone.rows("ref", "ref") == []
    assert b"30001" in phone.everything()
