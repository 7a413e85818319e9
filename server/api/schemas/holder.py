"""Shapes of the public page, and of what the desk shows and says about it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import VillageName, text, uuid
from server.holder.asking import BY_ANYBODY, BY_CODE
from server.holder.codes import DIGITS
from server.holder.rating import ANSWERS

TOKEN = validate.Regexp(r"^[A-Za-z0-9_-]{43}\Z")
PURPOSE = validate.Regexp(r"^[a-z_]{1,40}\Z")
WORDS = [
    validate.Length(0, 300),
    validate.Regexp(r"^[^\x00-\x09\x0b-\x1f\x7f]*\Z", error="控制字符 control characters"),
]
TOWNSHIP = validate.Regexp(r"^\d{9}\Z")
TELEPHONE = validate.Regexp(r"^[0-9+() -]{5,20}\Z")
NUMBER = validate.Regexp(r"^\d{9}\Z")


class Townships(Schema):
    townships = fields.List(fields.Nested(VillageName), required=True)


class Face(Schema):
    """Where a station is; what stands on its door."""

    address = text(0, 120)
    phone = text(0, 40)
    hours = text(0, 80)


class Promises(Schema):
    days = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    hotline = fields.String(required=True)


class Township(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    face = fields.Nested(Face, required=True)
    villages = fields.List(fields.Nested(VillageName), required=True)
    promises = fields.Nested(Promises, required=True)


class CardsPart(Schema):
    """A sixteenth of what is out of force, and the public keys of all cards; as the list that phones have."""

    host = fields.String()
    n = fields.Integer(required=True)
    keys = fields.List(fields.Dict(), required=True)
    cards = fields.List(fields.String(), required=True)
    sheets = fields.List(fields.String(), required=True)


class RatingGiven(Schema):
    village = fields.String(required=True, validate=validate.Regexp(r"^\d{12}\Z"))
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))


class AskedByAnybody(Schema):
    kind = fields.String(required=True, validate=validate.OneOf(BY_ANYBODY))
    township = fields.String(required=True, validate=TOWNSHIP)
    phone = fields.String(validate=TELEPHONE)
    words = fields.String(validate=WORDS)
    number = fields.String(validate=NUMBER, metadata={"description": "as printed on the card, with its check digit"})


class DueOn(Schema):
    due_on = fields.String(required=True, metadata={"description": "YYYY-MM-DD: a person answers until then"})


class CodeGiven(Schema):
    code = fields.String(required=True, validate=validate.Regexp(rf"^\d{{{DIGITS}}}\Z"))


class VisitOpened(Schema):
    token = fields.String(required=True, metadata={"description": "kept by the page in memory alone"})
    until = fields.Integer(required=True, metadata={"description": "ms"})


class InVisit(Schema):
    token = fields.String(required=True, validate=TOKEN)


class Withdrawal(InVisit):
    purpose = fields.String(required=True, validate=PURPOSE)


class TakenBack(InVisit):
    transfer = uuid(required=True)


class AskedByCode(InVisit):
    kind = fields.String(required=True, validate=validate.OneOf(BY_CODE))
    words = fields.String(validate=WORDS)


class Appointment(Schema):
    on = fields.String(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Agreed(Schema):
    purpose = fields.String(required=True)
    decision = fields.String(required=True)
    on = fields.String(required=True)
    zh = fields.String()
    en = fields.String()


class AskedBefore(Schema):
    kind = fields.String(required=True)
    due_on = fields.String(required=True)
    done = fields.Boolean(required=True)


class MovedItem(Schema):
    zh = fields.String(required=True)
    en = fields.String(required=True)


class Moved(Schema):
    id = uuid(required=True)
    place = fields.String(required=True)
    on = fields.String(required=True)
    items = fields.List(fields.Nested(MovedItem), required=True)
    state = fields.String(required=True, metadata={"description": "waiting, sent, acknowledged, declined, revoked"})


class Hers(Schema):
    next = fields.Nested(Appointment, required=True, allow_none=True)
    consents = fields.List(fields.Nested(Agreed), required=True)
    moved = fields.List(fields.Nested(Moved), required=True)
    asked = fields.List(fields.Nested(AskedBefore), required=True)


class CodeShown(Schema):
    code = fields.String(required=True, metadata={"description": "ten digits, shown once"})
    until = fields.Integer(required=True, metadata={"description": "ms"})


class Counted(Schema):
    """Null while a village has fewer than five answers in the month."""

    area = fields.String(required=True)
    name = fields.String(required=True)
    month = fields.String(required=True)
    total = fields.Integer(required=True, allow_none=True)
    good = fields.Integer(required=True, allow_none=True)
    fair = fields.Integer(required=True, allow_none=True)
    poor = fields.Integer(required=True, allow_none=True)


class Station(Schema):
    face = fields.Nested(Face, required=True)
    ratings = fields.List(fields.Nested(Counted), required=True)
