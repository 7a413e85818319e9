"""What a new phone is told of the past: a year, and whatever the due lists rest on."""

from __future__ import annotations

import pytest

from server.sync import snapshots
from tests.sync.handset import Handset
from tests.sync.town import EAST, Town


@pytest.fixture(autouse=True)
def small_feeds_begin_with_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "SMALL", 0)


def test_old_records_stay_out_unless_a_schedule_counts_from_them(town: Town, director: Handset, woman: str) -> None:
    her = woman
    anchor = director.record(
        "contraceptive_followup", {"method": "iud", "started_on": "2020-01-01"}, "2020-01-05", person=her
    )
    older = director.record("contraceptive_followup", {"method": "pill"}, "2019-01-05", person=her)
    director.codes(director.consent(her, on="2019-01-01"), older, anchor)
    fresh = town.director(EAST)
    fresh.pull()
    seen = fresh.everything()
    assert (anchor["id"].encode() in seen, older["id"].encode() in seen) == (True, False)


def test_a_later_step_does_not_hide_the_screening_that_the_next_one_is_counted_from(
    town: Town, director: Handset, woman: str
) -> None:
    technician, her = town.technician(), woman
    director.codes(director.consent(her, purpose="screening", on="2019-01-01"))
    screened = technician.record(
        "cervical_screening", {"step": "screen", "method": "hpv", "hpv": "other"}, "2020-03-01", person=her
    )
    later = technician.record(
        "cervical_screening",
        {"step": "colposcopy", "of": screened["id"], "colposcopy": "normal"},
        "2020-05-01",
        person=her,
    )
    technician.area = EAST
    assert [code for code, *_ in technician.codes(screened, later)] == ["accepted"] * 2
    fresh = town.technician()
    fresh.pull()
    assert b'"hpv":"other"' in fresh.everything()


def test_a_talk_in_the_village_is_known_to_a_new_phone(town: Town, director: Handset, woman: str) -> None:
    talk = director.record("education", {"topic": "folic", "attendees": 12}, area=EAST)
    assert [code for code, *_ in director.codes(talk)] == ["accepted"]
    fresh = town.director(EAST)
    fresh.pull()
    assert talk["id"].encode() in fresh.everything()
