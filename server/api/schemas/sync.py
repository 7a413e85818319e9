"""Shapes of the sync wire, for the description. The hot path reads orjson's values itself (server/sync/item.py)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import uuid


class PushBody(Schema):
    """A batch of events of one store, in the order of dseq."""

    proto = fields.Integer(required=True, validate=validate.Equal(1))
    device = uuid(required=True)
    store = uuid(required=True)
    epoch = fields.String(required=True, allow_none=True, metadata={"description": "the server's, as last heard"})
    now = fields.Integer(required=True, metadata={"description": "the phone's clock, ms"})
    clk = fields.String(metadata={"description": "the phone's clock id now"})
    dseq_min_unsent = fields.Integer(allow_none=True)
    unsent = fields.Integer(
        validate=validate.Range(0, 2**31 - 1), metadata={"description": "how many wait behind this batch"}
    )
    events = fields.List(fields.Dict(), required=True, metadata={"description": "at most 500; see SYNC §0"})


class Pushed(Schema):
    epoch = fields.String(required=True)
    now = fields.Integer(required=True)
    have = fields.Integer(required=True, metadata={"description": "highest dseq up to which nothing is missing"})
    missing = fields.List(fields.Integer(), required=True)
    backed_up = fields.Integer(required=True, metadata={"description": "highest dseq in a checked backup"})
    results = fields.List(
        fields.List(fields.Raw()),
        required=True,
        metadata={"description": "runs [count, accepted|duplicate|parked|fork, reason or flags?] in order"},
    )
    audit = fields.List(
        fields.Raw(), required=True, metadata={"description": "[n, h]: head of the audit log, for a witness to keep"}
    )


class Signed(Schema):
    """Who delivers: the phone's signature stands in for a session."""

    phone = uuid(required=True, data_key="Suifang-Phone")
    store = uuid(required=True, data_key="Suifang-Store")
    signature = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Za-z0-9_-]{86}\Z"),
        data_key="Suifang-Signature",
        metadata={
            "description": "base64url of r ‖ s: ECDSA P-256 with SHA-256 by the phone's key over "
            "`suifang deliver 1\\n<phone>\\n<store>\\n` and the 32 bytes of SHA-256 of the body as sent"
        },
    )


class SealedRow(Schema):
    """One outbox row; whatever is wrong with it, it is kept and answered by itself."""

    id = uuid(required=True)
    dseq = fields.Integer(required=True)
    sealed = fields.String(
        required=True,
        metadata={
            "description": "base64url of the event without dseq, sealed to server_seal_key: algorithm 1 byte (1 = P-256, "
            "HKDF-SHA-256, AES-256-GCM) ‖ ephemeral point 65 ‖ nonce 12 ‖ ciphertext; bound to store and id"
        },
    )


class DeliverBody(Schema):
    """Sealed rows of one store. Both of `now` and `clk`, or neither counts."""

    proto = fields.Integer(required=True, validate=validate.Equal(1))
    now = fields.Integer(metadata={"description": "the phone's clock, ms"})
    clk = fields.String(metadata={"description": "the phone's clock id now"})
    nonce = fields.String(
        validate=validate.Regexp(r"^[A-Za-z0-9_-]{16,64}\Z"),
        metadata={"description": "asks whether there is an order for this phone; the order is signed over it"},
    )
    rows = fields.List(fields.Nested(SealedRow), required=True, metadata={"description": "at most 500"})


class PullQuery(Schema):
    c = fields.String(metadata={"description": "the cursor of the last answer; none: from the start"})
    n = fields.Integer(load_default=1000, validate=validate.Range(1, 2000))
    device = uuid(required=True)
    store = uuid(required=True)
    ask = fields.String(
        metadata={
            "description": "what the phone asks under; any address of sync takes it, and the header Suifang-Asked of the answer "
            "repeats it: a phone believes no answer that repeats another"
        }
    )
    again = fields.String(load_default="", validate=validate.Regexp(r"^([0-9]{1,9}(,[0-9]{1,9})*)?$"))


class Pulled(Schema):
    epoch = fields.String(required=True)
    now = fields.Integer(required=True)
    reset = fields.Boolean(
        metadata={"description": "the cursor is of another epoch: forget all feeds, keep the outbox"}
    )
    drop = fields.List(fields.String())
    add = fields.List(fields.Dict())
    first = fields.Dict()
    events = fields.List(fields.Dict())
    c = fields.String()
    more = fields.Boolean()
    heads = fields.Dict()


class NamesQuery(Schema):
    ids = fields.String(
        required=True,
        validate=validate.Regexp(r"^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,49}\Z"),
        metadata={"description": "at most 50 workers' ids, with commas between"},
    )


class Names(Schema):
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ChunkShape(Schema):
    f = fields.String(required=True)
    seq = fields.Integer(required=True)
    n = fields.Integer(required=True)
    of = fields.Integer(required=True)
    rev = fields.String()
    households = fields.Dict(required=True)
    persons = fields.Dict(required=True)
    records = fields.Dict(required=True)
    rows = fields.List(fields.Dict(), required=True)
