"""The desk: the figure and the records behind it, finding a person, her page, the villages."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.extensions import db
from server.models import Audit

from .conftest import (
    COUNTY,
    NEXT_TOWNSHIP,
    NEXT_VILLAGE,
    TOWNSHIP,
    VILLAGE,
    WRITE,
    Phone,
    SignIn,
    married_woman,
    method_record,
)

RATE = "/api/figures/contraceptive_practice"


def rate(client: FlaskClient, area: str = TOWNSHIP, on: str = "2026-11-01") -> Any:
    return client.get(RATE, query_string={"area": area, "on": on})


def behind(client: FlaskClient, part: str = "numerator", area: str = TOWNSHIP, **more: str) -> Any:
    return client.get(f"{RATE}/records", query_string={"area": area, "on": "2026-11-01", "part": part, **more})


def found(client: FlaskClient, q: str) -> list[Any]:
    return list(client.post("/api/people/search", json={"q": q}, headers=WRITE).json["people"])


def actions(app: Flask) -> list[tuple[str, str | None]]:
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(Audit.action, Audit.subject).order_by(Audit.id))]


def test_the_figure_counts_who_has_a_method_among_married_women(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    method_record(director, married_woman(director))
    married_woman(director, "李秀英")
    answer = rate(sign_in("station")).json
    assert (answer["numerator"], answer["denominator"], answer["percent"]) == (1, 2, "50.00")
    assert (answer["mix"]["iud"], answer["mix"]["none"]) == (1, 1)
    assert (answer["area"], answer["on"], answer["hidden"]) == (TOWNSHIP, "2026-11-01", 0)
    assert answer["base"]


def test_outside_the_station_small_counts_are_hidden(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    method_record(director, married_woman(director))
    for reader in (sign_in("county"), director.client, sign_in("technician")):
        answer = rate(reader, VILLAGE if reader is director.client else TOWNSHIP).json
        assert (answer["numerator"], answer["denominator"], answer["percent"]) == (None, None, None)
        assert answer["hidden"] > 0


def test_a_figure_of_an_area_that_is_not_hers_is_refused(sign_in: SignIn) -> None:
    for username, area in (("station", NEXT_TOWNSHIP), ("station", COUNTY), ("director", TOWNSHIP), ("county", "99")):
        answer = rate(sign_in(username), area)
        assert (answer.status_code, answer.json["code"]) == (403, "not_your_area")


def test_a_figure_opens_to_the_very_record_behind_it_with_the_name_masked(phone: Phone, sign_in: SignIn) -> None:
    director = phone("director")
    follow_up = method_record(director, married_woman(director))
    answer = behind(sign_in("station")).json
    [row] = answer["rows"]
    assert (row["record"], row["method"], row["name"]) == (follow_up["id"], "iud", "周**")
    assert (row["number"], row["area"]["name"]) == ("坡东12", "东坡村")
    assert (answer["total"], answer["next"]) == (1, None)
    assert row["author"] == "director 同志"


def test_a_voided_record_leaves_the_figure(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    follow_up = method_record(director, married_woman(director))
    director.codes(director.void(follow_up))
    answer = rate(desk).json
    assert (answer["numerator"], answer["denominator"]) == (0, 1)
    assert behind(desk).json["rows"] == []


def test_the_records_behind_a_figure_are_the_stations_alone(sign_in: SignIn) -> None:
    for username in ("county", "director", "technician", "liaison"):
        assert behind(sign_in(username)).status_code == 403
    assert behind(sign_in("next-station")).status_code == 404


def test_an_unknown_part_and_an_impossible_day_are_refused(sign_in: SignIn) -> None:
    desk = sign_in("station")
    assert behind(desk, "everyone").json["code"] == "unknown_part"
    assert rate(desk, on="2026-02-31").json["code"] == "bad_shape"


def test_the_records_come_in_pages(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    house = director.household()
    women = [director.person(house["household"], marital="married", residence="resident") for _ in range(105)]
    director.send(house, *women)
    first = behind(desk, "denominator").json
    second = behind(desk, "denominator", after=first["next"]).json
    assert (len(first["rows"]), len(second["rows"]), second["next"]) == (100, 5, None)
    assert {row["person"] for row in first["rows"] + second["rows"]} == {woman["person"] for woman in women}


def test_looking_behind_a_figure_is_in_the_audit_log(sign_in: SignIn, township: Flask) -> None:
    behind(sign_in("station"))
    assert ("figure.records", None) in actions(township)


def test_a_person_is_found_by_name_pinyin_and_the_end_of_a_number(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director, "周桂兰", phone="139 0000 1234")
    married_woman(director, "李秀英")
    for q in ("周桂兰", "桂兰", "zhouguilan", "zgl", "ZHOU", "1234", "１２３４", "00001234"):
        assert [line["id"] for line in found(desk, q)] == [her], q
    for q in ("王", "xyz", "34", "9999"):
        assert found(desk, q) == [], q


def test_who_begins_with_what_was_asked_comes_first(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    for name in ("李周", "周兰", "邹州"):
        married_woman(director, name)
    assert [line["name"] for line in found(desk, "周")] == ["周兰", "李周"]


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    house = director.household()
    her = director.person(house["household"])
    director.send(house, her)
    assert len(found(desk, "周桂兰")) == 1
    director.send(director.patch(her["person"], {"name": "周桂芳"}, {"name": her["id"]}))
    assert len(found(desk, "周桂芳")) == 1
    assert found(desk, "周桂兰") == []


def test_numbers_are_masked_in_the_list(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    married_woman(director, phone="13900001234", id_number="99013119880502002X")
    [line] = found(desk, "002x")
    assert line["phone"] == "139****1234"
    assert line["id_number"] == "990***********002X"


def test_another_townships_people_are_not_found(phone: Phone, sign_in: SignIn) -> None:
    married_woman(phone("next-director"))
    assert found(sign_in("station"), "周桂兰") == []
    assert len(found(sign_in("next-station"), "周桂兰")) == 1
    asked = {"q": "周", "area": NEXT_TOWNSHIP}
    answer = sign_in("station").post("/api/people/search", json=asked, headers=WRITE)
    assert answer.status_code == 404


def test_a_persons_page_shows_fields_consents_and_records(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    follow_up = method_record(director, her)
    page = desk.get(f"/api/people/{her}").json
    assert (page["name"], page["birth"], page["household"]["number"]) == ("周桂兰", "1988-05-02", "坡东12")
    assert [(one["purpose"], one["decision"]) for one in page["consents"]] == [("service_record", "given")]
    record = next(one for one in page["records"] if one["id"] == follow_up["id"])
    assert (record["form"], record["answers"]["method"]) == ("contraceptive_followup", "iud")


def test_free_text_of_a_record_is_shown_on_her_page(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    visit = director.record("household_visit", {"presence": "met", "needs": "想了解叶酸"}, person=her)
    director.send(visit)
    [record] = desk.get(f"/api/people/{her}").json["records"]
    assert record["answers"]["needs"] == "想了解叶酸"


def test_of_a_clinical_record_the_desk_sees_only_that_there_is_one(phone: Phone, sign_in: SignIn) -> None:
    technician, desk = phone("technician"), sign_in("station")
    her = married_woman(phone("director"))
    technician.area = VILLAGE
    follow_up = method_record(technician, her, "implant")
    record = next(one for one in desk.get(f"/api/people/{her}").json["records"] if one["id"] == follow_up["id"])
    assert (record["clinical"], record["form"], record["answers"]) == (True, None, None)


def test_what_she_has_not_agreed_to_is_not_on_her_page(phone: Phone, sign_in: SignIn) -> None:
    director, desk = phone("director"), sign_in("station")
    her = married_woman(director)
    follow_up = director.record("contraceptive_followup", {"method": "iud", "still_using": True}, person=her)
    director.send(follow_up)
    assert desk.get(f"/api/people/{her}").json["records"] == []


def test_reading_a_person_is_in_the_audit_log(phone: Phone, sign_in: SignIn, township: Flask) -> None:
    her = married_woman(phone("director"))
    sign_in("station").get(f"/api/people/{her}")
    assert ("person.read", her) in actions(township)


def test_the_station_sees_who_read_a_record_before(phone: Phone, sign_in: SignIn) -> None:
    her, desk = married_woman(phone("director")), sign_in("station")
    assert desk.get(f"/api/people/{her}").json["readers"] == []
    [look] = desk.get(f"/api/people/{her}").json["readers"]
    assert look["worker"]["name"] == "station 同志"


def test_names_are_made_ready_before_the_first_search(phone: Phone, sign_in: SignIn) -> None:
    married_woman(phone("director"))
    desk = sign_in("station")
    assert desk.post("/api/people/ready", json={}, headers=WRITE).json == {"people": 1}
    assert [line["name"] for line in found(desk, "桂兰")] == ["周桂兰"]


def test_another_townships_person_is_not_found_and_leaves_no_trace(
    phone: Phone, sign_in: SignIn, township: Flask
) -> None:
    her = married_woman(phone("next-director"))
    assert sign_in("station").get(f"/api/people/{her}").status_code == 404
    assert ("person.read", her) not in actions(township)


def test_the_villages_stand_in_the_registers_order_with_who_looks_after_them(phone: Phone, sign_in: SignIn) -> None:
    married_woman(phone("director"))
    villages = sign_in("station").get("/api/villages").json["villages"]
    assert [village["name"] for village in villages] == ["东坡村", "西坡村"]
    assert (villages[0]["households"], villages[0]["persons"]) == (1, 1)
    assert [one["name"] for one in villages[0]["directors"]] == ["director 同志"]
    assert (villages[1]["households"], villages[1]["directors"]) == (0, [])


def test_the_figure_of_one_village_does_not_leave_the_station(sign_in: SignIn) -> None:
    for username in ("county", "technician"):
        answer = rate(sign_in(username), VILLAGE)
        assert (answer.status_code, answer.json["code"]) == (403, "leaves_station")


def test_everyone_may_ask_for_the_areas_whose_figures_are_hers(sign_in: SignIn) -> None:
    codes = {name: [one["code"] for one in sign_in(name).get("/api/figures/areas").json["areas"]]
             for name in ("director", "next-station", "county")}  # fmt: skip
    assert codes["director"] == [VILLAGE]
    assert codes["next-station"] == [NEXT_TOWNSHIP, NEXT_VILLAGE]
    assert {len(code) for code in codes["county"]} == {6, 9}
