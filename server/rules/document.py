"""A document of stock as its code says it, for a phone that has not heard of it yet. Pure; the phone's twin reads it.

`SUIFANG-YJ/1/<issue's id>/<from>/<to>/<day>/<lines>`, a line being item,lot,expiry,pieces and ";" between lines; places, items
and lots are percent-encoded. Lines that would make the code too fine to be read off paper are left out: then it only names
the issue. It is not signed: it moves nothing, and what is received is what somebody counted.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

HEAD = "SUIFANG-YJ/1"
NUMBER = 8
LONGEST = 600  # signs: 93 modules a side at level M, half a millimetre each on the sheet


def number_of(record: str) -> str:
    """A document's number as it is printed and read out: the last eight signs of its id."""
    end = record.replace("-", "")[-NUMBER:].upper()
    return f"{end[:4]}-{end[4:]}"


def text_of(document: Mapping[str, Any]) -> str:
    """The code's text of {record, on, from_place, to_place, lines: [{item, lot, expiry, qty}]}."""
    places = (quote(document[key] or "", safe="") for key in ("from_place", "to_place"))
    head = "/".join((HEAD, document["record"], *places, document["on"], ""))
    whole = head + ";".join(_line(line) for line in document["lines"])
    return whole if len(whole) <= LONGEST else head


def _line(line: Mapping[str, Any]) -> str:
    return ",".join((quote(line["item"], safe=""), quote(line["lot"], safe=""), line["expiry"], str(line["qty"])))
