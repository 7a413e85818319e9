"""Shapes of printed cards at the desk."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.api.schemas.common import uuid
from server.api.schemas.desk import NamedArea

MOST_SHEETS = 20  # at once; a printer's tray, and an answer that a station's line carries
LAST_NUMBER = 2**31 - 1


class SheetsWanted(Schema):
    sheets = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_SHEETS))


class SheetsMade(Schema):
    first = fields.Integer(required=True, metadata={"description": "number at the foot of the first page"})
    last = fields.Integer(required=True)
    file = fields.String(required=True, metadata={"description": "the PDF in Base64; it cannot be made again"})


class SheetRange(Schema):
    first = fields.Integer(required=True, strict=True, validate=validate.Range(1, LAST_NUMBER))
    last = fields.Integer(required=True, strict=True, validate=validate.Range(1, LAST_NUMBER))

    @validates_schema
    def _in_order(self, data: dict[str, int], **_: object) -> None:
        if data["last"] < data["first"]:
            raise ValidationError("last: 在 first 之前 comes before first", "last")


class Run(Schema):
    first = fields.Integer(required=True)
    last = fields.Integer(required=True)
    printed_at = fields.Integer(required=True, metadata={"description": "ms since 1970"})
    expires = fields.String(required=True, metadata={"description": "YYYY-MM-DD"})
    stopped = fields.Boolean(required=True, metadata={"description": "out of force"})


class Scan(Schema):
    card = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Z2-7]{25}[AEIMQUY4]\Z"),
        metadata={"description": "its id, Base32"},
    )
    at = fields.Integer(required=True, strict=True, metadata={"description": "by the phone's clock, ms"})


class Scans(Schema):
    """Nobody's name, no place: the township is that of who is signed in."""

    now = fields.Integer(required=True, strict=True, metadata={"description": "the phone's clock, ms"})
    scans = fields.List(fields.Nested(Scan), required=True, validate=validate.Length(1, 500))


class ScansCounted(Schema):
    today = fields.Integer(required=True)
    month = fields.Integer(required=True, metadata={"description": "of the thirty days that are kept"})
    sheets = fields.List(
        fields.Integer(), required=True, metadata={"description": "with a card shown in two townships within an hour"}
    )


class Disagreement(Schema):
    """A card whose record, list and row do not agree; `kind` says how, see server/cards/agreeing."""

    kind = fields.String(required=True)
    record = uuid(required=True)
    number = fields.String(required=True, metadata={"description": "as printed"})
    on = fields.String(required=True)
    person = fields.Dict(required=True)
    area = fields.Nested(NamedArea, required=True)


class Disagreements(Schema):
    found = fields.List(fields.Nested(Disagreement), required=True)


class Repair(Schema):
    kind = fields.String(
        required=True,
        validate=validate.OneOf(["revoked_but_hers", "expired", "lost_but_good", "older_too", "given_twice"]),
    )


class PrintedCards(Schema):
    host = fields.String(required=True, allow_none=True, metadata={"description": "the name on the cards"})
    runs = fields.List(fields.Nested(Run), required=True)
    sheets = fields.Integer(required=True)
    cards = fields.Integer(required=True)
    stopped = fields.Integer(required=True, metadata={"description": "sheets out of force"})
    scans = fields.Nested(ScansCounted, required=True)
