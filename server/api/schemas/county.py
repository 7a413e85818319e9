"""Shapes of what the county confirms."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import area
from server.api.schemas.rates import InBothTongues

PLACE = validate.Regexp(r"^[a-z0-9_/.]{1,120}\Z")
PRINT = validate.Regexp(r"^[0-9a-f]{64}\Z")
GROUND = [
    validate.Length(2, 200),
    validate.Regexp(r"^(?=.*\S.*\S)[^\x00-\x1f\x7f]*\Z", error="空的，或有控制字符 empty, or control characters"),
]


class Confirmed(Schema):
    by = fields.String(required=True, metadata={"description": "the worker's name"})
    at = fields.Integer(required=True, metadata={"description": "ms"})
    ground = fields.String(required=True)


class OpenValue(Schema):
    """A value of status L; `confirmed` is null while it is still to be confirmed."""

    place = fields.String(required=True)
    file = fields.Nested(InBothTongues, required=True)
    name = fields.Nested(InBothTongues, required=True)
    status = fields.String(required=True, metadata={"description": "source tags, e.g. S[W4] L"})
    lines = fields.List(fields.Nested(InBothTongues), required=True, metadata={"description": "the value in words"})
    print = fields.String(required=True, metadata={"description": "fingerprint of the value"})
    confirmed = fields.Nested(Confirmed, required=True, allow_none=True)


class CountyWordShown(Schema):
    version = fields.Integer(required=True)
    said = fields.String(required=True, metadata={"description": "confirmed or reopened"})
    places = fields.List(fields.String(), required=True)
    ground = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.Integer(required=True, metadata={"description": "ms"})


class CountyValues(Schema):
    values = fields.List(fields.Nested(OpenValue), required=True)
    history = fields.List(fields.Nested(CountyWordShown), required=True)


class CountySays(Schema):
    said = fields.String(required=True, validate=validate.OneOf(["confirmed", "reopened"]))
    values = fields.Dict(
        keys=fields.String(validate=PLACE), values=fields.String(validate=PRINT), required=True,
        validate=validate.Length(1, 500), metadata={"description": "fingerprint by place, as they were seen"},
    )  # fmt: skip
    ground = fields.String(
        required=True, validate=GROUND, metadata={"description": "on whose word: a paper, a meeting"}
    )


DAY = fields.Integer(strict=True, validate=validate.Range(-400, 20000))


NAME = validate.Regexp(r"^[a-z0-9_]{1,40}\Z")
VARIANT = fields.String(
    validate=NAME, metadata={"description": "a variant to follow instead; without it the one that is followed"}
)


class TrialAsked(Schema):
    area = area(required=True)
    schedule = fields.String(required=True, validate=NAME)
    variant = VARIANT
    steps = fields.List(
        fields.List(DAY, validate=validate.Length(equal=4)), required=True, validate=validate.Length(1, 20),
        metadata={"description": "of each step: shown from, due, late from, gone from, in days; a repeated one last"},
    )  # fmt: skip


class Trial(Schema):
    """How many are to be offered it by the month's end; null: too few, or too close to what `now` says."""

    until = fields.String(required=True, metadata={"description": "the month's last day"})
    now = fields.Integer(required=True, allow_none=True)
    then = fields.Integer(required=True, allow_none=True)
    k = fields.Integer(required=True)


NUMBER = validate.Range(0, 2**31 - 1)
STEPS = fields.List(
    fields.List(fields.Integer()), required=True,
    metadata={"description": "of each step: shown from, due, late from, gone from, in days; a repeated one last"},
)  # fmt: skip


class DaysAsked(Schema):
    """Days that a county sets; `seen`: the number of the decision that stood when she looked, 0 for the rulebook's own."""

    schedule = fields.String(required=True, validate=NAME)
    variant = VARIANT
    steps = fields.List(
        fields.List(DAY, validate=validate.Length(equal=4)), required=True, validate=validate.Length(1, 20)
    )
    seen = fields.Integer(required=True, strict=True, validate=NUMBER)
    ground = fields.String(required=True, validate=GROUND)


class DaysUndone(Schema):
    version = fields.Integer(required=True, strict=True, validate=NUMBER)
    ground = fields.String(required=True, validate=GROUND)


class Variant(InBothTongues):
    """A schedule of the rulebook that a county may follow."""

    id = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "source tags, e.g. S[W4] L"})
    words = fields.List(fields.Nested(InBothTongues), required=True, metadata={"description": "a name for each step"})
    steps = STEPS
    every = fields.Integer(
        required=True, allow_none=True, metadata={"description": "days after which the last step comes again"}
    )


class DaysInForce(InBothTongues):
    id = fields.String(required=True)
    number = fields.Integer(
        required=True, metadata={"description": "the decision they are from; 0: the rulebook's own"}
    )
    variant = fields.String(required=True, metadata={"description": "the one that is followed"})
    own = STEPS
    steps = STEPS
    variants = fields.List(fields.Nested(Variant), required=True, metadata={"description": "what may be followed"})


class DaysDecision(Schema):
    version = fields.Integer(required=True)
    schedule = fields.String(required=True)
    before = STEPS
    after = STEPS
    variant_before = fields.String(required=True, allow_none=True, metadata={"description": "null: it stayed"})
    variant_after = fields.String(required=True, allow_none=True)
    undoes = fields.Integer(required=True, allow_none=True, metadata={"description": "the decision it takes back"})
    last = fields.Boolean(required=True, metadata={"description": "nothing was decided on that schedule since"})
    ground = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.Integer(required=True, metadata={"description": "ms"})


class CountyDays(Schema):
    schedules = fields.List(fields.Nested(DaysInForce), required=True)
    history = fields.List(fields.Nested(DaysDecision), required=True)
