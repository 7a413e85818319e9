"""Stock of a township: its movements and hand-outs as the ledger reads them, and the figures that follow from them.

A balance is never stored: it is the sum of what phones and the desk wrote down, whoever of it came first. Hand-outs to
people who later withdrew count all the same, since the piece is gone; nobody is named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from server.models import Event, Record
from server.models.area import county_of
from server.rules import dates, indicator, stock, stock_days
from server.rules.book import Book
from server.rules.stock import Move
from server.rules.stock_shapes import StockRules
from server.sync import log

FORM, LOT, YEAR = "stock", "lot", 365
Moved = dict[str, Any]


def moved(session: Session, book: Book, area: str, author: str | None = None) -> list[Moved]:
    """The live records of an area that move stock, as server/rules reads them, with `shown` and `area` beside.

    With an `author` her hand-outs alone: what anybody moved, and what left her bag.
    """
    names = {FORM, *(given["form"] for given in book.stock["hand_outs"])}
    columns = (Record.id, Record.form, Record.occurred_on, Record.author, Record.role, Record.area, Record.person,
               Record.household, Record.status, Record.shown, Record.coded)  # fmt: skip
    mine = and_(Record.county == county_of(area), Record.area >= area, Record.area < f"{area}:", Record.form.in_(names))
    mine = and_(mine, Record.source != "transfer")
    if author is not None:
        mine = and_(mine, or_(Record.form == FORM, Record.author == author))
    found = session.execute(select(*columns).where(mine, Record.status == "live"))
    rows = [{**row._mapping, "answers": dict(row.coded)} for row in found]
    lots = _lots(session, mine)
    for row in rows:
        if row["id"] in lots:
            row["answers"][LOT] = lots[row["id"]]
    return rows


def _lots(session: Session, mine: Any) -> dict[str, Any]:
    """{record: its lot as last written}: a lot is text, and texts lie sealed in the log."""
    asked = select(Record.id, Event.kind, Event.body).where(mine, Record.form != FORM, Event.body.is_not(None))
    own = asked.join(Event, and_(Event.county == Record.county, Event.id == Record.id))
    later = asked.join(Event, and_(Event.county == Record.county, Event.of == Record.id, Event.kind == "amend"))
    found: dict[str, Any] = {}
    for query in (own, later.order_by(Event.received_at, Event.id)):
        for record, _, body in session.execute(query):
            answers = log.open_blob(body or b"")["answers"]
            if LOT in answers:
                found[record] = answers[LOT]
    return found


def figures(book: Book, rows: Iterable[Mapping[str, Any]], moves: Sequence[Move], today: str) -> list[dict[str, Any]]:
    """One line an item that ever moved, over the year until today. `moves`: what the rules read in the rows.

    {item, balance, received, handed_out, months, used, needed, good, wanted, cyp, without_days, point_days, expired,
    accuracy}: pieces, days, and decimal text. `months`: balance over mean use of the rulebook's days. `used`: handed out in
    these days. `needed`: what the rulebook's months take at that use; `wanted`: needed less `good`, what is not expired.
    `expired`: pieces past their day that still lie there. `accuracy`: 100 − differences of stock-takes in percent of
    what the book said; None where nothing was counted.
    """
    rules, now = book.stock, dates.number(today) or 0
    past = [move for move in moves if move.state == "usable" and move.day <= now]
    handed, taken = set[str](), set[str]()
    for row in rows:
        if row["form"] != FORM:
            handed.add(row["id"])
        elif row["answers"].get("movement") == "in" and _from_outside(row):
            taken.add(row["id"])
    balances = stock.added_up(moves).balances
    history = stock_days.held(past)
    of_item = defaultdict[str, list[Move]](list)
    for move in past:
        of_item[move.at.item].append(move)
    lines = []
    for item, mine in sorted(of_item.items()):
        year = [move for move in mine if move.day > now - YEAR]
        used = -sum(move.amount for move in mine if move.record in handed and in_use(rules, move, now))
        gone = -sum(move.amount for move in year if move.record in handed)
        there = sum(row.usable for row in balances if row.at.item == item)
        spoilt = sum(max(0, row.usable) for row in balances if row.at.item == item and "" < row.at.expiry <= today)
        spells = [past_days for (_, what), past_days in history.items() if what == item]
        lines.append({
            "item": item, "balance": there, "handed_out": gone,
            "received": sum(move.amount for move in year if move.record in taken),
            "months": _months(there, used, rules["use"]["days"]),
            "used": used, "needed": needed(rules, used), "good": there - spoilt,
            "wanted": wanted(rules, there - spoilt, used), "cyp": _cyp(book, item, gone),
            "without_days": sum(stock_days.days_without(days, now - YEAR + 1, now) for days in spells),
            "point_days": sum(now - max(days[0][0], now - YEAR + 1) + 1 for days in spells),
            "expired": spoilt,
            "accuracy": _accuracy(year, mine),
        })  # fmt: skip
    return lines


def in_use(rules: StockRules, move: Move, now: int) -> bool:
    """Whether a movement lies in the days over which mean use is taken; `now`: today's day number."""
    return move.state == "usable" and now - rules["use"]["days"] < move.day <= now


def needed(rules: StockRules, used: int) -> int:
    """Pieces that last the rulebook's months at mean use, rounded up."""
    return -(-max(0, used) * 30 * rules["order"]["months"] // rules["use"]["days"])


def wanted(rules: StockRules, good: int, used: int) -> int:
    """Pieces that an order asks for: what is needed less what is good; a book below nothing counts as 0."""
    return max(0, needed(rules, used) - max(0, good))


def _from_outside(row: Mapping[str, Any]) -> bool:
    """Whether it came into the township, and not from its own store into a bag."""
    come_from = str(row["answers"].get("from_place") or "")
    return not come_from.startswith((str(row["area"])[:9], "bag:"))


def _months(there: int, used: int, days: int) -> str | None:
    """Months that it lasts at the mean use of the last days; None when nothing was used or the book is below nothing."""
    return indicator.rate(there * days, used * 30, 1, 1) if used > 0 and there >= 0 else None


def _cyp(book: Book, item: str, pieces: int) -> str | None:
    """Couple-years of protection of so many pieces; None for an item without a factor."""
    factor = next((one for one in book.stock["cyp"] if one["item"] == item), None)
    if factor is None or pieces < 0:
        return None
    years = Fraction(pieces * factor["numerator"], factor["denominator"])
    return indicator.rate(years.numerator, years.denominator, 1)


def _accuracy(year: Iterable[Move], mine: Iterable[Move]) -> str | None:
    counted = {move for move in year if move.counted}
    sums: dict[Any, int] = defaultdict(int)
    book = off = 0
    for move in mine:
        if move in counted:
            book, off = book + abs(sums[move.at]), off + abs(move.amount - sums[move.at])
        sums[move.at] = move.amount if move.counted else sums[move.at] + move.amount
    return indicator.rate(max(0, book - off), book, 100) if book else None
