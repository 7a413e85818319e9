"""Who moved to 柏坡镇 for work, as the liaison wrote them down: for her day, and outside the register's figure. Invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.ids import new_id
from server.rules.book import Book

CAME_DAYS_AGO = 40
# Where they live (the first villages' markets and works), name, sex, birth, marital status.
PEOPLE = (
    (
        "菜市场后院 3 间",
        (("何秋菊", "f", {"year": 1996, "month": 8}, "married"), ("罗志强", "m", {"year": 1994}, "married")),
    ),
    ("针织厂 2 号宿舍", (("覃小燕", "f", {"year": 2001, "month": 3}, "unmarried"),)),
    ("砖厂门口", (("韦桂花", "f", {"year": 1989, "month": 11}, "married"),)),
)
Draft = dict[str, Any]


def drafts(book: Book, liaison: str, villages: Sequence[str], today: date) -> list[Draft]:
    """Households, persons, and for each woman a consent; the first was sent to the health centre. Oldest first."""
    told: list[Draft] = []
    sent = False
    for (place, people), area in zip(PEOPLE, villages, strict=False):
        home = new_id()
        told.append(_about(liaison, area, today, "household/1", {"note": place}, household=home))
        for name, sex, birth, marital in people:
            her = {"household": home, "person": new_id()}
            known = {
                "name": name,
                "sex": sex,
                "birth": birth,
                "marital": marital,
                "residence": "moved_in",
                "household": home,
            }
            told.append(_about(liaison, area, today, "person/1", known, **her))
            if sex == "f":
                told.append(_record(book, liaison, area, today, "consent", _agreed(book), **her))
                if not sent:
                    told.append(_record(book, liaison, area, today, "referral", SENT, **her))
                sent = True
    return told


SENT = {"step": "sent", "urgency": "routine", "reason": "想做一次检查", "to_facility": "镇卫生院"}


def _agreed(book: Book) -> Draft:
    text = book.consent_texts["service_record"][-1]["version"]
    return {
        "purpose": "service_record",
        "decision": "given",
        "text_version": text,
        "mode": "finger",
        "copy_given": True,
    }


def _about(liaison: str, area: str, today: date, schema: str, known: Draft, **about: str) -> Draft:
    body = {"set": known, "base": {}}
    return {
        "id": new_id(),
        "kind": "patch",
        "schema": schema,
        **_by(liaison, today, 0),
        "area": area,
        **about,
        "body": body,
    }


def _record(book: Book, liaison: str, area: str, today: date, form: str, answers: Draft, **about: str) -> Draft:
    day = today - timedelta(days=CAME_DAYS_AGO - 20)
    body = {"occurred_on": day.isoformat(), "answers": answers}
    schema = f"{form}/{book.forms[form]['version']}"
    return {"kind": "record", "schema": schema, **_by(liaison, today, 20), "area": area, **about, "body": body}


def _by(liaison: str, today: date, later: int) -> Draft:
    day = today - timedelta(days=CAME_DAYS_AGO - later)
    hour = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return {"t": int(hour.timestamp() * 1000), "actor": liaison, "role": "liaison"}
