"""A phone's side of sync protocol 1, as the page plays it (pwa/src/sync): push batches, pull until current, believe nothing.

An answer is taken only when its digest fits its bytes; rows only when they continue their feed and the chain's heads
agree; anything else raises `Disagreement`. What a phone would store is left out: that is the phone's work.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from benchmarks.event import Author, Event
from server.ids import unb64

Row = dict[str, Any]
PAGE = 1000
NO_CHAIN = bytes(8)
GOOD = ("accepted", "duplicate")


class Disagreement(RuntimeError):
    """The server did not do what protocol 1 promises."""


class Reply(Protocol):
    """What is needed of an HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class Connection(Protocol):
    """What is needed of a connection: `benchmarks.wire.Line`, or the shared harness's."""

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """One push: its gzipped body, how many events are in it, and the number of the last."""

    body: bytes
    count: int
    last: int


@dataclass
class Mirror:
    """How far a phone is: the cursor, and number and chain head of each feed; `rows` came since it was last emptied."""

    cursor: str | None = None
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def copy(self) -> Mirror:
        """The same place, no rows."""
        return Mirror(self.cursor, dict(self.heads))


def headers_of(author: Author) -> dict[str, str]:
    """What each sync request of this phone carries."""
    cookie = f"__Host-suifang={author.token}"
    return {"Cookie": cookie, "X-Suifang": "1", "Sync-Protocol": "1", "Accept-Encoding": "gzip"}


def pack(author: Author, events: Sequence[Event], batch: int) -> list[Batch]:
    """Events as the bodies of pushes."""
    bodies = []
    for start in range(0, len(events), batch):
        part = events[start : start + batch]
        head = {
            "proto": 1,
            "device": author.phone,
            "store": author.store,
            "epoch": None,
            "now": time.time_ns() // 10**6,
        }
        body = {**head, "dseq_min_unsent": part[0]["dseq"], "events": part}
        bodies.append(Batch(gzip.compress(orjson.dumps(body), 6), len(part), part[-1]["dseq"]))
    return bodies


def push(line: Connection, author: Author, bodies: Iterable[Batch]) -> int:
    """Send them; answers how many events the server took. Raises Disagreement when one is not plainly accepted."""
    headers = headers_of(author) | {"Content-Encoding": "gzip"}
    total = 0
    for batch in bodies:
        answer = _read(line.request("POST", "/api/sync/push", batch.body, headers))
        runs = answer["results"]
        plain = all(run[1] in GOOD and not (len(run) > 2 and run[2]) for run in runs)
        if not plain or sum(run[0] for run in runs) != batch.count or answer["have"] < batch.last:
            raise Disagreement(f"push: have {answer['have']} of {batch.last}, {runs[:5]}")
        total += batch.count
    return total


def pull(line: Connection, author: Author, mirror: Mirror, *, chunks: bool = True) -> None:
    """Pull until current. Without `chunks` it takes a snapshot's word for its content, to be up to date cheaply."""
    headers = headers_of(author)
    while True:
        answer = _ask(line, headers, author, mirror)
        inline = answer.get("first") or {}
        for added in answer.get("add", []):
            _add(line, headers, mirror, added, inline, chunks=chunks)
        for feed in answer.get("drop", []):
            mirror.heads.pop(feed, None)
        for row in answer["events"]:
            _follow(mirror, row)
        mirror.rows += answer["events"]
        mirror.cursor = answer["c"]
        if _is_current(answer):
            _compare(mirror, answer.get("heads", {}))
            return


def _ask(line: Connection, headers: dict[str, str], author: Author, mirror: Mirror) -> dict[str, Any]:
    cursor = f"&c={mirror.cursor}" if mirror.cursor else ""
    path = f"/api/sync/pull?n={PAGE}&device={author.phone}&store={author.store}{cursor}"
    answer = _read(line.request("GET", path, headers=headers))
    if answer.get("reset"):
        raise Disagreement("pull: reset")
    return answer


def _read(reply: Reply) -> dict[str, Any]:
    if reply.status != 200:
        raise Disagreement(f"HTTP {reply.status}: {reply.body[:400]!r}")
    digest = base64.b64encode(hashlib.sha256(reply.body).digest()).decode()
    if f"sha-256=:{digest}:" not in reply.headers.get("content-digest", ""):
        raise Disagreement("Content-Digest does not fit")
    answer = orjson.loads(reply.body)
    assert isinstance(answer, dict)
    return answer


def _add(line: Connection, headers: dict[str, str], mirror: Mirror, added: Row, inline: Row, *, chunks: bool) -> None:
    snapshot = added.get("snapshot")
    if snapshot is None:
        mirror.heads[added["f"]] = (0, NO_CHAIN)
        return
    mirror.heads[added["f"]] = (snapshot["seq"], unb64(snapshot["h"]))
    for number in range(len(snapshot["chunks"]) if chunks else 0):
        path = f"/api/sync/snapshots/{added['f']}/{snapshot['seq']}/{number}"
        here = inline.get("f") == added["f"] and inline["chunk"]["n"] == number
        mirror.rows += rows_of(inline["chunk"] if here else _read(line.request("GET", path, headers=headers)))


def _follow(mirror: Mirror, row: Row) -> None:
    feed = row["f"]
    seq, head = mirror.heads[feed]
    if row["q"] != seq + 1:
        raise Disagreement(f"feed {feed}: {row['q']} after {seq}")
    chained = hashlib.sha256(head + row["id"].encode() + unb64(row["digest"])).digest()[:8]
    mirror.heads[feed] = (row["q"], chained)


def _is_current(answer: dict[str, Any]) -> bool:
    heads, added = answer.get("heads", {}), answer.get("add", [])
    snapshots = [(added_feed["f"], added_feed["snapshot"]["seq"]) for added_feed in added if added_feed.get("snapshot")]
    return not answer["more"] and all(heads.get(feed, [None])[0] == seq for feed, seq in snapshots)


def _compare(mirror: Mirror, heads: dict[str, list[Any]]) -> None:
    for feed, (seq, head) in heads.items():
        if mirror.heads.get(feed) != (seq, unb64(head)):
            raise Disagreement(f"feed {feed}: head {mirror.heads.get(feed)} is not {seq} {head}")


def rows_of(chunk: Row) -> list[Row]:
    """The rows of a snapshot's chunk, persons and households by id; a row number refers within the chunk."""
    households, persons = _lines(chunk.get("households")), _lines(chunk.get("persons"))
    records = _lines(chunk.get("records"))
    for record in records:
        for name, table in (("household", households), ("person", persons)):
            if isinstance(record.get(name), int):
                record[name] = table[record[name]]["id"]
        record["kind"] = "record"
        record["body"] = {"occurred_on": record.pop("occurred_on"), "answers": record.pop("answers")}
    states = [{"kind": "state", **line} for line in (*households, *persons)]
    return [*states, *records, *chunk.get("rows", [])]


def _lines(table: dict[str, Any] | None) -> list[Row]:
    if not table:
        return []
    return [dict(zip(table["cols"], row, strict=False)) for row in table["rows"]]
