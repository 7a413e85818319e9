"""Persons at the desk. The station's alone; each look is written into the audit log."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.desk import People, PersonPage, Ready, SearchAsked, TownshipAsked
from server.api.schemas.holder import CodeShown
from server.clock import now_ms
from server.desk import people, scope
from server.desk.search import Index
from server.extensions import db, writing
from server.holder import codes
from server.models.sealed import app_keys

blueprint = Blueprint("people", __name__, url_prefix="/api", description="人员 People")


@blueprint.post("/people/search")
@blueprint.arguments(SearchAsked)
@blueprint.response(200, People)
@access("station")
def search(asked: dict[str, str]) -> dict[str, Any]:
    """Find persons of one's township, best first, at most fifty. A POST, since names do not belong into addresses."""
    who = auth.signed_in()
    township = scope.township(who, asked.get("area"))
    return {"people": people.search(db.session(), index(), who, township, asked["q"], now_ms())}


@blueprint.post("/people/ready")
@blueprint.arguments(TownshipAsked)
@blueprint.response(200, Ready)
@access("station")
def ready(asked: dict[str, str]) -> dict[str, int]:
    """Open one's township's names into this process's memory, so that the first search need not wait. Nothing is shown."""
    township = scope.township(auth.signed_in(), asked.get("area"))
    return {"people": index().make_ready(db.session(), app_keys(), township, now_ms())}


@blueprint.get("/people/<id:person>")
@blueprint.response(200, PersonPage)
@access("station")
def person(person: str) -> dict[str, Any]:
    """One person: fields, household, consents, and the records the station may see."""
    book = current_app.extensions["suifang_book"]
    return people.open_page(db.session(), book, auth.signed_in(), person, now_ms())


@blueprint.post("/people/<id:person>/code")
@blueprint.response(200, CodeShown)
@access("station")
def code(person: str) -> dict[str, Any]:
    """A one-time code for the page of her own, to be shown to herself, face to face. An older one ends."""
    who = auth.signed_in()
    with writing() as session:
        made = codes.make(session, people.find_person(session, who, person), who.id, now_ms())
    return {"code": made.code, "until": made.until}


def index() -> Index:
    """This process's index of opened names."""
    found = current_app.extensions.setdefault("suifang_names", Index())
    assert isinstance(found, Index)
    return found
