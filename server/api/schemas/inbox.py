"""Shapes of what waits for a human."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import uuid
from server.api.schemas.desk import NamedArea, Plate

WROTE = "who wrote this value of a conflict; id `import` for the register; null where nobody knows"


class InboxAsked(Schema):
    state = fields.String(load_default="open", validate=validate.OneOf(["open", "decided"]))


class Subject(Schema):
    type = fields.String(required=True, metadata={"description": "person or household"})
    id = uuid(required=True)
    name = fields.String(required=True)


class Somebody(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class SentEvent(Schema):
    """An event as it was sent; `body` is null for a clinical form."""

    kind = fields.Raw(required=True, allow_none=True)
    schema = fields.Raw(required=True, allow_none=True)
    t = fields.Raw(required=True, allow_none=True)
    role = fields.Raw(required=True, allow_none=True)
    person = fields.Raw(required=True, allow_none=True)
    household = fields.Raw(required=True, allow_none=True)
    clinical = fields.Boolean(required=True)
    occurred_on = fields.Raw(required=True, allow_none=True)
    body = fields.Raw(required=True, allow_none=True)


class Twin(Schema):
    """One of two persons who look like one; numbers masked."""

    id = uuid(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    birth = fields.Raw(required=True, allow_none=True)
    phone = fields.String(required=True)
    id_number = fields.String(required=True)
    area = fields.Nested(NamedArea, required=True)
    household = fields.Nested(Plate, required=True)


class Asked(Schema):
    """What was asked from the public page. Without a subject nobody is known, and the telephone may be anybody's."""

    due_on = fields.String(required=True, metadata={"description": "YYYY-MM-DD"})
    phone = fields.String(required=True, allow_none=True)
    words = fields.String(required=True, allow_none=True)
    number = fields.String(required=True, allow_none=True, metadata={"description": "as printed on a card"})


class InboxItem(Schema):
    id = uuid(required=True)
    kind = fields.String(required=True, metadata={"description": "conflict, parked, fork, flagged, twins or asked"})
    at = fields.Integer(required=True)
    area = fields.Nested(NamedArea, required=True, allow_none=True)
    subject = fields.Nested(Subject, required=True, allow_none=True)
    field = fields.String(required=True, allow_none=True)
    kept = fields.Raw(required=True, allow_none=True)
    kept_by = fields.Nested(Somebody, required=True, allow_none=True, metadata={"description": WROTE})
    kept_at = fields.Integer(required=True, allow_none=True, metadata={"description": "ms"})
    offered = fields.Raw(required=True, allow_none=True)
    offered_by = fields.Nested(Somebody, required=True, allow_none=True, metadata={"description": WROTE})
    offered_at = fields.Integer(required=True, allow_none=True, metadata={"description": "ms"})
    actor = fields.Nested(Somebody, required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    event = fields.Nested(SentEvent, required=True, allow_none=True)
    people = fields.List(
        fields.Nested(Twin), required=True, allow_none=True, metadata={"description": "both, the older entry first"}
    )
    asked = fields.Nested(Asked, required=True, allow_none=True)
    choices = fields.List(fields.String(), required=True)
    decision = fields.String(required=True, allow_none=True)
    decided_by = fields.Nested(Somebody, required=True, allow_none=True)
    decided_at = fields.Integer(required=True, allow_none=True)


class Inbox(Schema):
    items = fields.List(fields.Nested(InboxItem), required=True)
    total = fields.Integer(required=True)


class Waiting(Schema):
    total = fields.Integer(required=True)


class Choice(Schema):
    choice = fields.String(
        required=True,
        validate=validate.OneOf(["kept", "offered", "take", "dismiss", "seen", "merge", "distinct", "done", "undo"]),
    )


class Decided(Schema):
    id = uuid(required=True)
    decision = fields.String(required=True, allow_none=True)
