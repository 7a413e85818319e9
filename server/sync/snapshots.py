"""Prepared snapshots of a feed: what a new phone needs to know, in chunks that are each usable by themselves."""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.errors import AppError
from server.extensions import line_of, writing
from server.ids import b64, unb64
from server.models import Snapshot, SnapshotChunk
from server.sync.asking import COUNTY, ask
from server.sync.bulk import insert_rows
from server.sync.contents import gather
from server.sync.feeds import Counter, Key, forget_snapshots, lock
from server.sync.packing import GZIP, squeezed
from server.sync.tables import Contents, Group

Packed: TypeAlias = tuple[bytes, bytes]  # SHA-256 of the JSON, gzipped JSON
SMALL = 200
LONGEST_TAIL = 500
LARGEST = 64 * 1024
ROUGHLY = 60 * 1024
SAMPLE = 512 * 1024
TOGETHER = 8  # feeds
_PREPARED = select(Snapshot.feed_id, Snapshot.seq, Snapshot.h, Snapshot.chunks).where(
    Snapshot.county == COUNTY, Snapshot.feed_id.in_(bindparam("feeds", expanding=True))
)
_CHUNK = (
    select(SnapshotChunk.content, Snapshot.chunks)
    .join(Snapshot, (Snapshot.county == SnapshotChunk.county) & (Snapshot.feed_id == SnapshotChunk.feed_id))
    .where(
        SnapshotChunk.county == COUNTY,
        SnapshotChunk.feed_id == bindparam("feed"),
        SnapshotChunk.seq == bindparam("seq"),
        SnapshotChunk.n == bindparam("n"),
    )
)


class SnapshotGone(AppError):
    """Rebuilt meanwhile (something was hidden, erased or moved): pull with `again`."""

    code, status, message = "snapshot_gone", 410, "首次同步的数据已更新，请重新接收 The snapshot was rebuilt, ask again"


def wanted(audience: str, seq: int, snapshot: int | None) -> bool:
    """Whether a feed that a phone begins needs a new snapshot first."""
    if audience not in ("common", "clinical", "stock", "ref") or seq <= SMALL:
        return False
    return snapshot is None or seq - snapshot > LONGEST_TAIL


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk as it is stored: gzip, and the SHA-256 of the JSON inside."""

    gzip: bytes
    sha: bytes

    @property
    def plain(self) -> bytes:
        """The JSON."""
        return zlib.decompress(self.gzip, GZIP)


def read(session: Session, county: str, feeds: Collection[int]) -> dict[int, Row[Any]]:
    """The prepared snapshots of these feeds, those that have one: seq, h, chunks."""
    return {row.feed_id: row for row in ask(session, _PREPARED, county=county, feeds=list(feeds))}


def chunk(session: Session, county: str, feed: int, seq: int, n: int) -> Chunk:
    """One chunk; raises SnapshotGone."""
    found = ask(session, _CHUNK, county=county, feed=feed, seq=seq, n=n).first()
    if found is None:
        raise SnapshotGone
    return Chunk(found.content, unb64(found.chunks[n]["sha"]))


def prepare(county: str, keys: Collection[Key], now: int) -> None:
    """Build feeds' snapshots under their locks, those that nobody built meanwhile; a few feeds in one transaction."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), TOGETHER):
        with writing() as session:
            _prepare(session, county, set(ordered[start : start + TOGETHER]), now)


def _prepare(session: Session, county: str, keys: set[Key], now: int) -> None:
    held = lock(session, county, keys)
    old = read(session, county, [counter.id for counter in held.values()])
    made: list[tuple[Counter, list[Packed]]] = []
    for key, counter in held.items():
        if counter.id not in old or wanted(key[1], counter.seq, old[counter.id].seq):
            contents = gather(session, county, key, day_of(now).isoformat())
            made.append((counter, _chunks(contents, counter.id, counter.seq)))
    if made:
        _keep(session, county, made, now)


def _keep(session: Session, county: str, made: Sequence[tuple[Counter, list[Packed]]], now: int) -> None:
    forget_snapshots(session, county, [counter.id for counter, _ in made])
    heads: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    for counter, chunks in made:
        place = {"county": county, "feed_id": counter.id, "seq": counter.seq}
        named = [{"sha": b64(sha), "bytes": len(small)} for sha, small in chunks]
        heads.append(place | {"h": counter.h, "chunks": named, "made_at": now})
        parts += [place | {"n": n, "content": small} for n, (_, small) in enumerate(chunks)]
    insert_rows(line_of(session), SnapshotChunk, parts)
    insert_rows(line_of(session), Snapshot, heads)


def _chunks(contents: Contents, feed: int, seq: int) -> list[Packed]:
    """A feed's chunks, none above 64 KB but for one household's: households are never torn apart."""
    cut = _share(contents.groups or [Group()], _expected(contents))
    while True:
        place = {"f": str(feed), "seq": seq, "of": len(cut)}
        done = [_packed(orjson.dumps(place | {"n": n} | contents.tables(part))) for n, part in enumerate(cut)]
        large = [n for n, (_, small) in enumerate(done) if len(small) > LARGEST and len(cut[n]) > 1]
        if not large:
            return done
        for n in reversed(large):
            cut[n : n + 1] = _share(cut[n], 2)


def _packed(body: bytes) -> Packed:
    return hashlib.sha256(body).digest(), squeezed(body)


def _expected(contents: Contents) -> int:
    """How many chunks it will take, judged by what gzip makes of the first part."""
    groups, sample, size = contents.groups, list[Group](), 0
    if len(groups) < 2:
        return 1
    for group in groups:
        if size >= SAMPLE:
            break
        sample.append(group)
        size += group.weight
    if len(sample) == len(groups):
        return 1
    ratio = len(squeezed(orjson.dumps(contents.tables(sample)))) / size
    return max(1, math.ceil(ratio * sum(group.weight for group in groups) / ROUGHLY))


def _share(groups: Sequence[Group], parts: int) -> list[list[Group]]:
    """The groups in order, in at most `parts` parts of about the same weight."""
    if parts == 1:
        return [list(groups)]
    whole, shared, size = sum(group.weight for group in groups), list[list[Group]](), 0.0
    for group in groups:
        if not shared or (size >= whole * len(shared) / parts):
            shared.append([])
        shared[-1].append(group)
        size += group.weight
    if len(shared) == 1 < min(parts, len(groups)):  # nearly all of it is one household's
        return [[*groups[:-1]], [groups[-1]]]
    return shared
