"""Shapes of a worker's bag."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import text

MOST_LINES = 60
MOST_PIECES = 99_999


class BagLine(Schema):
    item = text(1, 20, metadata={"description": "an item of the supply form"})
    lot = text(1, 40)
    expiry = fields.Date(required=True, format="%Y-%m-%d")
    qty = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_PIECES))


class BagLines(Schema):
    lines = fields.List(fields.Nested(BagLine), required=True, validate=validate.Length(0, MOST_LINES))


class BagLineShown(Schema):
    item = fields.String(required=True)
    lot = fields.String(required=True)
    expiry = fields.String(required=True, metadata={"description": "YYYY-MM-DD"})
    qty = fields.Integer(
        required=True, metadata={"description": "as handed to her; hand-outs since are not taken off here"}
    )


class BagShown(Schema):
    lines = fields.List(fields.Nested(BagLineShown), required=True)
    changed_at = fields.Integer(required=True, allow_none=True, metadata={"description": "ms since 1970"})
