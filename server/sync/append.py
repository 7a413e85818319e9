"""Writing events from the desk, an import or another room: the same pipeline as a phone's push."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from flask import current_app
from sqlalchemy.orm import Session

from server.clock import day_of
from server.ids import new_id
from server.rules.book import Book
from server.sync import county_days
from server.sync.intake import Answer, Setting, take_in
from server.sync.item import Item, stamp
from server.sync.taking import look_over

Source: TypeAlias = Literal["desk", "import", "transfer"]


def write_events(
    session: Session,
    county: str,
    drafts: Iterable[Mapping[str, Any]],
    source: Source,
    *,
    now: int,
    rev: str | None = None,
) -> list[Answer]:
    """Write events that the server itself vouches for; answers (code, reason or flags) in order.

    A draft is `{kind, schema, actor, role, area, person?, household?, body, id?, t?}` with the bodies of SYNC §0 and no
    salt, digest, store or dseq. A new household is a patch `{set: {area, …}, base: {}}` with a fresh `household` id, a new
    person a patch with a fresh `person` id whose `set` holds `household`. What cannot be taken is parked as for a phone.
    `rev` stands for the event id in revisions: one for a whole import keeps snapshots small. Times in ms. Call it inside
    `writing()`, a few thousand drafts at a time.
    """
    setting, days = Setting(county, book(), now, day_of(now).isoformat()), county_days.number(session, county)
    items = [_item(draft, source, now, rev, days) for draft in drafts]
    look_over(setting.book, items, setting.today)
    return take_in(session, setting, items).answers


def book() -> Book:
    """The rulebook of the app at work."""
    found = current_app.extensions["suifang_book"]
    assert isinstance(found, Book)
    return found


def _item(draft: Mapping[str, Any], source: Source, now: int, rev: str | None, days: int | None) -> Item:
    """What is written here counts by the county's days as they stand."""
    name, _, version = str(draft["schema"]).partition("/")
    days = days if draft["kind"] == "record" else None
    item = Item(
        raw=dict(draft), whole=secrets.token_bytes(16), id=draft.get("id") or new_id(), kind=draft["kind"],
        schema=f"{draft['schema']}/{days}" if days else draft["schema"], form=name, version=int(version), days=days,
        t=draft.get("t", now), actor=draft["actor"],
        role=draft["role"], area=draft["area"], person=draft.get("person"), household=draft.get("household"),
        body=dict(draft["body"]), source=source, rev=rev,
    )  # fmt: skip
    names = ("id", "kind", "schema", "t", "actor", "role", "area", "person", "household", "body")
    core = {key: value for key in names if (value := getattr(item, key)) is not None}
    stamp(item, core, secrets.token_bytes(16))
    return item
