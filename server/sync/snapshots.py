"""Prepared snapshots of a feed: what a new phone needs to know, in chunks that are each usable by themselves."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from server.clock import day_of
from server.errors import AppError
from server.extensions import writing
from server.ids import b64
from server.models import Snapshot, SnapshotChunk
from server.sync.contents import Contents, gather
from server.sync.feeds import Key, lock

SMALL = 200
LONGEST_TAIL = 500
LARGEST = 64 * 1024
ROUGHLY = 56 * 1024
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
    parts = [[group] for group in contents.groups] or [[]]
    bodies = _packed(contents, _join(contents, parts), feed, seq)
    return [(b64(hashlib.sha256(plain).digest()), small) for plain, small in bodies]


def _join(contents: Contents, parts: Iterable[list[Any]]) -> list[list[Any]]:
    """Groups put together until a chunk is about full, measured by what gzip makes of a sample."""
    groups = [group for part in parts for group in part]
    if not groups:
        return [[]]
    whole = orjson.dumps(contents.tables(groups))
    ratio = len(_gzip(whole)) / len(whole)
    room = ROUGHLY / ratio
    joined: list[list[Any]] = [[]]
    size = 0.0
    for group in groups:
        weight = len(orjson.dumps(contents.tables([group]))) - contents.overhead
        if joined[-1] and size + weight > room:
            joined.append([])
            size = 0.0
        joined[-1].append(group)
        size += weight
    return joined


def _packed(contents: Contents, cut: list[list[Any]], feed: int, seq: int) -> list[tuple[bytes, bytes]]:
    """Each part as JSON and gzip; a part that came out too large is halved."""
    n = 0
    while n < len(cut):
        body = _body(contents, cut, n, feed, seq)
        if len(_gzip(body)) > LARGEST and len(cut[n]) > 1:
            half = len(cut[n]) // 2
            cut[n : n + 1] = [cut[n][:half], cut[n][half:]]
        else:
            n += 1
    bodies = [_body(contents, cut, n, feed, seq) for n in range(len(cut))]
    return [(body, _gzip(body)) for body in bodies]


def _body(contents: Contents, cut: list[list[Any]], n: int, feed: int, seq: int) -> bytes:
    return orjson.dumps({"f": str(feed), "seq": seq, "n": n, "of": len(cut)} | contents.tables(cut[n]))


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    return packer.compress(data) + packer.flush()
