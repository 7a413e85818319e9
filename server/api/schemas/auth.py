"""Shapes of signing in."""

from __future__ import annotations

from marshmallow import Schema, fields

from server.api.schemas.common import GrantShape, VillageName, text


class Login(Schema):
    username = text(1, 64)
    password = text(1, 128)


class WorkerShape(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True, metadata={"description": "her first role; `areas` has all"})
    areas = fields.List(fields.Nested(GrantShape), required=True)
    villages = fields.List(
        fields.Nested(VillageName),
        required=True,
        metadata={"description": "a liaison's township's villages, whose lists she does not get; empty for others"},
    )


class Me(Schema):
    worker = fields.Nested(WorkerShape, required=True)
    phone = fields.String(allow_none=True, metadata={"description": "the phone this session belongs to"})


class PasswordChange(Schema):
    old = text(1, 128)
    new = text(1, 128)


class Done(Schema):
    ok = fields.Boolean(required=True)
