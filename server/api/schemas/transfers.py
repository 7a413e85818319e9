"""Shapes of service records that go with who moves."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.api.schemas.common import NOTHING_ODD, text, uuid
from server.transfers.terms import items

TOWNSHIP = validate.Regexp(r"^\d{9}\Z")
PEER = validate.Regexp(r"^[0-9a-f]{32}\Z")
PICKED = fields.List(fields.String(validate=validate.OneOf(list(items()))), required=True)


class Picked(Schema):
    items = PICKED


class Sending(Schema):
    items = PICKED
    to = fields.String(required=True, validate=TOWNSHIP)
    server = fields.String(required=True, allow_none=True, validate=PEER)
    urgent = fields.Boolean(required=True)
    seen = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    witness = fields.String(validate=[validate.Length(1, 40), NOTHING_ODD])
    signature = fields.String(
        validate=[validate.Length(1, 2048), NOTHING_ODD], metadata={"description": "strokes, as a consent has them"}
    )

    @validates_schema
    def one_of_both(self, data: dict[str, Any], **_: Any) -> None:
        """She signs, or says it before a witness."""
        if ("witness" in data) == ("signature" in data):
            raise ValidationError("she signs, or somebody witnesses")


class AnswerSaid(Schema):
    zh = fields.String(required=True)
    key = fields.String(required=True)
    value = fields.String(required=True)


class Line(Schema):
    """One record as it goes; `answers` are null for a clinical one where the reader is no technician."""

    form = fields.String(required=True)
    zh = fields.String(required=True)
    on = fields.String(required=True)
    clinical = fields.Boolean(required=True)
    answers = fields.List(fields.Nested(AnswerSaid), required=True, allow_none=True)


class Content(Schema):
    name = fields.String(required=True)
    lines = fields.List(fields.Nested(Line), required=True)
    seen = fields.String(required=True, metadata={"description": "SHA-256 of the whole content: what she signs"})


class Row(Schema):
    id = uuid(required=True)
    side = fields.String(required=True, metadata={"description": "out or in"})
    other = fields.String(required=True)
    other_name = fields.String(required=True)
    peer = fields.String(required=True, allow_none=True)
    person = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    items = fields.List(fields.String(), required=True)
    urgent = fields.Boolean(required=True)
    state = fields.String(required=True)
    due_on = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    late = fields.Boolean(required=True)
    at = fields.Integer(required=True)


class Rates(Schema):
    asked = fields.Integer(required=True)
    sent = fields.Integer(required=True)
    received = fields.Integer(required=True)
    answered = fields.Integer(required=True)
    in_time = fields.Integer(required=True)


class Transfers(Schema):
    transfers = fields.List(fields.Nested(Row), required=True)
    rates = fields.Nested(Rates, required=True)
    mark = fields.String(required=True, metadata={"description": "of this server, to read out"})


class TransferPlace(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    server = fields.String(required=True, allow_none=True)


class Destinations(Schema):
    places = fields.List(fields.Nested(TransferPlace), required=True)


class LetterFile(Schema):
    file = fields.String(required=True, validate=validate.Length(1, 700_000), metadata={"description": "Base64"})


class Answering(Schema):
    decision = fields.String(required=True, validate=validate.OneOf(["acknowledged", "declined"]))
    reason = text(0, 200)


class Filing(Schema):
    person = uuid(required=True, metadata={"description": "of this township, whose record it becomes"})


class ServerCard(Schema):
    v = fields.Integer(required=True)
    name = fields.String(required=True)
    townships = fields.List(fields.Dict(), required=True)
    sign = fields.Dict(required=True)
    seal = fields.Dict(required=True)


class KnownServer(Schema):
    card = fields.Nested(ServerCard, required=True)
    mark = text(8, 12)


class State(Schema):
    id = uuid(required=True)
    state = fields.String(required=True)
