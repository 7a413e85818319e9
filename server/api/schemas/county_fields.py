"""Shapes of the questions that a county sets."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.county import GROUND, NUMBER
from server.api.schemas.rates import InBothTongues

CODE = validate.Regexp(r"^[a-z0-9_]{1,40}\Z")
VALUE = fields.Integer(strict=True, validate=validate.Range(-(2**31), 2**31 - 1))
TWO = validate.Length(equal=2)


class FieldOption(InBothTongues):
    code = fields.String(required=True)


class FieldInForce(InBothTongues):
    """A question as it stands; `own` is the rulebook's usual range, null where it has none."""

    id = fields.String(required=True, metadata={"description": "form.question"})
    form = fields.Nested(InBothTongues, required=True)
    type = fields.String(required=True)
    status = fields.String(required=True, metadata={"description": "source tags, e.g. S[W4] L"})
    digits = fields.Integer(required=True, metadata={"description": "decimal places of every number here"})
    min = fields.Integer(required=True, allow_none=True)
    max = fields.Integer(required=True, allow_none=True)
    own = fields.List(fields.Integer(), required=True, allow_none=True)
    warn = fields.List(fields.Integer(), required=True, allow_none=True)
    tighten = fields.Boolean(required=True, metadata={"description": "its range may only become narrower"})
    options = fields.List(fields.Nested(FieldOption), required=True)
    hideable = fields.List(fields.String(), required=True)
    hidden = fields.List(fields.String(), required=True)
    number = fields.Integer(required=True, metadata={"description": "the decision it is from; 0: the rulebook's own"})


class FieldSet(Schema):
    """What a decision sets of a question; without a member the rulebook's own."""

    warn = fields.List(fields.Integer())
    hidden = fields.List(fields.String())


class FieldDecision(Schema):
    version = fields.Integer(required=True)
    field = fields.String(required=True)
    before = fields.Nested(FieldSet, required=True)
    after = fields.Nested(FieldSet, required=True)
    ground = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.Integer(required=True, metadata={"description": "ms"})


class CountyFields(Schema):
    fields_ = fields.List(fields.Nested(FieldInForce), required=True, data_key="fields", attribute="fields")
    history = fields.List(fields.Nested(FieldDecision), required=True)


class FieldAsked(Schema):
    """`seen`: the number of the decision that stood when she looked, 0 for the rulebook's own."""

    field = fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}\Z"))
    warn = fields.List(VALUE, required=True, allow_none=True, validate=TWO)
    hidden = fields.List(fields.String(validate=CODE), required=True, validate=validate.Length(0, 60))
    seen = fields.Integer(required=True, strict=True, validate=NUMBER)
    ground = fields.String(required=True, validate=GROUND)
