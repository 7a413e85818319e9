"""Questions put to the driver itself: they answer what the longer way answers, and fail as SQLAlchemy fails."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from server.extensions import db, writing
from server.models import Feed
from server.sync import asking, pull, scope
from tests.sync.town import COUNTY, EAST, TOWN, WEST

SHE, ANOTHER = "her", "another"
PLACES = [(area, audience) for area in (COUNTY, TOWN, EAST, WEST) for audience in ("common", "clinical", "stock")]


@pytest.fixture
def feeds(app: Flask) -> list[int]:
    """A feed of every place and audience there could be, each with a row; their numbers."""
    keys = [*PLACES, scope.REF, scope.own(SHE), scope.own(ANOTHER)]
    with app.app_context(), writing() as session:
        session.add_all(
            Feed(county=COUNTY, id=n, area=area, audience=audience, seq=1, h=bytes(8))
            for n, (area, audience) in enumerate(keys, 1)
        )
    return list(range(1, len(keys) + 1))


@pytest.mark.parametrize("role", ["director", "liaison", "technician", "station", "county"])
@pytest.mark.parametrize("area", [EAST, TOWN, COUNTY])
def test_one_feed_is_judged_as_all_of_them_are(app: Flask, feeds: list[int], role: str, area: str) -> None:
    with app.app_context():
        session, grants = db.session(), [(role, area)]
        alone = {feed for feed in feeds if pull.may_have(session, SHE, COUNTY, grants, feed)}
        assert alone == set(pull.allowed(session, SHE, COUNTY, grants))
        assert not pull.may_have(session, SHE, COUNTY, grants, len(feeds) + 1)


def test_what_the_driver_refuses_is_told_as_a_databases_error_without_values(app: Flask) -> None:
    with app.app_context(), pytest.raises(DBAPIError) as refused:
        asking.driven(db.session(), select(text("no_such_column")).select_from(Feed))
    assert refused.value.hide_parameters
