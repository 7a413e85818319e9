"""A batch that is taken together leaves what the same batch leaves taken item by item, whatever is in it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db, writing
from server.ids import new_id
from server.models import Consent, Event, Feed, FeedRow, Parked, Record
from server.sync import alike, append
from server.sync.intake import Setting, take_in
from server.sync.item import read
from server.sync.taking import look_over
from tests.sync.handset import Event as Sent
from tests.sync.handset import Handset
from tests.sync.town import COUNTY, EAST, SOUTH, Town

NOW, TODAY = 1_795_000_000_000, "2026-11-22"
VISIT, PILLS = {"presence": "met"}, {"method": "pill"}
LISTS = (Event, Record, Consent, Parked, Feed, FeedRow)
CHANCE, DRAWN = {"id", "decided_at"}, {"id", "digest", "body", "of"}  # of what is parked, and of what the server makes


class _Undone(Exception):
    pass


class Village:
    """A director's and a technician's phones, a household, women of whom one agreed, one withdrew, one was not asked."""

    def __init__(self, town: Town) -> None:
        self.phone, self.other, self.technician = town.director(EAST), town.director(EAST), town.technician()
        house = self.phone.household()
        women = [self.phone.person(house["household"], name) for name in ("周桂兰", "李秀英", "王芳")]
        self.house, self.women = house["household"], [her["person"] for her in women]
        self.old = self.phone.record("household_visit", VISIT, household=self.house)
        said = [self.phone.consent(self.women[0]), self.phone.consent(self.women[1])]
        self.phone.codes(house, *women, self.old, *said)
        self.phone.codes(self.phone.consent(self.women[1], "withdrawn"), self.phone.record("education", {}, area=EAST))

    def usual(self, chance: random.Random) -> Sent:
        """A record that nothing stands against."""
        day = chance.choice(["2026-10-01", "2025-03-04"])
        return chance.choice([
            lambda: self.phone.record("household_visit", VISIT, day, household=self.house),
            lambda: self.phone.record("household_visit", VISIT, day, person=self.women[0]),
            lambda: self.phone.record("education", {"topic": "rh", "attendees": 3}, day),
            lambda: self.phone.record("contraceptive_followup", PILLS, day, person=chance.choice(self.women)),
            lambda: self.other.record("contraceptive_followup", PILLS, day, person=self.women[2]),
        ])()  # fmt: skip

    def unusual(self, chance: random.Random, batch: Sequence[Sent]) -> Sent:
        """Something that has to be looked at by itself."""
        her, phone, one = chance.choice(self.women), self.phone, chance.choice(batch)
        return chance.choice([
            lambda: phone.record("consent", {"purpose": "service_record", "decision": "withdrawn"}, person=her),
            lambda: phone.consent(her),
            lambda: phone.record("household_visit", VISIT, household=new_id()),
            lambda: phone.record("household_visit", {"presence": "on the moon"}, household=self.house),
            lambda: phone.record("household_visit", VISIT, household=self.house, area="990131101299"),
            lambda: phone.record("household_visit", VISIT, household=self.house, area=SOUTH),
            lambda: phone.record("no_such_form", {}, household=self.house),
            lambda: self.technician.record("contraceptive_followup", PILLS, person=self.women[0]),
            lambda: phone.amend(chance.choice([one, self.old]), {"presence": "nobody_home"}),
            lambda: phone.void(one),
            lambda: phone.patch(her, {"note": "新"}, {}),
            lambda: one,
            lambda: self.old,
            lambda: one | {"id": new_id()},
            lambda: phone.record("household_visit", VISIT, household=self.house) | {"dseq": self.old["dseq"]},
            lambda: {"id": new_id(), "what": 1},
        ])()  # fmt: skip


def _stored() -> dict[str, list[Any]]:
    """All rows; what the server made goes by what it is and about whom, since its ids are drawn anew each time."""
    rows = {model.__name__: [_plain(row) for row in db.session().scalars(select(model))] for model in LISTS}
    fresh = [row for row in rows["Event"] if row["store_id"] is None and row["received_at"] == NOW]
    made = {row["id"]: f"{row['kind']} {row['person']}" for row in fresh}
    for row in rows["Parked"]:
        row |= dict.fromkeys(CHANCE)
    for row in rows["FeedRow"]:
        row["event_id"] = made.get(row["event_id"], row["event_id"])
    for row in fresh:
        row |= dict.fromkeys(DRAWN, made[row["id"]])
    for row in rows["Feed"]:
        row["h"] = None if made else row["h"]
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def _plain(row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.key) for column in row.__table__.columns}


def _taken(app: Flask, batch: Sequence[Sent]) -> tuple[Any, dict[str, list[Any]]]:
    """What is answered and what lies there after this batch; nothing of it stays."""
    found: list[Any] = []
    with app.app_context(), pytest.raises(_Undone), writing() as session:
        items = [read(raw) for raw in batch]
        setting = Setting(COUNTY, append.book(), NOW, TODAY, {"c1": 7})
        look_over(setting.book, items, TODAY)
        answers = take_in(session, setting, items).answers
        session.expire_all()
        found += [answers, _stored()]
        raise _Undone
    return found[0], found[1]


def _compared(app: Flask, batch: Sequence[Sent]) -> bool:
    """Whether the batch was taken together; fails unless both ways agree."""
    went: list[bool] = []
    take = alike.take

    def told(*given: Any) -> bool:
        went.append(take(*given))
        return went[-1]

    with patch.object(alike, "take", told):
        together = _taken(app, batch)
    with patch.object(alike, "take", lambda *_: False):
        assert together == _taken(app, batch)
    return any(went)


@pytest.mark.parametrize("seed", range(8))
def test_both_ways_answer_and_keep_the_same(app: Flask, town: Town, seed: int) -> None:
    village, chance = Village(town), random.Random(seed)
    for _ in range(6):
        batch = [village.usual(chance) for _ in range(chance.randrange(1, 8))]
        assert _compared(app, batch)
        batch.insert(chance.randrange(len(batch) + 1), village.unusual(chance, batch))
        _compared(app, batch)


def test_a_record_beside_a_withdrawn_consent_is_blocked_and_shown_to_nobody(app: Flask, town: Town) -> None:
    village = Village(town)
    visit = village.phone.record("contraceptive_followup", PILLS, person=village.women[1])
    answers, stored = _taken(app, [visit])
    [record] = [row for row in stored["Record"] if row["id"] == visit["id"]]
    assert answers == [("accepted", None)]
    assert (record["shown"], record["blocked"]) == (False, True)
    assert visit["id"] not in {row["event_id"] for row in stored["FeedRow"]}


def test_an_empty_batch_is_nothing(director: Handset) -> None:
    assert director.send()["results"] == []
