"""A phone as the protocol sees one: it writes events, pushes, pulls, and checks every answer as a phone must."""

from __future__ import annotations

import base64
import gzip
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

import orjson
from flask.testing import FlaskClient

from server.clock import now_ms
from server.ids import b64, new_id, unb64
from server.rules.digest import event_digest

HEADERS = {"X-Suifang": "1", "Sync-Protocol": "1", "Accept-Encoding": "gzip"}
Event = dict[str, Any]
Row = dict[str, Any]


@dataclass
class FeedCopy:
    """One feed on the phone: its rows by number and the chain's head."""

    area: str
    audience: str
    seq: int = 0
    h: bytes = bytes(8)
    rows: dict[int, Row] = field(default_factory=dict)
    chunks: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Handset:
    """A registered phone with one store. `client` carries the worker's session."""

    client: FlaskClient
    worker: str
    role: str
    area: str
    device: str
    store: str
    dseq: int = 0
    clk: str = "c1"
    cursor: str | None = None
    epoch: str | None = None
    feeds: dict[str, FeedCopy] = field(default_factory=dict)

    # -- writing

    def event(self, kind: str, schema: str, body: dict[str, Any], **more: Any) -> Event:
        """An event as the phone would seal it off; `more` overrides the envelope."""
        self.dseq += 1
        core = {
            "id": new_id(), "kind": kind, "schema": schema, "store": self.store, "t": now_ms(), "clk": self.clk,
            "actor": self.worker, "role": self.role, "area": self.area, "body": {"salt": b64(secrets.token_bytes(16)), **body},
        }  # fmt: skip
        core |= more
        return core | {"dseq": self.dseq, "digest": event_digest(core)}

    def household(self, **fields: Any) -> Event:
        """A new household in the phone's village."""
        body = {"set": {"area": self.area, "number": "1"} | fields, "base": {}}
        return self.event("patch", "household/1", body, household=new_id())

    def person(self, household: str, name: str = "周桂兰", **fields: Any) -> Event:
        """A new woman in a household."""
        values = {"name": name, "sex": "f", "birth": "1988-05-02", "household": household} | fields
        return self.event("patch", "person/1", {"set": values, "base": {}}, person=new_id())

    def patch(self, person: str, changes: dict[str, Any], base: dict[str, str | None]) -> Event:
        return self.event("patch", "person/1", {"set": changes, "base": base}, person=person)

    def record(self, form: str, answers: dict[str, Any], on: str = "2026-10-01", **about: Any) -> Event:
        return self.event("record", f"{form}/1", {"occurred_on": on, "answers": answers}, **about)

    def consent(self, person: str, decision: str = "given", purpose: str = "service_record", **more: Any) -> Event:
        answers = {"purpose": purpose, "decision": decision, "text_version": "1", "mode": "oral", "witness": "李"}
        return self.record("consent", answers | more, more.pop("on", "2026-10-01"), person=person)

    def amend(self, record: Event, answers: dict[str, Any], reason: str = "写错了") -> Event:
        return self.event("amend", record["schema"], {"of": record["id"], "answers": answers, "reason": reason})

    def void(self, record: Event, reason: str = "记错了人") -> Event:
        return self.event("void", record["schema"], {"of": record["id"], "reason": reason})

    # -- sending

    def send(self, *events: Event, **head: Any) -> Any:
        """Push and take the answer apart; fails unless it is 200 and whole."""
        response = self.post({"events": list(events)} | head)
        assert response.status_code == 200, response.text
        answer = opened(response)
        self.epoch = answer["epoch"]
        return answer

    def post(self, batch: dict[str, Any]) -> Any:
        head = {"proto": 1, "device": self.device, "store": self.store, "epoch": self.epoch, "now": now_ms()}
        return self.raw(gzip.compress(orjson.dumps(head | batch)), **{"Content-Encoding": "gzip"})

    def raw(self, data: bytes, **headers: str) -> Any:
        return self.client.post("/api/sync/push", data=data, content_type="application/json", headers=HEADERS | headers)

    def codes(self, *events: Event) -> list[tuple[str, ...]]:
        """Each event's code (and reason or flags) after a push."""
        return spread(self.send(*events)["results"])

    # -- receiving

    def get(self, **query: Any) -> Any:
        asked = {"device": self.device, "store": self.store} | query
        return self.client.get("/api/sync/pull", query_string=asked, headers=HEADERS)

    def pull(self, n: int = 1000) -> list[Row]:
        """Pull until nothing more comes; checks numbers and chains; answers the rows that came, chunks opened."""
        came: list[Row] = []
        while True:
            response = self.get(n=n, **({"c": self.cursor} if self.cursor else {}))
            assert response.status_code == 200, response.text
            answer = opened(response)
            if answer.get("reset"):
                self.cursor, self.feeds, self.epoch = None, {}, answer["epoch"]
                continue
            came += self.apply(answer)
            if not answer["more"]:
                return came

    def apply(self, answer: Any) -> list[Row]:
        for f in answer["drop"]:
            self.feeds.pop(f, None)
        for entry in answer["add"]:
            self.feeds[entry["f"]] = self._begin(entry, answer)
        for row in answer["events"]:
            self._put(row)
        for f, (seq, h) in answer["heads"].items():
            copy = self.feeds[f]
            assert copy.seq < seq or (copy.seq, b64(copy.h)) == (seq, h), "the chain does not match the server's head"
        self.cursor, self.epoch = answer["c"], answer["epoch"]
        return list(answer["events"])

    def _begin(self, entry: dict[str, Any], answer: Any) -> FeedCopy:
        copy = FeedCopy(entry["area"], entry["audience"])
        snapshot = entry.get("snapshot")
        if snapshot:
            copy.seq, copy.h = snapshot["seq"], unb64(snapshot["h"])
            for n, chunk in enumerate(snapshot["chunks"]):
                copy.chunks.append(self.chunk(entry["f"], snapshot["seq"], n, chunk["sha"]))
            if answer.get("first", {}).get("f") == entry["f"]:
                assert answer["first"]["chunk"] == copy.chunks[0]
        return copy

    def chunk(self, f: str, seq: int, n: int, sha: str) -> Any:
        response = self.client.get(f"/api/sync/snapshots/{f}/{seq}/{n}", headers=HEADERS)
        assert response.status_code == 200, response.text
        assert len(response.data) <= 64 * 1024
        assert b64(hashlib.sha256(gunzip(response)).digest()) == sha
        return opened(response)

    def _put(self, row: Row) -> None:
        copy = self.feeds[row["f"]]
        assert row["q"] == copy.seq + 1, f"feed {row['f']}: {row['q']} after {copy.seq}"
        copy.h = hashlib.sha256(copy.h + row["id"].encode() + unb64(row["digest"])).digest()[:8]
        copy.seq = row["q"]
        copy.rows[row["q"]] = row

    def rows(self, area: str, audience: str) -> list[Row]:
        """The rows of one feed as held now, those of reveals opened."""
        found = [copy for copy in self.feeds.values() if (copy.area, copy.audience) == (area, audience)]
        return [row for copy in found for row in copy.rows.values()]

    def everything(self) -> bytes:
        """All that lies on this phone from the server, as bytes."""
        held = [[copy.area, copy.audience, copy.rows, copy.chunks] for copy in self.feeds.values()]
        return orjson.dumps(held, option=orjson.OPT_NON_STR_KEYS)


def gunzip(response: Any) -> bytes:
    packed = response.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(response.data) if packed else bytes(response.data)


def opened(response: Any) -> Any:
    """The answer's JSON, after checking its Content-Digest."""
    body = gunzip(response)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    assert response.headers["Content-Digest"] == f"sha-256=:{digest}:"
    return orjson.loads(body)


def spread(runs: list[list[Any]]) -> list[tuple[str, ...]]:
    """Run-length answers as one tuple (code, reason?) an event."""
    return [tuple(said) for count, *said in runs for _ in range(count)]
