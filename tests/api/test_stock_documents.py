"""What is issued with a document is on its way until it is received, once, as it was counted."""

from __future__ import annotations

import re
from typing import Any

import zxingcpp
from flask.testing import FlaskClient
from PIL import Image

from server.rules.document import number_of, text_of
from tests.sync.handset import Handset

from .conftest import TOWNSHIP, VILLAGE, WRITE, Phone, SignIn
from .shelf import TODAY, bag, balances, line, listed, move, receive, shown


def send(desk: FlaskClient, to: str, *lines: dict[str, Any]) -> dict[str, Any]:
    """Issue with a document; answers it as the page shows it."""
    answer = desk.post(
        "/api/stock/movements",
        json={"movement": "out", "from_place": TOWNSHIP, "to_place": to, "later": True, "lines": list(lines)},
        headers=WRITE,
    )
    found: dict[str, Any] = answer.json["on_the_way"][-1]
    return found


def arrive(desk: FlaskClient, document: dict[str, Any], *lines: dict[str, Any]) -> Any:
    return move(desk, "in", *lines, of=document["record"])


def take(worker: Handset, document: dict[str, Any], qty: int) -> Any:
    """A receipt as a phone records it."""
    place = {"from_place": document["from_place"], "to_place": document["to_place"]}
    return worker.record("stock", {"movement": "in", "of": document["record"], "lines": [line(qty)]} | place, TODAY)


def test_what_was_issued_with_a_document_is_on_its_way_until_it_is_received(sign_in: SignIn) -> None:
    desk = sign_in("station")
    receive(desk, line(100))
    document = send(desk, VILLAGE, line(40))
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): 60}
    assert (document["number"], document["lines"]) == (number_of(document["record"]), [line(40)])
    assert arrive(desk, document, line(40)).status_code == 200
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): 60, (VILLAGE, "condom", "2409A"): 40}
    assert (shown(desk)["on_the_way"], shown(desk)["odd"]) == ([], [])


def test_a_receipt_that_differs_counts_as_counted_and_is_told(sign_in: SignIn) -> None:
    desk = sign_in("station")
    document = send(desk, VILLAGE, line(40), line(5, item="coc"))
    arrive(desk, document, line(38), line(5, item="coc"))
    assert balances(desk)[VILLAGE, "condom", "2409A"] == 38
    [odd] = shown(desk)["odd"]
    assert (odd["kind"], odd["item"], odd["book"], odd["counted"]) == ("way", "condom", 40, 38)


def test_the_desk_receives_a_document_once(sign_in: SignIn) -> None:
    desk = sign_in("station")
    document = send(desk, VILLAGE, line(40))
    arrive(desk, document, line(40))
    assert arrive(desk, document, line(40)).json["code"] == "not_on_the_way"
    assert balances(desk)[VILLAGE, "condom", "2409A"] == 40


def test_a_document_that_two_phones_received_is_taken_once_and_the_second_is_told(
    phone: Phone, sign_in: SignIn
) -> None:
    director, technician, desk = phone("director"), phone("technician"), sign_in("station")
    document = send(desk, bag(director.worker), line(40))
    first, second = take(director, document, 40), take(technician, document, 39)
    assert [code for code, *_ in technician.codes(second)] == ["accepted"]
    assert [code for code, *_ in director.codes(first)] == ["accepted"]
    kept = min((first, second), key=lambda one: str(one["id"]))
    lost = 40 if kept is second else 39
    assert balances(desk)[bag(director.worker), "condom", "2409A"] == 79 - lost
    assert [one["counted"] for one in shown(desk)["odd"] if one["kind"] == "again"] == [lost]


def test_a_receipt_that_comes_before_its_issue_counts_and_waits_for_nothing(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    unknown = {"record": "0198f000-0000-7000-8000-000000000000", "from_place": TOWNSHIP}
    director.codes(take(director, unknown | {"to_place": bag(director.worker)}, 40))
    assert balances(desk) == {(bag(director.worker), "condom", "2409A"): 40}
    assert shown(desk)["on_the_way"] == []


def test_a_document_that_was_a_slip_is_taken_back_and_can_no_longer_be_received(sign_in: SignIn) -> None:
    desk = sign_in("station")
    receive(desk, line(100))
    document = send(desk, VILLAGE, line(40))
    desk.post(f"/api/stock/movements/{document['record']}/void", json={"reason": "slip"}, headers=WRITE)
    assert arrive(desk, document, line(40)).json["code"] == "not_on_the_way"
    assert balances(desk) == {(TOWNSHIP, "condom", "2409A"): 100}


def test_what_arrives_in_a_bag_is_told_to_her_phone(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    document = send(desk, bag(director.worker), line(40))
    assert desk.get(f"/api/workers/{director.worker}/bag").json["lines"] == []
    arrive(desk, document, line(38))
    assert [one["qty"] for one in desk.get(f"/api/workers/{director.worker}/bag").json["lines"]] == [38]
    assert [row["movement"] for row in listed(desk)] == ["in", "out"]


def read(code: dict[str, Any]) -> str:
    """What a camera reads off the drawn code."""
    side = code["side"]
    picture = Image.new("L", (side, side), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code["path"]):
        picture.paste(0, (int(x), int(y), int(x) + int(width), int(y) + 1))
    [found] = zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), Image.Resampling.NEAREST))
    return str(found.text)


def test_the_code_on_a_document_says_the_document(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    document = send(desk, bag(director.worker), line(40), line(6, item="coc", lot="K 7/批"))
    assert read(document["code"]) == text_of(document)


def test_a_document_of_very_many_lines_has_a_code_that_names_it(sign_in: SignIn) -> None:
    document = send(sign_in("station"), VILLAGE, *(line(1, lot=f"LOT-{n:04}") for n in range(60)))
    assert read(document["code"]).endswith(f"/{TODAY}/")


def test_a_phones_receipt_that_differs_counts_as_counted_and_is_told(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    document = send(desk, bag(director.worker), line(40))
    assert [code for code, *_ in director.codes(take(director, document, 38))] == ["accepted"]
    assert balances(desk)[bag(director.worker), "condom", "2409A"] == 38
    [odd] = shown(desk)["odd"]
    assert (odd["kind"], odd["book"], odd["counted"], shown(desk)["on_the_way"]) == ("way", 40, 38, [])


def test_what_a_phone_gives_back_is_on_its_way_until_the_desk_counts_it(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    back = {"movement": "return", "from_place": bag(director.worker), "to_place": TOWNSHIP, "lines": [line(12)]}
    director.codes(director.record("stock", back, TODAY))
    [waiting] = shown(desk)["on_the_way"]
    assert (waiting["movement"], waiting["to_place"], waiting["lines"]) == ("return", TOWNSHIP, [line(12)])
    assert balances(desk) == {(bag(director.worker), "condom", "2409A"): -12}
    arrive(desk, waiting, line(11))
    assert balances(desk)[TOWNSHIP, "condom", "2409A"] == 11
    assert [(one["kind"], one["book"], one["counted"]) for one in shown(desk)["odd"]] == [("way", 12, 11)]
    assert shown(desk)["on_the_way"] == []
