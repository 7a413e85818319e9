"""What the county's local authority confirms of the rulebook."""

from __future__ import annotations

from typing import Any

from flask import current_app

from server import auth, clock
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.county import CountyDays, CountySays, CountyValues, DaysAsked, DaysUndone, Trial, TrialAsked
from server.api.schemas.county_fields import CountyFields, FieldAsked
from server.clock import now_ms
from server.desk import county, county_days, county_fields, trial
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


@blueprint.post("/trial")
@blueprint.arguments(TrialAsked)
@blueprint.response(200, Trial)
@access("county")
def try_days(given: dict[str, Any]) -> dict[str, Any]:
    """How many would be due this month if a schedule had other days. Nothing is changed; the question is logged.

    Codes: loosens_source (days with a source may only come sooner or stay longer), bad_days, unknown_schedule.
    """
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    return trial.counted(db.session(), book, who, given, clock.today(), now_ms())


@blueprint.get("/days")
@blueprint.response(200, CountyDays)
@access("county")
def days() -> dict[str, Any]:
    """The days in force of every schedule in use, the rulebook's own beside them, and every decision on days."""
    return county_days.overview(db.session(), current_app.extensions["suifang_book"], auth.signed_in().county)


@blueprint.post("/days")
@blueprint.arguments(DaysAsked)
@blueprint.response(200, CountyDays)
@access("county")
def set_days(given: dict[str, Any]) -> dict[str, Any]:
    """Set other days for a schedule. What was written before keeps its days.

    Codes: loosens_source, bad_days, unknown_schedule, days_changed (somebody set others since she looked), same_days.
    """
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    with writing() as session:
        county_days.change(session, book, who, given | {"ground": given["ground"].strip()}, now_ms())
    return days()


@blueprint.post("/days/undo")
@blueprint.arguments(DaysUndone)
@blueprint.response(200, CountyDays)
@access("county")
def undo_days(given: dict[str, Any]) -> dict[str, Any]:
    """Take back the last decision on a schedule's days: a new one, with the days that stood before.

    Codes: days_changed (it is not the last one, or none), loosens_source, bad_days (the rulebook has changed meanwhile).
    """
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    with writing() as session:
        county_days.undo(session, book, who, given["version"], given["ground"].strip(), now_ms())
    return days()


@blueprint.get("/fields")
@blueprint.response(200, CountyFields)
@access("county")
def fields() -> dict[str, Any]:
    """The usual ranges and options of questions that a county may set, as they stand, and every decision on them."""
    return county_fields.overview(db.session(), current_app.extensions["suifang_book"], auth.signed_in().county)


@blueprint.post("/fields")
@blueprint.arguments(FieldAsked)
@blueprint.response(200, CountyFields)
@access("county")
def set_field(given: dict[str, Any]) -> dict[str, Any]:
    """Set the usual range of a question, or options that are not offered. Older answers stay as they are, and good.

    Codes: loosens_source (a range with a source may only become narrower), bad_field, unknown_field, field_changed, same_field.
    """
    who, book = auth.signed_in(), current_app.extensions["suifang_book"]
    with writing() as session:
        county_fields.change(session, book, who, given | {"ground": given["ground"].strip()}, now_ms())
    return fields()
