"""Events as a phone makes them (pwa/src/store/event.ts), and the workload's visits as events and back.

A visit's content travels whole, so what comes back can be compared with what was sent. Its own person and household ids
are random and belong to nobody; they go along as answers, and the event itself is about a consented person of the
village. Device and worker follow from the event's actor; `dseq` goes up only, and the server's count of it is checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.workload import METHODS, Visit
from server.ids import b64
from server.rules.digest import digest

Event = dict[str, Any]

FORM = "bench_visit/1"
_CODE_OF = {method: method.replace("-", "_") for method in METHODS}
_METHOD_OF = {code: method for method, code in _CODE_OF.items()}


@dataclass(frozen=True)
class Author:
    """Who writes: a worker on a registered phone. `clk` names the phone's clock; `device` is the workload's number."""

    device: int
    worker: str
    phone: str
    store: str
    token: str
    role: str
    clk: str


@dataclass(frozen=True)
class Subject:
    """A consented person, with the village she lives in."""

    area: str
    person: str
    household: str


def make_event(author: Author, dseq: int, t: int, draft: Mapping[str, Any]) -> Event:
    """A whole event; `draft` is {id, kind, schema, area, person?, household?, body}, in the page's order of keys."""
    about = {name: draft[name] for name in ("person", "household") if draft.get(name)}
    who = {"actor": author.worker, "role": author.role}
    bare = {
        "id": draft["id"], "kind": draft["kind"], "schema": draft["schema"], "store": author.store, "t": t,
        "clk": author.clk, **who, "area": draft["area"], **about, "body": draft["body"],
    }  # fmt: skip
    # A phone draws its salt; here it follows from the id, so that a repeated push is the same event again.
    salt = hashlib.sha256(draft["id"].encode()).digest()[:16]
    return {**bare, "body": {"salt": b64(salt), **draft["body"]}, "digest": b64(digest(salt, bare)), "dseq": dseq}


def visit_event(author: Author, visit: Visit, subject: Subject) -> Event:
    """A visit of the workload as a record of the benchmark's form."""
    day, _, time = visit["occurred_at"].rstrip("Z").partition("T")
    answers = {
        "person": visit["person"], "household": visit["household"], "second": _second(time),
        "delay_s": (_ms(visit["recorded_at"]) - _ms(visit["occurred_at"])) // 1000,
        "reason": visit["reason"], "method": _CODE_OF[visit["method"]], "qty": visit["qty"], "bp_high": visit["bp"][0],
        "bp_low": visit["bp"][1], "weight_kg": str(visit["weight_kg"]), "side_effects": visit["side_effects"],
        "followup_due": visit["followup_due"], "note": visit["note"],
    }  # fmt: skip
    draft = {
        "id": visit["id"], "kind": "record", "schema": FORM, "area": subject.area, "person": subject.person,
        "household": subject.household, "body": {"occurred_on": day, "answers": answers},
    }  # fmt: skip
    return make_event(author, visit["dseq"], _ms(visit["recorded_at"]), draft)


def visit_of(row: Mapping[str, Any], device: int, area: str, sent: Visit) -> Visit:
    """The visit behind a row that came down; of the one sent under its id only what no row brings down is taken."""
    answers = row["body"]["answers"]
    occurred = _ms(f"{row['body']['occurred_on']}T00:00:00Z") + answers["second"] * 1000
    return {
        "id": row["id"], "kind": "visit", "area": area, "device": f"d{device:04d}", "dseq": sent["dseq"],
        "worker": sent["worker"], "person": answers["person"], "household": answers["household"],
        "occurred_at": _text(occurred), "recorded_at": _text(occurred + answers["delay_s"] * 1000),
        "reason": answers["reason"],
        "method": _METHOD_OF[answers["method"]], "qty": answers["qty"], "bp": [answers["bp_high"], answers["bp_low"]],
        "weight_kg": float(answers["weight_kg"]), "side_effects": answers.get("side_effects", []),
        "followup_due": answers["followup_due"], "note": answers["note"],
    }  # fmt: skip


def _second(time: str) -> int:
    hours, minutes, seconds = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1000


def _text(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat().replace("+00:00", "Z")
