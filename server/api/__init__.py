"""HTTP only: a view says who, shape, one call, answer. One blueprint a file; `register` wires them."""

from __future__ import annotations

from flask import Flask

from server.api import (
    auth,
    bags,
    cards,
    county,
    devices,
    docs,
    figures,
    holder,
    inbox,
    migrants,
    people,
    phones,
    station,
    stock,
    sync,
    transfers,
    uploads,
    villages,
    workers,
)
from server.api.errors import register_errors
from server.api.guard import register_guard
from server.api.openapi import make_api

BLUEPRINTS = [
    auth.blueprint,
    bags.blueprint,
    cards.blueprint,
    county.blueprint,
    devices.blueprint,
    figures.blueprint,
    holder.blueprint,
    inbox.blueprint,
    migrants.blueprint,
    people.blueprint,
    phones.blueprint,
    station.blueprint,
    stock.blueprint,
    sync.blueprint,
    transfers.blueprint,
    uploads.blueprint,
    villages.blueprint,
    workers.blueprint,
]


def register(app: Flask) -> None:
    """Mount every blueprint on the app."""
    register_errors(app)
    app.before_request(sync.same_life)  # before anybody's session is believed
    register_guard(app)
    api = make_api(app)
    app.extensions["suifang_api"] = api
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    app.register_blueprint(docs.blueprint)
