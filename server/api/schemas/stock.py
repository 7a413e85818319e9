"""Shapes of stock."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from server.api.schemas.common import NOTHING_ODD, area, text

MOST_LINES, MOST_PIECES = 200, 1_000_000
MOVEMENTS = ("in", "out", "return", "count", "damage", "destroy")


def _line(most: int) -> fields.String:
    return fields.String(load_default="", validate=[validate.Length(max=most), NOTHING_ODD])


class StockAsked(Schema):
    area = area(required=True, metadata={"description": "a township, or a village of it"})


class StockLot(Schema):
    point = fields.String(required=True, metadata={"description": "an area code, or bag: and a worker's id"})
    item = fields.String(required=True)
    lot = fields.String(required=True, metadata={"description": "empty where nobody wrote it down"})
    expiry = fields.String(required=True, metadata={"description": "YYYY-MM-DD, or empty"})


class StockRow(StockLot):
    usable = fields.Integer(
        required=True, metadata={"description": "may be below 0: then something was never written down"}
    )
    set_aside = fields.Integer(required=True, metadata={"description": "written off and not yet destroyed"})
    state = fields.String(required=True, allow_none=True, metadata={"description": "expired, urgent or soon"})


class StockOdd(StockLot):
    kind = fields.String(
        required=True,
        metadata={
            "description": "count: a stock-take; way: a receipt other than sent; again: a second receipt, not counted"
        },
    )
    record = fields.String(required=True)
    on = fields.String(required=True)
    book = fields.Integer(required=True, metadata={"description": "by the book before a stock-take, or sent"})
    counted = fields.Integer(required=True)


class StockFigure(Schema):
    item = fields.String(required=True)
    balance = fields.Integer(required=True)
    received = fields.Integer(required=True)
    handed_out = fields.Integer(required=True)
    months = fields.String(
        required=True, allow_none=True, metadata={"description": "at the mean use of the rulebook's days"}
    )
    used = fields.Integer(required=True, metadata={"description": "handed out in the days of mean use"})
    needed = fields.Integer(required=True, metadata={"description": "what the rulebook's months take at that use"})
    good = fields.Integer(required=True, metadata={"description": "there and not expired; may be below 0"})
    wanted = fields.Integer(required=True, metadata={"description": "pieces to order: needed less good, never below 0"})
    cyp = fields.String(
        required=True, allow_none=True, metadata={"description": "couple-years of protection handed out"}
    )
    without_days = fields.Integer(required=True)
    point_days = fields.Integer(required=True)
    expired = fields.Integer(required=True)
    accuracy = fields.String(
        required=True, allow_none=True, metadata={"description": "percent of book found at stock-takes"}
    )


class StockMoveLine(Schema):
    item = fields.String(required=True)
    lot = fields.String(required=True)
    expiry = fields.String(required=True)
    qty = fields.Integer(required=True)


class StockCode(Schema):
    side = fields.Integer(required=True, metadata={"description": "modules, the quiet zone included"})
    path = fields.String(required=True, metadata={"description": "the dark modules as an SVG path, one unit a module"})


class StockDocument(Schema):
    record = fields.String(required=True)
    number = fields.String(required=True, metadata={"description": "as it is printed and read out"})
    movement = fields.String(required=True, metadata={"description": "out, or return: given back and not counted yet"})
    on = fields.String(required=True)
    from_place = fields.String(required=True, allow_none=True)
    to_place = fields.String(required=True)
    lines = fields.List(fields.Nested(StockMoveLine), required=True)
    code = fields.Nested(StockCode, required=True, metadata={"description": "what its receiver's phone scans"})


class StockSources(Schema):
    use = fields.String(required=True, metadata={"description": "where the days of mean use come from"})
    order = fields.String(required=True, metadata={"description": "where the months of an order come from"})


class StockShown(Schema):
    area = fields.String(required=True)
    on = fields.String(required=True)
    points = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    rows = fields.List(fields.Nested(StockRow), required=True)
    odd = fields.List(fields.Nested(StockOdd), required=True)
    on_the_way = fields.List(
        fields.Nested(StockDocument), required=True, metadata={"description": "issued and not received yet"}
    )
    figures = fields.List(fields.Nested(StockFigure), required=True)
    sources = fields.Nested(StockSources, required=True)


class MovedLine(Schema):
    item = text(1, 20, metadata={"description": "an item of the stock form"})
    lot = _line(40)
    expiry = fields.Date(load_default=None, allow_none=True, format="%Y-%m-%d")
    qty = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_PIECES))


class Movement(Schema):
    movement = fields.String(required=True, validate=validate.OneOf(MOVEMENTS))
    from_place = fields.String(validate=validate.Length(1, 64))
    to_place = fields.String(validate=validate.Length(1, 64))
    document_no = _line(40)
    why_different = _line(200)
    second_sign = _line(40)
    on = fields.Date(format="%Y-%m-%d", metadata={"description": "today if left out"})
    of = fields.String(validate=validate.Length(1, 36), metadata={"description": "the issue that this receives"})
    later = fields.Boolean(load_default=False, metadata={"description": "issued, and received when it arrives"})
    lines = fields.List(fields.Nested(MovedLine), required=True, validate=validate.Length(1, MOST_LINES))


class Recall(Schema):
    item = text(1, 20)
    lot = text(1, 40)
    area = area()


class Received(Schema):
    person = fields.String(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    area = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    on = fields.String(required=True)
    qty = fields.Integer(required=True)


class StillHeld(Schema):
    point = fields.String(required=True)
    usable = fields.Integer(required=True)


class Recalled(Schema):
    people = fields.List(fields.Nested(Received), required=True)
    unnamed = fields.Integer(
        required=True, metadata={"description": "hand-outs of it to people who are not named here"}
    )
    held = fields.List(fields.Nested(StillHeld), required=True)


class StockMovesAsked(StockAsked):
    item = fields.String(load_default="", validate=validate.Length(0, 20))
    own = fields.Boolean(load_default=False, metadata={"description": "only what the desk wrote"})
    used = fields.Boolean(
        load_default=False, metadata={"description": "only the hand-outs that mean use is taken over"}
    )
    start = fields.Integer(
        load_default=0, validate=validate.Range(0, 10**6), metadata={"description": "`next` of the page before"}
    )


class StockMoveRow(Schema):
    record = fields.String(required=True)
    on = fields.String(required=True)
    movement = fields.String(required=True, allow_none=True, metadata={"description": "given: a hand-out"})
    from_place = fields.String(required=True, allow_none=True)
    to_place = fields.String(required=True, allow_none=True)
    author = fields.String(required=True)
    desk = fields.Boolean(required=True, metadata={"description": "written at the desk: it can be taken back there"})
    lines = fields.List(fields.Nested(StockMoveLine), required=True)


class StockMoves(Schema):
    rows = fields.List(fields.Nested(StockMoveRow), required=True)
    points = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    pieces = fields.Integer(required=True, metadata={"description": "handed out among these, on all pages"})
    next = fields.Integer(required=True, allow_none=True)
    total = fields.Integer(required=True)


class MoveVoided(Schema):
    reason = text(1, 40, metadata={"description": "a code of the correction reasons"})
