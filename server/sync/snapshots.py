"""Prepared snapshots of a feed: what a new phone needs to know, in chunks that are each usable by themselves."""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Sequence

import orjson
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.errors import AppError
from server.extensions import writing
from server.ids import b64
from server.models import Snapshot, SnapshotChunk
from server.sync.contents import gather
from server.sync.feeds import Key, lock
from server.sync.tables import Contents, Group

SMALL = 200
LONGEST_TAIL = 500
LARGEST = 64 * 1024
ROUGHLY = 60 * 1024
SAMPLE = 512 * 1024
LEVEL = 8
GZIP = 31  # zlib's word for a gzip wrapper


class SnapshotGone(AppError):
    """Rebuilt meanwhile (something was hidden, erased or moved): pull with `again`."""

    code, status, message = "snapshot_gone", 410, "首次同步的数据已更新，请重新接收 The snapshot was rebuilt, ask again"


def wanted(audience: str, seq: int, snapshot: int | None) -> bool:
    """Whether a feed that a phone begins needs a new snapshot first."""
    if audience not in ("common", "clinical", "stock") or seq <= SMALL:
        return False
    return snapshot is None or seq - snapshot > LONGEST_TAIL


def read(session: Session, county: str, feed: int) -> Snapshot | None:
    """The prepared snapshot of a feed."""
    return session.get(Snapshot, (county, feed))


def chunk(session: Session, county: str, feed: int, seq: int, n: int) -> bytes:
    """One chunk's JSON; raises SnapshotGone."""
    return zlib.decompress(packed(session, county, feed, seq, n), GZIP)


def packed(session: Session, county: str, feed: int, seq: int, n: int) -> bytes:
    """One chunk as it is stored, gzipped; raises SnapshotGone."""
    found = session.scalar(
        select(SnapshotChunk.content).where(
            SnapshotChunk.county == county,
            SnapshotChunk.feed_id == feed,
            SnapshotChunk.seq == seq,
            SnapshotChunk.n == n,
        )
    )
    if found is None:
        raise SnapshotGone
    return found


def prepare(county: str, key: Key, now: int) -> None:
    """Build a feed's snapshot under its lock, unless somebody just did."""
    with writing() as session:
        counter = lock(session, county, {key}).held[key]
        old = read(session, county, counter.id)
        if old is not None and not wanted(key[1], counter.seq, old.seq):
            return
        chunks = _cut(gather(session, county, key, day_of(now).isoformat()), counter.id, counter.seq)
        for table in (Snapshot, SnapshotChunk):
            session.execute(delete(table).where(table.county == county, table.feed_id == counter.id))
        place = {"county": county, "feed_id": counter.id, "seq": counter.seq}
        session.execute(insert(SnapshotChunk), [place | {"n": n, "content": c} for n, (_, c) in enumerate(chunks)])
        named = [{"sha": sha, "bytes": len(content)} for sha, content in chunks]
        session.execute(insert(Snapshot), [place | {"h": counter.h, "chunks": named, "made_at": now}])


def _cut(contents: Contents, feed: int, seq: int) -> list[tuple[str, bytes]]:
    """(sha of the JSON, gzipped JSON) of each chunk, none above 64 KB; households are never torn apart."""
    cut = _share(contents.groups or [Group()], _expected(contents))
    while True:
        plain = [_body(contents, cut, n, feed, seq) for n in range(len(cut))]
        packed = [_gzip(body) for body in plain]
        large = [n for n, small in enumerate(packed) if len(small) > LARGEST and len(cut[n]) > 1]
        if not large:
            return [(b64(hashlib.sha256(body).digest()), small) for body, small in zip(plain, packed, strict=True)]
        for n in reversed(large):
            cut[n : n + 1] = _share(cut[n], 2)


def _expected(contents: Contents) -> int:
    """How many chunks it will take, judged by what gzip makes of the first part."""
    groups, sample, size = contents.groups, list[Group](), 0
    for group in groups:
        if size >= SAMPLE:
            break
        sample.append(group)
        size += group.weight
    if len(sample) == len(groups):
        return 1
    ratio = len(_gzip(orjson.dumps(contents.tables(sample)))) / size
    return max(1, math.ceil(ratio * sum(group.weight for group in groups) / ROUGHLY))


def _share(groups: Sequence[Group], parts: int) -> list[list[Group]]:
    """The groups in order, in at most `parts` parts of about the same weight."""
    whole, shared, size = sum(group.weight for group in groups), list[list[Group]](), 0.0
    for group in groups:
        if not shared or (size >= whole * len(shared) / parts):
            shared.append([])
        shared[-1].append(group)
        size += group.weight
    if len(shared) == 1 < min(parts, len(groups)):  # nearly all of it is one household's
        return [[*groups[:-1]], [groups[-1]]]
    return shared


def _body(contents: Contents, cut: Sequence[Sequence[Group]], n: int, feed: int, seq: int) -> bytes:
    return orjson.dumps({"f": str(feed), "seq": seq, "n": n, "of": len(cut)} | contents.tables(cut[n]))


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return packer.compress(data) + packer.flush()
