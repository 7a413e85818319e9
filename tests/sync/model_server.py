"""The real server under the model test: reset, backup, restore, grants, what it holds, and its switchable faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete, select, update

from server.clock import now_ms
from server.errors import BadInput
from server.extensions import db, writing
from server.ids import new_id
from server.models import Deployment, Event, Feed, FeedRow, Grant, Parked, Record, Snapshot, SnapshotChunk, Store
from server.sync import backup, bulk, dump, epoch, feeds, granting, intake, item, journal, log, snapshots
from tests.sync.town import COUNTY, Town

CLEARED = (SnapshotChunk, Snapshot, FeedRow, Feed, Record, Parked, Event, Deployment)


@dataclass
class Server:
    """A town's server. `late`: rows whose numbers were given out before their commit (fault late_commit)."""

    town: Town
    folder: Path
    late: list[dict[str, Any]] = field(default_factory=list)
    backups: int = 0

    def reset(self, grants: list[tuple[str, str]]) -> None:
        """As if nothing had happened yet: everyone has every (worker, area) grant."""
        (self.folder / journal.NAME).unlink(missing_ok=True)
        self.late.clear()
        with self.town.app.app_context(), writing() as session:
            for model in (*CLEARED, Grant):
                session.execute(delete(model))
            session.execute(update(Store).values(have=0, top=0, backed_up=0, offsets={}))
            session.add_all(Grant(worker_id=w, role="director", area=a, granted_at=1) for w, a in grants)
        self.town.app.extensions.pop(epoch.CACHE, None)

    def toggle(self, worker: str, area: str) -> None:
        with self.town.app.app_context(), writing() as session:
            held = select(Grant).where(Grant.worker_id == worker, Grant.area == area, Grant.revoked_at.is_(None))
            change = granting.revoke if session.scalar(held) else granting.grant
            change(session, worker, "director", area, now=now_ms())

    def take_backup(self) -> Path:
        """What backup.backup does, without the encryption, which costs a tenth of a second."""
        self.commit_late()
        self.backups += 1
        copy = self.folder / f"copy{self.backups}"
        with self.town.app.app_context():
            epoch.current()
            dump.copy_out(db.engine, copy)
            dump.stamp(copy, epoch.IN_BACKUP)
            backup._move_on(dump.check(copy)[1])
        return copy

    def restore(self, copy: Path) -> None:
        self.late.clear()
        with self.town.app.app_context():
            dump.copy_in(copy, db.engine)
            db.session.remove()
            epoch.begin(self.folder)

    def commit_late(self) -> None:
        rows, self.late[:] = [*self.late], []
        if rows:
            with self.town.app.app_context(), writing() as session:
                bulk.insert_rows(session.connection(), FeedRow, rows)

    def grants(self, worker: str) -> set[str]:
        with self.town.app.app_context():
            return set(
                db.session.scalars(select(Grant.area).where(Grant.worker_id == worker, Grant.revoked_at.is_(None)))
            )

    def epoch(self) -> str:
        with self.town.app.app_context():
            return epoch.current()

    def feed(self, area: str) -> tuple[str, dict[int, str]]:
        """A village's common feed: its number, and what stands at each place."""
        with self.town.app.app_context():
            places = (
                select(FeedRow.seq, Event.body, Feed.id)
                .join(Event, (Event.county == FeedRow.county) & (Event.id == FeedRow.event_id))
                .join(Feed, (Feed.county == FeedRow.county) & (Feed.id == FeedRow.feed_id))
                .where(Feed.county == COUNTY, Feed.area == area, Feed.audience == "common", Event.kind == "record")
            )
            rows = db.session.execute(places).all()
            held = {seq: log.open_blob(body or b"")["answers"]["needs"] for seq, body, _ in rows}
            return (str(rows[0][2]) if rows else ""), held

    def arrived(self) -> set[str]:
        """The ids of all events that are in the log or parked."""
        with self.town.app.app_context():
            return set(db.session.scalars(select(Event.id))) | set(db.session.scalars(select(Parked.event_id)))


@contextmanager
def faulty(server: Server, bug: str) -> Iterator[None]:
    """The server with one known fault switched on; those of phones are in the client."""
    faults = {
        "no_dedupe": lambda: patch.object(intake, "_one", _no_dedupe(intake._one)),
        "late_commit": lambda: patch.object(feeds, "insert_columns", _late(server)),
        "reject_batch": lambda: patch.object(intake, "_parked_row", _refuse),
        "drop_rejected": lambda: patch.object(intake, "insert_rows", _drop_parked),
        "forbid_late": lambda: patch.object(intake, "_one", _forbid(intake._one)),
    }
    if bug in faults:
        with faults[bug]():
            yield
    else:
        yield


@contextmanager
def small_snapshots() -> Iterator[None]:
    """A feed of three rows begins with a snapshot, and it is made anew after four more: as rare as on a small stage."""
    with patch.object(snapshots, "SMALL", 2), patch.object(snapshots, "LONGEST_TAIL", 4):
        yield


def _no_dedupe(one: Any) -> Any:
    def take_again(world: Any, known: Any, came: item.Item, parked: Any) -> Any:
        if came.id in known.digests:
            came.id, came.store, came.dseq = new_id(), None, None
        return one(world, known, came, parked)

    return take_again


def _late(server: Server) -> Any:
    def insert(connection: Any, model: Any, columns: dict[str, Any]) -> None:
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        held = [row for row in rows if row["seq"] % 3 == 2]
        server.late += held
        bulk.insert_rows(connection, model, [row for row in rows if row not in held])

    return insert


def _refuse(*_: Any) -> Any:
    raise BadInput


def _drop_parked(connection: Any, model: Any, rows: Any) -> None:
    if model is not Parked:
        bulk.insert_rows(connection, model, rows)


def _forbid(one: Any) -> Any:
    """Answered as done with, kept nowhere (what cht-core#11306 did)."""

    def forbid(world: Any, known: Any, came: item.Item, parked: Any) -> Any:
        return ("forbidden", None) if "late_grant" in came.flags else one(world, known, came, parked)

    return forbid
