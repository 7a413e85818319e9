"""Workers as the desk sees them."""

from __future__ import annotations

from typing import Any

from server import accounts, auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.workers import Workers
from server.extensions import db

blueprint = Blueprint("workers", __name__, url_prefix="/api/workers", description="工作人员 Workers")


@blueprint.get("")
@blueprint.response(200, Workers)
@access("station", "county")
def workers() -> dict[str, Any]:
    """Workers with a grant in one's area, by user name."""
    session = db.session()
    found = accounts.workers_of(session, auth.signed_in().areas("station", "county"))
    return {"workers": [accounts.show(session, worker) for worker in found]}
