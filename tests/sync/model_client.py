"""The phone of the model test: the protocol's client rules and nothing else, over the real server's answers.

`BUGS` are known faults of real systems (SYNC §5); a run with one of them switched on must fail.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from server.clock import today
from tests.sync.handset import HEADERS, Handset, opened, spread

BUGS = (
    "no_dedupe", "late_commit", "cursor_first", "stale_answer", "reject_batch", "drop_rejected", "forbid_late",
    "ignore_epoch", "epoch_on_pull_only", "snapshot_unread",
)  # fmt: skip
DONE = {"accepted", "duplicate", "parked", "forbidden"}  # the last one only a faulty server says


@dataclass
class Disk:
    """What one local database holds. `mirror`: feed → {seq: marker} of the rows behind its snapshot, if it began with one.

    `base`: feed → the snapshot's place and the markers of the records in it.
    """

    outbox: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    mirror: dict[str, dict[int, str | None]] = field(default_factory=dict)
    base: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    cursor: str | None = None
    epoch: str | None = None


@dataclass
class Client:
    """One phone: its disk, and the one request of each kind that it waits for (not on disk)."""

    phone: Handset
    bug: str
    disk: Disk = field(default_factory=Disk)
    wait: dict[str, int] = field(default_factory=dict)

    def write(self, marker: str, area: str, household: str, *, bad: bool) -> None:
        form = "no_such_form" if bad else "household_visit"
        answers, day = {"presence": "met", "needs": marker}, today().isoformat()
        self.disk.outbox.append(self.phone.record(form, answers, day, area=area, household=household))

    # -- what goes over the line: called at the server's end

    def push(self, events: list[dict[str, Any]]) -> Any:
        response = self.phone.post({"events": events})
        return opened(response) if response.status_code == 200 else None

    def pull(self, cursor: str | None, n: int, again: Iterable[str] = ()) -> Any:
        response = self.phone.get(n=n, again=",".join(again), **({"c": cursor} if cursor else {}))
        assert response.status_code == 200, response.text
        return opened(response) | {"base": cursor}

    def snapshots(self, answer: Any) -> dict[str, tuple[int, list[str]]] | None:
        """The snapshots of the feeds that an answer begins; None when one was rebuilt meanwhile."""
        found = {}
        for entry in answer["add"]:
            f, snapshot = entry["f"], entry.get("snapshot")
            if snapshot:
                places = [f"/api/sync/snapshots/{f}/{snapshot['seq']}/{n}" for n, _ in enumerate(snapshot["chunks"])]
                got = [self.phone.client.get(place, headers=HEADERS) for place in places]
                if any(response.status_code == 410 for response in got):
                    return None
                found[f] = snapshot["seq"], [marker for response in got for marker in _markers(opened(response))]
        return found

    # -- what the phone makes of an answer: each is one local transaction

    def meet(self, disk: Disk, epoch: str) -> None:
        """A new epoch means that the server was restored: what no backup is known to hold goes out again."""
        if disk.epoch not in (None, epoch) and self.bug != "ignore_epoch":
            disk.outbox, disk.kept = disk.kept + disk.outbox, []
            disk.mirror, disk.base, disk.seqs, disk.cursor = {}, {}, {}, None
        disk.epoch = epoch

    def on_push(self, sent: list[dict[str, Any]], answer: Any) -> None:
        if answer is None:
            return
        disk = copy.deepcopy(self.disk)
        if self.bug != "epoch_on_pull_only":
            self.meet(disk, answer["epoch"])
        codes = [code for code, *_ in spread(answer["results"])]
        assert len(codes) == len(sent)
        done = {event["id"] for event, code in zip(sent, codes, strict=True) if code in DONE}
        disk.kept += [event for event in disk.outbox if event["id"] in done]
        disk.outbox = [event for event in disk.outbox if event["id"] not in done]
        disk.kept = [event for event in disk.kept if event["dseq"] > answer["backed_up"]]
        self.disk = disk

    def on_pull(self, answer: Any, *, die: bool) -> None:
        disk = copy.deepcopy(self.disk)
        if answer.get("reset"):
            self.meet(disk, answer["epoch"])
            if self.bug == "ignore_epoch":
                disk.mirror, disk.base, disk.seqs, disk.cursor = {}, {}, {}, None
            self.disk = disk
            return
        if answer["base"] != self.disk.cursor and self.bug != "stale_answer":
            return  # an old or a doubled answer: not for this cursor
        self.meet(disk, answer["epoch"])
        if self.bug == "cursor_first" and die:
            self.disk.cursor, self.disk.seqs = answer["c"], _ends(disk, answer)
            return
        begun = self.snapshots(answer)
        if begun is None:
            return  # gone: the next answer names a newer one
        if self.bug == "snapshot_unread":
            begun = {f: (seq, []) for f, (seq, _) in begun.items()}
        _fold(disk, answer, begun)
        if not die:  # killed before the commit: nothing happened
            self.disk = disk


def _ends(disk: Disk, answer: Any) -> dict[str, int]:
    seqs = {f: seq for f, seq in disk.seqs.items() if f not in answer["drop"]}
    seqs |= {entry["f"]: entry.get("snapshot", {}).get("seq", 0) for entry in answer["add"]}
    return seqs | {row["f"]: row["q"] for row in answer["events"]}


def _markers(chunk: Any) -> list[str]:
    """What stands in a chunk's records."""
    table = chunk["records"]
    return [dict(zip(table["cols"], row, strict=True))["answers"]["needs"] for row in table["rows"]]


def _fold(disk: Disk, answer: Any, begun: dict[str, tuple[int, list[str]]]) -> None:
    disk.seqs = _ends(disk, answer)
    for f in [*answer["drop"], *(entry["f"] for entry in answer["add"])]:
        disk.mirror.pop(f, None)
        disk.base.pop(f, None)
    disk.mirror |= {entry["f"]: {} for entry in answer["add"]}
    disk.base |= begun
    for row in answer["events"]:
        disk.mirror.setdefault(row["f"], {})[row["q"]] = (
            row["body"]["answers"]["needs"] if row["kind"] == "record" else None
        )
    disk.cursor = answer["c"]
