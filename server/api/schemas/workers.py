"""Shapes of workers at the desk."""

from __future__ import annotations

from marshmallow import Schema, fields

from server.api.schemas.common import GrantShape, uuid


class WorkerRow(Schema):
    id = uuid(required=True)
    name = fields.String(required=True)
    username = fields.String(required=True)
    role = fields.String(required=True)
    areas = fields.List(fields.Nested(GrantShape), required=True)
    disabled_at = fields.Integer(required=True, allow_none=True, metadata={"description": "ms since 1970"})


class Workers(Schema):
    workers = fields.List(fields.Nested(WorkerRow), required=True)
