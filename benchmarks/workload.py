"""Visits as plain records of about 600 bytes of JSON, the same in every run: what any sync server could be asked to carry."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

Visit = dict[str, Any]

METHODS = (
    "pill-coc pill-pop injectable-dmpa-im injectable-dmpa-sc condom-male condom-female implant-levonorgestrel iud-copper ec-pill"
).split()
REASONS = "first_visit refill side_effects switch_method postpartum counselling".split()
SIDE_EFFECTS = "headache spotting nausea amenorrhoea cramps weight_change none".split()
WORDS = (
    "came back after market day asks about spacing next child husband works away until harvest talked about missed pills showed "
    "calendar gave leaflet blood pressure normal will come to clinic for check up back in two weeks wants to talk alone at well "
    "nobody at door sister took message stock low asked station for more walked from next village rain late mild side effects"
).split()
BEGIN = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
AREAS_A_DEVICE = 5


def uuid7(ms: int, chance: random.Random) -> str:
    """A UUIDv7 of that moment whose random part comes from `chance`."""
    value = (
        (ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62 | chance.getrandbits(62)
    )
    return str(uuid.UUID(int=value))


def make_visits(count: int, device: int) -> list[Visit]:
    """`count` visits of one device, numbered from 1."""
    chance = random.Random(device)
    now, visits = BEGIN, []
    worker = uuid7(_ms(BEGIN), chance)
    for number in range(1, count + 1):
        now += timedelta(seconds=chance.randrange(120, 3600))
        visits.append(_visit(now, device, number, worker, chance))
    return visits


def _visit(now: datetime, device: int, number: int, worker: str, chance: random.Random) -> Visit:
    ms = _ms(now) + chance.randrange(1000)
    return {
        "id": uuid7(ms, chance), "kind": "visit", "area": f"np-{device:03d}-{chance.randint(1, AREAS_A_DEVICE)}",
        "device": f"d{device:04d}", "dseq": number, "worker": worker,
        "person": uuid7(ms - chance.randrange(10**9), chance), "household": uuid7(ms - chance.randrange(10**9), chance),
        "occurred_at": _text(now), "recorded_at": _text(now + timedelta(seconds=chance.randrange(900))),
        "reason": chance.choice(REASONS), "method": chance.choice(METHODS), "qty": chance.randrange(1, 13),
        "bp": [chance.randrange(90, 170), chance.randrange(55, 105)], "weight_kg": round(chance.uniform(38, 82), 1),
        "side_effects": chance.sample(SIDE_EFFECTS, chance.randrange(3)),
        "followup_due": (now + timedelta(days=chance.choice([14, 28, 84, 91]))).date().isoformat(),
        "note": " ".join(chance.choice(WORDS) for _ in range(chance.randrange(13, 26))),
    }  # fmt: skip


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
