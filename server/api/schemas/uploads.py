"""Shapes of an import from the desk."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import text, uuid


class NewUpload(Schema):
    name = text(1, 120)
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1))


class Part(Schema):
    n = fields.Integer(required=True, strict=True, validate=validate.Range(0, 999))
    data = fields.String(required=True, validate=validate.Length(1, 1_000_000), metadata={"description": "base64"})


class VillageCount(Schema):
    name = fields.String(required=True)
    known = fields.Boolean(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


class RowRemark(Schema):
    row = fields.Integer(required=True, metadata={"description": "Excel's row number"})
    code = fields.String(required=True)
    field = fields.String(required=True)


class RowChange(Schema):
    row = fields.Integer(required=True)
    fields_ = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")


class Came(Schema):
    taken = fields.Integer(required=True)
    new = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    conflicts = fields.Integer(required=True)
    not_written = fields.Integer(required=True)
    villages_added = fields.List(fields.String(), required=True)


class FoundInside(Schema):
    """What the workbook would change; after the import also what came of it."""

    sheet = fields.String(required=True)
    dated = fields.String(required=True, allow_none=True)
    town = fields.String(required=True, allow_none=True)
    passed_over = fields.Integer(required=True)
    households = fields.Integer(required=True)
    unknown_columns = fields.List(fields.String(), required=True)
    other_sheets = fields.List(fields.String(), required=True)
    villages = fields.List(fields.Nested(VillageCount), required=True)
    left_out = fields.List(fields.Nested(RowRemark), required=True)
    doubts = fields.List(fields.Nested(RowRemark), required=True)
    changes = fields.List(fields.Nested(RowChange), required=True)
    came = fields.Nested(Came)


class UploadShape(Schema):
    """`state`: coming, reading, ready, writing, done or refused (with `code`); `done` of `total` says how far it is."""

    id = uuid(required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True)
    made_at = fields.Integer(required=True)
    state = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)
    found = fields.Nested(FoundInside, required=True, allow_none=True)


class NewestUpload(Schema):
    upload = fields.Nested(UploadShape, required=True, allow_none=True)
