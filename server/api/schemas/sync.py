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
        metadata={"description": "runs [count, accepted|duplicate|parked|fork|retry, reason or flags?] in order"},
    )
    audit = fields.List(
        fields.Raw(), required=True, metadata={"description": "[n, h]: head of the audit log, for a witness to keep"}
    )


class PullQuery(Schema):
    c = fields.String(metadata={"description": "the cursor of the last answer; none: from the start"})
    n = fields.Integer(load_default=1000, validate=validate.Range(1, 2000))
    device = uuid(required=True)
    store = uuid(required=True)
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
