"""What several shapes share. Unknown fields in a body are refused, in a query passed over."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from server.ids import UUID_TEXT

NOTHING_ODD = validate.Regexp(r"^[^\x00-\x1f\x7f]*\Z", error="控制字符 control characters are not taken")


class Error(Schema):
    """Every answer that is not a success. Programs branch on `code`; `message` is for people."""

    code = fields.String(required=True, metadata={"description": "stable word"})
    message = fields.String(required=True, metadata={"description": "Chinese, English after it"})


class VillageName(Schema):
    code = fields.String(required=True, metadata={"description": "12 digits"})
    name = fields.String(required=True)


class GrantShape(Schema):
    """One role in one area."""

    code = fields.String(required=True, metadata={"description": "area code: 6, 9 or 12 digits"})
    name = fields.String(required=True, metadata={"description": "the area's name"})
    role = fields.String(required=True)


def text(least: int, most: int, **more: Any) -> fields.String:
    """A required line of text without control characters."""
    return fields.String(required=True, validate=[validate.Length(least, most), NOTHING_ODD], **more)


def uuid(**more: Any) -> fields.String:
    """A lower-case UUID with dashes."""
    return fields.String(validate=validate.Regexp(f"^{UUID_TEXT.pattern}\\Z"), **more)


def area(**more: Any) -> fields.String:
    """An area code."""
    return fields.String(validate=validate.Regexp(r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})\Z"), **more)
