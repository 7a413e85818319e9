"""Shapes of the stock rules, as `stock.json` holds them."""

from typing import NotRequired, TypedDict

from server.rules.shapes import Words


class Effect(TypedDict):
    """What a movement does to the sum of one state (`usable` or `set_aside`) at the place its field names."""

    movement: str
    place: str
    state: str
    sign: int
    status: str


class HandOut(TypedDict):
    """A form whose records hand something out: the item its field names, or always the `fixed` one."""

    form: str
    item: NotRequired[str]
    fixed: NotRequired[str]
    qty: str
    status: str


class LeadTime(Words):
    """Days before expiry from which a lot is `soon`, then `urgent`."""

    warn_days: int
    urgent_days: int
    status: str


class StockTake(Words):
    """How often stock is counted."""

    every_days: int
    status: str


class MeanUse(Words):
    """The days before today over which mean use is taken."""

    days: int
    status: str


class Order(Words):
    """How many months of mean use an order is to last."""

    months: int
    status: str


class Cyp(TypedDict):
    """Couple-years of protection of one piece of an item, as a fraction."""

    item: str
    numerator: int
    denominator: int
    status: str


class StockRules(Words):
    """What the ledger is made of."""

    id: str
    version: int
    expiry: LeadTime
    count: StockTake
    use: MeanUse
    order: Order
    effects: list[Effect]
    hand_outs: list[HandOut]
    cyp: list[Cyp]
    status: str
