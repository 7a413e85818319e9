"""What the county's local authority confirms of the rulebook."""

from __future__ import annotations

from typing import Any

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.county import CountySays, CountyValues
from server.clock import now_ms
from server.desk import county
from server.extensions import db, writing

blueprint = Blueprint("county", __name__, url_prefix="/api/county", description="县里 The county's word")


@blueprint.get("/values")
@blueprint.response(200, CountyValues)
@access("county")
def values() -> dict[str, Any]:
    """Every value that the local authority has to confirm, who confirmed it and on whose word, and all decisions."""
    return county.overview(db.session(), auth.signed_in().county)


@blueprint.post("/values")
@blueprint.arguments(CountySays)
@blueprint.response(200, CountyValues)
@access("county")
def say(given: dict[str, Any]) -> dict[str, Any]:
    """Confirm values, or open them again; all of them or none.

    Codes: value_changed (the rulebook holds another value than was seen), nothing_to_say (it stands like that already).
    """
    who = auth.signed_in()
    with writing() as session:
        county.say(session, who, given["said"], given["values"], given["ground"].strip(), now_ms())
    return values()
