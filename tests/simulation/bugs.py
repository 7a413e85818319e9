"""Known faults of real systems as switches on the server's side; those of phones are in pwa/tests/simulation/bugs.ts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from server.errors import BadInput
from server.extensions import db, writing
from server.ids import new_id
from server.models import Event, FeedRow, Parked
from server.sync import bulk, contents, feeds, histories, intake, patching, replay, rows

Switch = Callable[[Any], AbstractContextManager[Any]]


def _no_dedupe(_: Any) -> AbstractContextManager[Any]:
    """A repeat of a push is taken again."""
    one = intake._one

    def again(world: Any, known: Any, item: Any, parked: Any) -> Any:
        if item.id in known.digests:
            item.id, item.store, item.dseq = new_id(), None, None
        return one(world, known, item, parked)

    return patch.object(intake, "_one", again)


@contextmanager
def _late_commit(town: Any) -> Iterator[None]:
    """Numbers are given out before the commit: every third row becomes visible one request later."""
    late: list[dict[str, Any]] = []
    ask = town.ask

    def insert(connection: Any, model: Any, named: dict[str, Any]) -> None:
        new = [dict(zip(named, row, strict=True)) for row in zip(*named.values(), strict=True)]
        held = [row for row in new if row["seq"] % 3 == 2]
        late.extend(held)
        bulk.insert_rows(connection, model, [row for row in new if row not in held])

    def asked(given: dict[str, Any], body: bytes) -> Any:
        due = [*late] if given["do"] == "http" else []
        answer = ask(given, body)
        with town.app.app_context():
            _commit(due)
        late[:] = [row for row in late if row not in due]
        return answer

    with patch.object(feeds, "insert_columns", insert), patch.object(town, "ask", asked):
        yield


def _commit(due: list[dict[str, Any]]) -> None:
    known = {row.event_id for row in db.session().execute(select(FeedRow.event_id))}
    events = set(db.session().scalars(select(Event.id)))
    fresh = [row for row in due if row["event_id"] not in known and row["event_id"] in events]
    with writing() as session:
        bulk.insert_rows(session.connection(), FeedRow, fresh)


@contextmanager
def _timestamp_cursor(_: Any) -> Iterator[None]:
    """What is not newer, by the server's clock, than the newest row that a phone has is never sent."""
    page, few = rows.page, rows.few

    def since(feed: int, after: int, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        stamps = _stamps(feed)
        return [row for row in found if not after or stamps[row["q"]] > stamps.get(after, 0)]

    def by_page(session: Any, county: str, feed: int, after: int, upto: int, most: int) -> Any:
        return since(feed, after, page(session, county, feed, after, upto, most))

    def by_few(session: Any, county: str, spans: Any) -> Any:
        found = few(session, county, spans)
        return [row for f, after, _ in spans for row in since(f, after, [r for r in found if r["f"] == str(f)])]

    with patch.object(rows, "page", by_page), patch.object(rows, "few", by_few):
        yield


def _stamps(feed: int) -> dict[int, int]:
    joined = select(FeedRow.seq, Event.received_at).join(
        Event, (Event.county == FeedRow.county) & (Event.id == FeedRow.event_id)
    )
    return {row[0]: row[1] for row in db.session().execute(joined.where(FeedRow.feed_id == feed))}


def _refuse_batch(_: Any) -> AbstractContextManager[Any]:
    """One item that cannot be taken refuses the whole batch."""

    def refuse(*_: Any) -> Any:
        raise BadInput

    return patch.object(intake, "_parked_row", refuse)


def _drop_parked(_: Any) -> AbstractContextManager[Any]:
    """What cannot be taken is answered as kept, and kept nowhere."""

    def insert(connection: Any, model: Any, new: Any) -> None:
        if model is not Parked:
            bulk.insert_rows(connection, model, new)

    return patch.object(intake, "insert_rows", insert)


def _forbid_late(_: Any) -> AbstractContextManager[Any]:
    """Work for a village that was taken away is answered as done with, and kept nowhere."""
    one = intake._one

    def forbid(world: Any, known: Any, item: Any, parked: Any) -> Any:
        return ("parked", "forbidden") if "late_grant" in item.flags else one(world, known, item, parked)

    return patch.object(intake, "_one", forbid)


def _clock_decides(_: Any) -> AbstractContextManager[Any]:
    """Of two edits of a field the one whose phone's clock said later wins; the other vanishes."""
    take = patching.take

    def by_clock(world: Any, item: Any) -> None:
        def judge(offered: Any, _base: Any, _values: Any, rev: Any) -> Any:
            return {n: "apply" if item.t >= _said_at(world, rev.get(n)) else "same" for n in offered}

        with patch.object(patching, "judge", judge):
            take(world, item)

    return patch.dict(_takers(), {"patch": by_clock})


def _takers() -> dict[str, Any]:
    from server.sync import taking

    return taking._TAKE


def _said_at(world: Any, event: str | None) -> int:
    if event is None:
        return -1
    fresh = next((row["t"] for row in world.events if row["id"] == event), None)
    stored = world.session.scalar(select(Event.t).where(Event.id == event)) if fresh is None else fresh
    return -1 if stored is None else int(stored)


def _other_content(_: Any) -> AbstractContextManager[Any]:
    """An id that is known is a repeat, whatever it says."""
    one = intake._one

    def taken(world: Any, known: Any, item: Any, parked: Any) -> Any:
        return ("duplicate", None) if item.id in known.digests else one(world, known, item, parked)

    return patch.object(intake, "_one", taken)


@contextmanager
def _unfiltered_snapshot(_: Any) -> Iterator[None]:
    """A snapshot is made of all records there are, before rights and consent are looked at."""
    questions = histories._questions

    def all_of_them(township: bool, stock: bool) -> Any:
        with patch.object(histories, "_RECORD", _Unfiltered(histories._RECORD)):
            return questions.__wrapped__(township, stock)

    with patch.object(histories, "_questions", all_of_them), patch.object(contents, "records_of", histories.records_of):
        yield


class _Unfiltered:
    """The record table's columns; that a record is shown holds for every row."""

    def __init__(self, columns: Any) -> None:
        self._columns = columns

    def __getattr__(self, name: str) -> Any:
        return self._columns.county == self._columns.county if name == "shown" else getattr(self._columns, name)


def _forget(kind: str) -> Switch:
    """A restored server does not do this kind of entry of its safety journal again."""
    return lambda _: patch.dict(replay._REDO, {kind: lambda *_: None})


BUGS: dict[str, Switch] = {
    "": lambda _: nullcontext(),
    "no_dedupe": _no_dedupe,
    "late_commit": _late_commit,
    "timestamp_cursor": _timestamp_cursor,
    "whole_batch_refused": _refuse_batch,
    "parked_is_dropped": _drop_parked,
    "late_grant_forbidden": _forbid_late,
    "clock_decides": _clock_decides,
    "same_id_other_content": _other_content,
    "snapshot_before_rights": _unfiltered_snapshot,
    "restore_revives_erased": _forget("erased"),
    "restore_revives_lost_phone": _forget("phone"),
}
