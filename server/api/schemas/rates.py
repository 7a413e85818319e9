"""Shapes of the figures of services."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import uuid
from server.api.schemas.desk import PART, FigureAsked


class InBothTongues(Schema):
    """Words of the rulebook."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class RateShown(Schema):
    """Counts are null where they are too small for who asks; `numerator` and `part` also where a figure is a plain count."""

    id = fields.String(required=True)
    name = fields.Nested(InBothTongues, required=True)
    of = fields.Nested(InBothTongues, required=True, metadata={"description": "what is counted"})
    part = fields.Nested(InBothTongues, required=True, allow_none=True)
    numerator = fields.Integer(required=True, allow_none=True)
    denominator = fields.Integer(required=True, allow_none=True)
    percent = fields.String(required=True, allow_none=True)
    hidden = fields.Boolean(required=True)


class RatesShown(Schema):
    area = fields.String(required=True)
    since = fields.String(required=True)
    on = fields.String(required=True)
    k = fields.Integer(required=True)
    rates = fields.List(fields.Nested(RateShown), required=True)


class RateRowsAsked(FigureAsked):
    part = fields.String(required=True, validate=PART, metadata={"description": "numerator or denominator"})
    start = fields.Integer(validate=validate.Range(0, 10**6), metadata={"description": "`next` of the page before"})


class RateRow(Schema):
    record = uuid(required=True)
    occurred_on = fields.String(required=True)
    area = fields.String(required=True)
    author = fields.String(required=True)
    person = uuid(required=True, allow_none=True)
    name = fields.String(
        required=True, allow_none=True, metadata={"description": "masked; null where only a technician may know"}
    )


class RateRows(Schema):
    rows = fields.List(fields.Nested(RateRow), required=True)
    next = fields.Integer(required=True, allow_none=True)
    total = fields.Integer(required=True)
