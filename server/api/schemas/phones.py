"""Shapes of phones, codes and stores."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import text, uuid


class Jwk(Schema):
    """A P-256 public key (RFC 7517)."""

    kty = fields.String(required=True)
    crv = fields.String(required=True)
    x = fields.String(required=True)
    y = fields.String(required=True)


class Registration(Schema):
    code = text(10, 40)
    public_key = fields.Dict(keys=fields.String(), required=True, metadata={"description": "JWK, P-256, public half"})
    label = fields.String(load_default="", validate=validate.Length(0, 80))


class Lease(Schema):
    """How long the phone may open this store without asking again, and the server's share of the key to it."""

    days = fields.Integer(required=True)
    now = fields.Integer(required=True, metadata={"description": "the server's clock, ms; the days begin here"})
    share = fields.String(required=True, allow_none=True, metadata={"description": "32 bytes, base64url"})


class Registered(Schema):
    phone = uuid(required=True)
    store = uuid(required=True)
    lease = fields.Nested(Lease, required=True)
    server_sign_key = fields.Nested(Jwk, required=True)
    server_seal_key = fields.Nested(Jwk, required=True)


class StoreOpened(Schema):
    store = uuid(required=True)
    have = fields.Integer(required=True, metadata={"description": "highest dseq up to which nothing is missing"})
    top = fields.Integer(required=True, metadata={"description": "highest dseq seen; a new one starts above it"})
    lease = fields.Nested(Lease, required=True)


class CodeWanted(Schema):
    worker = uuid(required=True)


class Slip(Schema):
    code = fields.String(required=True, metadata={"description": "shown once; 24 hours, one phone"})
    worker = uuid(required=True)
    expires_at = fields.Integer(required=True, metadata={"description": "ms since 1970"})
    fingerprint = fields.String(required=True, metadata={"description": "the phone shows the same 8 characters"})


class StoreShape(Schema):
    id = uuid(required=True)
    worker = uuid(required=True)
    have = fields.Integer(required=True)
    backed_up = fields.Integer(required=True)
    unsent = fields.Integer(required=True, allow_none=True, metadata={"description": "as the phone last said"})
    last_push_at = fields.Integer(required=True, allow_none=True)


class NamedWorker(Schema):
    id = uuid(required=True)
    name = fields.String(required=True)


class PhoneShape(Schema):
    id = uuid(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True)
    worker = fields.Nested(NamedWorker, required=True)
    created_at = fields.Integer(required=True)
    last_seen = fields.Integer(required=True, allow_none=True)
    wiped_at = fields.Integer(required=True, allow_none=True, metadata={"description": "a lost one said so, ms"})
    stores = fields.List(fields.Nested(StoreShape), required=True)


class Phones(Schema):
    phones = fields.List(fields.Nested(PhoneShape), required=True)


class HeldArea(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class Held(Schema):
    """A list that lay on the phone when it last asked, with how many are on it now."""

    area = fields.Nested(HeldArea, required=True)
    households = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    as_of = fields.Integer(required=True, metadata={"description": "ms since 1970"})


class Deed(Schema):
    at = fields.Integer(required=True)
    action = fields.String(required=True)
    # `from` is a word of Python
    was = fields.String(required=True, allow_none=True, data_key="from", attribute="from")
    to = fields.String(required=True, allow_none=True)
    worker = fields.Nested(NamedWorker, required=True)


class PhonePage(Schema):
    id = uuid(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True)
    held = fields.List(fields.Nested(Held), required=True)
    deeds = fields.List(fields.Nested(Deed), required=True)


class StateWanted(Schema):
    state = fields.String(required=True, validate=validate.OneOf(["active", "suspended", "lost", "retired"]))


class ParcelShape(Schema):
    phone = uuid(required=True)
    store = uuid(required=True)
    signature = fields.String(required=True, validate=validate.Length(86, 86))
    body = fields.String(required=True, metadata={"description": "base64url of the signed body of a delivery"})


class ParcelFile(Schema):
    suifang = fields.Integer(required=True, validate=validate.Equal(1))
    parcels = fields.List(fields.Nested(ParcelShape), required=True, validate=validate.Length(1, 50))


class ParcelsTaken(Schema):
    taken = fields.Integer(required=True, metadata={"description": "rows that are records now or were there already"})
    parked = fields.Integer(required=True, metadata={"description": "rows that wait in the inbox"})


class Wiped(Schema):
    ok = fields.Boolean(required=True)


class PhoneState(Schema):
    id = uuid(required=True)
    state = fields.String(required=True)
