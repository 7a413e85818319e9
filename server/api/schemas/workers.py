"""Shapes of workers at the desk."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import GrantShape, area, text, uuid

ROLE = validate.OneOf(["director", "liaison", "technician", "station"])
SOME_AREAS = validate.Length(1, 60)


class WorkerRow(Schema):
    id = uuid(required=True)
    name = fields.String(required=True)
    username = fields.String(required=True)
    role = fields.String(required=True)
    areas = fields.List(fields.Nested(GrantShape), required=True)
    disabled_at = fields.Integer(required=True, allow_none=True, metadata={"description": "ms since 1970"})
    yours = fields.Boolean(required=True, metadata={"description": "whether it is for who asks to change her account"})


class LeaveShape(Schema):
    id = uuid(required=True)
    worker = uuid(required=True)
    stand_in = uuid(required=True)
    first = fields.String(required=True)
    last = fields.String(required=True)
    on = fields.Boolean(required=True, metadata={"description": "the stand-in has her areas now"})


class Workers(Schema):
    workers = fields.List(fields.Nested(WorkerRow), required=True)
    leaves = fields.List(fields.Nested(LeaveShape), required=True)


class Place(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True)


class Places(Schema):
    roles = fields.List(fields.String(), required=True)
    areas = fields.List(fields.Nested(Place), required=True)


class NewWorker(Schema):
    username = fields.String(required=True, validate=validate.Regexp(r"^[a-z0-9][a-z0-9._-]{1,39}\Z"))
    name = text(1, 40)
    role = fields.String(required=True, validate=ROLE)
    areas = fields.List(area(), required=True, validate=SOME_AREAS)


class WithPassword(Schema):
    worker = fields.Nested(WorkerRow, required=True)
    password = fields.String(required=True, metadata={"description": "shown once, kept nowhere"})


class Granting(Schema):
    role = fields.String(required=True, validate=ROLE)
    areas = fields.List(area(), required=True, validate=SOME_AREAS)


class HandOver(Schema):
    to = uuid(required=True)
    areas = fields.List(area(), required=True, validate=SOME_AREAS)


class Switch(Schema):
    on = fields.Boolean(required=True)


class LeaveWanted(Schema):
    stand_in = uuid(required=True)
    first = fields.Date(required=True, format="%Y-%m-%d")
    last = fields.Date(required=True, format="%Y-%m-%d")
