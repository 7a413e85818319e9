"""The villages at a glance: offers done, to come and late; phones; and nothing about who said no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from server.clock import today

from .conftest import NEXT_TOWNSHIP, Phone, SignIn, married_woman


def day(ago: int) -> str:
    return (today() - timedelta(days=ago)).isoformat()


def handed_out(handset: Any, person: str, on: str) -> None:
    given = handset.record("contraceptive_supply", {"item": "condom", "qty": 10, "point": "village"}, on, person=person)
    assert [code for code, *_ in handset.codes(given)] == ["accepted"]


def agreeing_woman(handset: Any) -> str:
    her = married_woman(handset)
    handset.send(handset.consent(her, purpose="supply", on=day(200)))
    return her


def village(desk: Any, **asked: str) -> Any:
    return desk.get("/api/villages", query_string=asked).json["villages"][0]


def counts(line: Any) -> tuple[int, int, int]:
    return line["done"], line["waiting"], line["late"]


def test_a_late_offer_stands_in_its_village_and_is_done_when_it_was_made(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = agreeing_woman(director)
    handed_out(director, her, day(40))
    assert counts(village(desk)) == (0, 0, 1)
    handed_out(director, her, day(0))
    assert counts(village(desk)) == (1, 0, 0)


def test_without_her_consent_nothing_is_due(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    handed_out(director, married_woman(director), day(40))
    assert counts(village(sign_in("station"))) == (0, 0, 0)


def test_declines_below_five_are_told_nowhere(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    for _ in range(4):
        declines(director)
    answer = desk.get("/api/villages").json
    assert (answer["declined"], answer["k"]) == (None, 5)
    declines(director)
    answer = desk.get("/api/villages").json
    assert answer["declined"] == 5
    assert all("declined" not in line for line in answer["villages"])


def declines(handset: Any) -> None:
    her = agreeing_woman(handset)
    handed_out(handset, her, day(40))
    handset.send(handset.record("contraceptive_supply", {"declined": True}, day(0), person=her))


def test_a_village_says_when_its_phones_were_last_heard(phone: Phone, sign_in: SignIn) -> None:
    agreeing_woman(phone("director"))
    [director] = village(sign_in("station"))["directors"]
    assert director["phones"] == 1
    assert director["last_push_at"] is not None


def test_a_stretch_of_days_is_chosen_by_name(sign_in: SignIn) -> None:
    desk = sign_in("station")
    answer = desk.get("/api/villages", query_string={"period": "last_week"}).json
    assert answer["since"] < answer["until"] == answer["on"] < day(0)
    assert desk.get("/api/villages", query_string={"period": "year"}).json["code"] == "bad_shape"
    assert desk.get("/api/villages", query_string={"area": NEXT_TOWNSHIP}).status_code == 404


def test_the_desk_shows_what_a_phone_said_was_still_waiting_behind_its_last_push(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = director.post({"events": [director.household()], "unsent": 7})
    assert her.status_code == 200
    assert [store["unsent"] for one in desk.get("/api/phones").json["phones"] for store in one["stores"]] == [7]
    assert village(desk)["directors"][0]["unsent"] == 7
    director.post({"events": [director.household()], "unsent": 0})
    assert village(desk)["directors"][0]["unsent"] == 0
