"""`suifang card-key …` and `suifang cards …`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from server import audit, clock
from server.cards import drawing, keys, payload, printing, revoking, sheets
from server.commands.door import Door, verb
from server.errors import BadInput
from server.extensions import db, writing
from server.models import CardKey

PLACE = "cards"  # the audit chain of the deployment's cards


@click.group("card-key")
def card_key() -> None:
    """卡密钥。The keys that sign service cards: one signs at a time, older ones still verify."""


@card_key.command()
@verb
def create(door: Door) -> None:
    """做第一把。Make the first card key. Code of refusal: card_key_exists."""
    with door.app(), writing() as session:
        made = keys.create(session, clock.now_ms())
        audit.note(session, "card_key.create", made.kid, {}, now=made.created_at, place=PLACE)
    _answer(door, made)


@card_key.command()
@verb
def rotate(door: Door) -> None:
    """换新的。Begin the next key; cards that the old one signed stay good. Code of refusal: no_card_key."""
    with door.app(), writing() as session:
        made = keys.rotate(session, clock.now_ms())
        audit.note(session, "card_key.rotate", made.kid, {}, now=made.created_at, place=PLACE)
    _answer(door, made)


@card_key.command()
@click.argument("kid")
@click.option(
    "--since", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="从哪天起的卡不认  Cards issued from this day on."
)
@verb
def revoke(door: Door, kid: str, since: Any) -> None:
    """作废。Believe no card of this key, or none issued from --since on. Free to repeat. Code: unknown_card_key."""
    now = clock.now_ms()
    first = None if since is None else (since.date() - payload.EPOCH).days
    with door.app(), writing() as session:
        key = keys.revoke(session, kid, now, distrust_from=first)
        audit.note(session, "card_key.revoke", kid, {"distrust_from": key.distrust_from}, now=now, place=PLACE)
    _answer(door, key)


@card_key.command("list")
@verb
def list_keys(door: Door) -> None:
    """列出。List the keys; with --json their public halves as JWKs. Private halves are never shown."""
    with door.app():
        found = [_shown(key) for key in keys.every(db.session())]
    door.answer({"keys": found}, "\n".join(_line(one) for one in found) or "还没有 None yet")


def _shown(key: CardKey) -> dict[str, Any]:
    """The public JWK (RFC 7517) with the key's state; days as YYYY-MM-DD."""
    return key.public | {
        "kid": key.kid, "alg": "ES256", "use": "sig", "state": key.state,
        "not_before": payload.day_text(key.not_before), "not_after": payload.day_text(key.not_after),
        "distrust_from": None if key.distrust_from is None else payload.day_text(key.distrust_from),
    }  # fmt: skip


def _line(shown: dict[str, Any]) -> str:
    since = f"  {shown['distrust_from']} 起不认 distrusted" if shown["distrust_from"] else ""
    return f"{shown['kid']}  {shown['state']:<8} {shown['not_before']} – {shown['not_after']}{since}"


def _answer(door: Door, key: CardKey) -> None:
    shown = _shown(key)
    door.answer(shown, _line(shown))


@click.group()
def cards() -> None:
    """服务卡。Service cards: print sheets of unlinked cards, take cards out of force."""


@cards.command("print")
@click.option(
    "--sheets", "count", type=click.IntRange(1, 100_000), required=True, help="几页，一页十张  Sheets of ten cards."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪里  The PDF to write."
)
@click.option(
    "--png", type=click.Path(file_okay=False, path_type=Path), help="同时存图片  Also one PNG a card, in this folder."
)
@verb
def print_sheets(door: Door, count: int, out: Path, png: Path | None) -> None:
    """印卡。Print sheets of ten pre-signed cards as one A4 PDF. A card names nobody until it is linked.

    The address on the cards is $SUIFANG_PUBLIC_HOST, a public name of at most 40 characters. The first card key is made
    when there is none. Codes of refusal: public_host_missing, public_host_wrong.
    """
    host, now, part = sheets.check_host(door.settings.public_host), clock.now_ms(), out.with_name(f".{out.name}.part")
    out.parent.mkdir(parents=True, exist_ok=True)
    with door.app():
        with writing() as session:  # signed and numbered first, so that nobody waits while it is drawn
            if keys.active(session) is None:
                keys.create(session, now)
            made = list(_told(door, sheets.make(session, count, host, now), count))
            audit.note(session, "cards.print", None, {"first": made[0].number, "sheets": count}, now=now, place=PLACE)
        pages = printing.write(part, _drawn(door, made, png))
        os.replace(part, out)
        door.tick("")
    facts = {
        "file": str(out),
        "sheets": pages,
        "cards": pages * sheets.PER_SHEET,
        "first": made[0].number,
        "last": made[-1].number,
    }
    door.answer(facts, f"{out}: {pages} 页 sheets, No. {made[0].number:06}–{made[-1].number:06}")


def _told(door: Door, made: Iterable[sheets.Sheet], count: int) -> Iterator[sheets.Sheet]:
    for done, sheet in enumerate(made, 1):
        door.tick(f"签 Signing {done}/{count}")
        yield sheet


def _drawn(door: Door, made: list[sheets.Sheet], png: Path | None) -> Iterator[sheets.Sheet]:
    for done, sheet in enumerate(made, 1):
        if png is not None:
            _pictures(sheet, png)
        door.tick(f"画 Drawing {done}/{len(made)}")
        yield sheet


def _pictures(sheet: sheets.Sheet, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for place, card in enumerate(sheet.cards, 1):
        drawing.face(card).save(folder / f"{sheet.number:06}-{place:02}.png", dpi=(drawing.DPI, drawing.DPI))


@cards.command("revoke")
@click.option("--card", metavar="ADDRESS", help="卡上二维码的内容  What the card's QR says.")
@click.option("--sheets", "numbers", metavar="FIRST[-LAST]", help="页号  Numbers of sheets, as printed.")
@verb
def revoke_cards(door: Door, card: str | None, numbers: str | None) -> None:
    """作废卡。Take one card or whole sheets out of force; phones hear it at their next sync. Free to repeat.

    Codes of refusal: not_a_card, unknown_sheet, bad_range.
    """
    if (card is None) == (numbers is None):
        raise click.UsageError("--card 和 --sheets 选一个 Give either --card or --sheets")
    now = clock.now_ms()
    with door.app(), writing() as session:
        if card is not None:
            number = revoking.revoke_card(session, payload.read(card)[0].id, now)
        else:
            number = revoking.revoke_sheets(session, *_range(numbers or ""), now)
        audit.note(session, "cards.revoke", None, {"sheets": numbers, "list": number}, now=now, place=PLACE)
    door.answer({"list": number}, f"名单 List No. {number}")


def _range(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise BadInput(f"页号写成 3 或 3-20 Write 3 or 3-20: {text}", code="bad_range")
    return int(first), int(last or first)
