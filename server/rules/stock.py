"""The stock ledger: balances are the sum of movements, nothing is stored or clamped; which lot goes first; what has expired.

Records come in any order. They count in the order of (day, id), so the same set gives the same balances everywhere. A
stock-take says what was there: its difference to the sum so far is one more movement, and is told. What was issued with a
document is taken by the first receipt that names it; a second one counts for nothing, and is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from server.rules import dates
from server.rules.conditions import answers_of, code_units, is_note, whole
from server.rules.shapes import Record
from server.rules.stock_shapes import StockRules

_TOWNSHIP = re.compile("[0-9]{9}")


class Lot(NamedTuple):
    """One lot of one item at one point. `expiry` is "" where nobody wrote it down."""

    point: str
    item: str
    lot: str
    expiry: str


@dataclass(frozen=True, slots=True)
class Balance:
    """What is there by the book. `usable` below 0 stays so: somebody handed out what was never written down as received."""

    at: Lot
    usable: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A stock-take that found another number than the book had."""

    record: str
    at: Lot
    book: int
    counted: int


class Move(NamedTuple):
    """One change of one lot: `amount` more (or less), or all there is when it was `counted`. `day` is a day number."""

    day: int
    record: str
    at: Lot
    state: str
    amount: int
    counted: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """Balances in the order of point, item, expiry, lot; differences in the order of the stock-takes."""

    balances: list[Balance]
    differences: list[Difference]


def ledger(rules: StockRules, records: Iterable[Record]) -> Ledger:
    """Add up all movements and hand-outs among the records. Voided and badly shaped ones count for nothing."""
    return added_up(movements_of(rules, records))


def added_up(moves: Iterable[Move]) -> Ledger:
    """The ledger of movements that were read already, in the order in which they count."""
    sums: dict[tuple[Lot, str], int] = {}
    found: list[Difference] = []
    for move in moves:
        before = sums.get((move.at, move.state), 0)
        sums[move.at, move.state] = move.amount if move.counted else before + move.amount
        if move.counted and move.amount != before:
            found.append(Difference(move.record, move.at, before, move.amount))
    lots = sorted({lot for lot, _ in sums}, key=_order)
    balances = [Balance(lot, sums.get((lot, "usable"), 0), sums.get((lot, "set_aside"), 0)) for lot in lots]
    return Ledger(balances, found)


def movements_of(rules: StockRules, records: Iterable[Record]) -> Iterator[Move]:
    """Every change that the records make, in the order in which they count. A document is taken once, by its first receipt."""
    for day, record, again in _in_order(records):
        if again:
            continue
        key = str(record["id"])
        for lot, counted in _counts(record):
            yield Move(day, key, lot, "usable", counted, True)
        for lot, state, change in _changes(rules, record):
            yield Move(day, key, lot, state, change, False)


def taken_again(records: Iterable[Record]) -> list[tuple[str, str]]:
    """[(receipt, document)] of the receipts that count for nothing, since an earlier one took the same document."""
    return [(str(record["id"]), _document(record)) for _, record, again in _in_order(records) if again]


def _in_order(records: Iterable[Record]) -> Iterator[tuple[int, Record, bool]]:
    taken: set[str] = set()
    for day, _, record in sorted(filter(None, map(_row, records)), key=lambda row: row[:2]):
        document = _document(record)
        yield day, record, document in taken
        if document:
            taken.add(document)


def _document(record: Record) -> str:
    """The document that a receipt answers; "" for all else."""
    answers = answers_of(record)
    received = record.get("form") == "stock" and answers.get("movement") == "in"
    return _text(answers.get("of")) if received else ""


