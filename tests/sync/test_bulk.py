"""Many rows in few statements: each comes back as it was given, and one that cannot be taken leaves none."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from server.extensions import db, line_of, writing
from server.ids import new_id
from server.models import Event, Feed, FeedRow
from server.sync.bulk import TOGETHER, insert_rows
from server.sync.feeds import Feeds, with_feeds
from tests.sync.town import COUNTY, EAST, WEST


def _event(number: int, *, alike: bool) -> dict[str, Any]:
    """An event; `alike`: what others have too stands in every row."""
    odd = None if alike or number % 3 else str(number)
    return {
        "county": COUNTY, "id": new_id(), "kind": "record", "schema": odd, "store_id": None, "dseq": number, "t": number,
        "t_fixed": None if number % 2 else -number, "clk": odd, "received_at": 7, "actor": "她", "role": "director",
        "area": None, "person": odd, "household": None, "of": odd, "digest": number.to_bytes(16),
        "body": None if number % 5 == 0 else f"body {number}".encode(), "flag": None, "erased_at": None,
    }  # fmt: skip


def _stored() -> dict[str, dict[str, Any]]:
    names = [column.name for column in Event.__table__.columns]
    return {row.id: {name: getattr(row, name) for name in names} for row in db.session().scalars(select(Event))}


@pytest.mark.parametrize("count", [1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 2])
@pytest.mark.parametrize("alike", [True, False])
def test_rows_come_back_as_they_were_given_however_many_they_are(app: Flask, count: int, alike: bool) -> None:
    rows = [_event(number, alike=alike) for number in range(count)]
    with app.app_context():
        with writing() as session:
            insert_rows(session.connection(), Event, rows)
        assert _stored() == {row["id"]: row for row in rows}


def test_a_row_that_is_there_already_leaves_none_of_the_others(app: Flask) -> None:
    rows = [{"county": COUNTY, "feed_id": 1, "seq": n, "event_id": new_id(), "hidden": False} for n in range(TOGETHER)]
    with app.app_context():
        with writing() as session:
            insert_rows(session.connection(), FeedRow, rows[-1:])
        with pytest.raises(IntegrityError), writing() as session:
            insert_rows(session.connection(), FeedRow, rows)
        assert [row.seq for row in db.session().scalars(select(FeedRow))] == [TOGETHER - 1]


def test_what_an_attempt_wrote_is_gone_when_it_begins_again_with_more_feeds(app: Flask) -> None:
    east, west = (EAST, "common"), (WEST, "common")
    row = {"county": COUNTY, "feed_id": 1, "seq": 1, "event_id": new_id(), "hidden": False}

    def work(feeds: Feeds) -> None:
        insert_rows(line_of(feeds.session), FeedRow, [row])
        feeds.need({west})

    with app.app_context():
        with writing() as session:
            for number, (area, audience) in enumerate((east, west), 1):
                session.add(Feed(county=COUNTY, id=number, area=area, audience=audience, seq=0, h=bytes(8)))
        with writing() as session:
            with_feeds(session, COUNTY, {east}, work)
        assert [found.event_id for found in db.session().scalars(select(FeedRow))] == [row["event_id"]]
