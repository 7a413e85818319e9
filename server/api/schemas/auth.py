"""Shapes of signing in."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

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


class Wake(Schema):
    challenge = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Za-z0-9_-]{22}\Z"),
        metadata={"description": "from the header Suifang-Asleep (`<phone> <challenge>`) of the answer session_asleep"},
    )
    signature = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Za-z0-9_-]{86}\Z"),
        metadata={
            "description": "base64url of r ‖ s: ECDSA P-256 with SHA-256 by the phone's key over "
            "`suifang wake 1\\n<phone>\\n<challenge>`"
        },
    )


class Done(Schema):
    ok = fields.Boolean(required=True)