def propose(balances: Iterable[Balance], point: str, item: str, wanted: int, today: str) -> list[tuple[Lot, int]]:
    """Which lots to take from, first expiring first; less than wanted when there is not enough. Expired ones never."""
    taken: list[tuple[Lot, int]] = []
    held = [row for row in balances if (row.at.point, row.at.item) == (point, item) and row.usable > 0]
    for row in sorted(held, key=lambda row: (row.at.expiry or "9999", code_units(row.at.lot))):
        if wanted > 0 and not _expired(row.at.expiry, today):
            part = min(wanted, row.usable)
            taken.append((row.at, part))
            wanted -= part
    return taken


def judge(rules: StockRules, expiry: object, today: str, *, clock_in_doubt: bool = False) -> str | None:
    """What to say of a lot that is about to be handed out: `expired` refuses, `maybe_expired`, `urgent` and `soon` warn.

    While the phone's clock is in doubt nothing is refused by it. A lot's last good day is the day before its expiry day.
    """
    last, now = dates.number(expiry), dates.number(today)
    if last is None or now is None:
        return None
    left = last - now
    if left <= 0:
        return "maybe_expired" if clock_in_doubt else "expired"
    if left < rules["expiry"]["urgent_days"]:
        return "urgent"
    return "soon" if left < rules["expiry"]["warn_days"] else None


def _expired(expiry: str, today: str) -> bool:
    last, now = dates.number(expiry), dates.number(today)
    return last is not None and now is not None and last <= now


def _order(lot: Lot) -> tuple[bytes, bytes, bytes, bytes]:
    return code_units(lot.point), code_units(lot.item), code_units(lot.expiry), code_units(lot.lot)


def _row(record: Record) -> tuple[int, bytes, Record] | None:
    day, key = dates.number(record.get("occurred_on")), record.get("id")
    if record.get("status") != "live" or day is None or not isinstance(key, str) or is_note(record):
        return None
    return day, code_units(key), record


def _counts(record: Record) -> Iterator[tuple[Lot, int]]:
    """The lines of a stock-take; what it does not name stays as it was."""
    answers = answers_of(record)
    if record.get("form") == "stock" and answers.get("movement") == "count":
        yield from lines_of(answers, _text(answers.get("from_place")))


def _changes(rules: StockRules, record: Record) -> Iterator[tuple[Lot, str, int]]:
    answers = answers_of(record)
    if record.get("form") == "stock":
        for effect in rules["effects"]:
            if effect["movement"] == answers.get("movement"):
                for lot, amount in lines_of(answers, _text(answers.get(effect["place"]))):
                    yield lot, effect["state"], effect["sign"] * amount
    for given in rules["hand_outs"]:
        if record.get("form") != given["form"]:
            continue
        given_out = answers.get(given["qty"])
        item = given["fixed"] if "fixed" in given else _text(answers.get(given["item"]))
        if item and type(given_out) is int and whole(given_out) and given_out > 0:
            yield _lot(handed_from(record), item, answers), "usable", -given_out


def handed_from(record: Record) -> str:
    """The point a hand-out came from: the station's shelf at the health centre, else the worker's own bag."""
    township = _TOWNSHIP.match(_text(record.get("area")))
    at_centre = answers_of(record).get("point") == "centre"
    return township[0] if at_centre and township else f"bag:{_text(record.get('author'))}"


def lines_of(answers: Mapping[str, object], point: str) -> Iterator[tuple[Lot, int]]:
    """The lots and amounts that a movement names, as if at this point; badly shaped lines are none."""
    lines = answers.get("lines")
    for line in lines if isinstance(lines, list) and point else []:
        amount, item = (line.get("qty"), _text(line.get("item"))) if isinstance(line, Mapping) else (None, "")
        if item and type(amount) is int and whole(amount) and amount >= 0:
            yield _lot(point, item, line), amount


def _lot(point: str, item: str, said: Mapping[str, object]) -> Lot:
    expiry = said.get("expiry")
    return Lot(
        point,
        item,
        _text(said.get("lot")).strip(" "),
        expiry if isinstance(expiry, str) and dates.is_day(expiry) else "",
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
