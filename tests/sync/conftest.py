"""Fixtures of the sync tests: a town, and phones in it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.sync.handset import Handset
from tests.sync.town import EAST, Town


@pytest.fixture
def town(app: Flask) -> Town:
    return Town(app).build()


@pytest.fixture
def director(town: Town) -> Handset:
    return town.director(EAST)


@pytest.fixture
def technician(town: Town) -> Handset:
    return town.technician()


@pytest.fixture
def woman(director: Handset) -> str:
    """A woman whom the server knows: her id."""
    house = director.household()
    her = director.person(house["household"])
    assert director.codes(house, her) == [("accepted",)] * 2
    return str(her["person"])
