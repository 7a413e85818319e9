"""Shapes of the monthly sheet about people who move."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.desk import NamedArea
from server.reports.migrants import PARTS

MONTH = validate.Regexp(r"^(19|20)\d{2}-(0[1-9]|1[0-2])\Z")


class MonthAsked(Schema):
    month = fields.String(required=True, validate=MONTH)


class BehindAsked(MonthAsked):
    part = fields.String(required=True, validate=validate.OneOf(PARTS))


class Sheet(Schema):
    month = fields.String(required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class MigrantRow(Schema):
    id = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, metadata={"description": "covered; empty for a guest by her card"})
    area = fields.Nested(NamedArea, required=True)
    on = fields.String(required=True)
    what = fields.String(required=True, allow_none=True, metadata={"description": "a form, `clinical`, or a state"})


class MigrantRows(Schema):
    rows = fields.List(fields.Nested(MigrantRow), required=True)
