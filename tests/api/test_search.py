"""The index of opened names keeps up with what phones send, and knows no more than one built anew would."""

from __future__ import annotations

from flask import Flask

from server.clock import now_ms
from server.desk.search import Index
from server.extensions import db
from server.models.sealed import app_keys

from .conftest import NEXT_TOWNSHIP, OTHER_VILLAGE, TOWNSHIP, Phone, married_woman


def names(app: Flask, index: Index, wanted: str, township: str = TOWNSHIP, now: int | None = None) -> list[str]:
    with app.app_context():
        found = index.find(db.session(), app_keys(), township, wanted, 50, now or now_ms())
    return [entry.name for entry in found]


def test_new_renamed_and_moved_people_are_found_as_in_an_index_built_anew(phone: Phone, township: Flask) -> None:
    director, index = phone("director"), Index()
    house = director.household()
    women = [director.person(house["household"], name) for name in ("周桂兰", "周秀英", "周玉梅")]
    director.send(house, *women)
    assert set(names(township, index, "周")) == {"周桂兰", "周秀英", "周玉梅"}
    first, second, _ = women
    director.send(director.patch(first["person"], {"name": "赵桂兰"}, {"name": first["id"]}))
    director.send(director.patch(second["person"], {"note": "换了电话"}, {"note": None}))
    married_woman(director, "周春华")
    assert names(township, index, "周") == names(township, Index(), "周")
    assert set(names(township, index, "周")) == {"周秀英", "周玉梅", "周春华"}
    moved = director.event(
        "patch", "household/1", {"set": {"area": OTHER_VILLAGE}, "base": {"area": house["id"]}},
        household=house["household"],
    )  # fmt: skip
    director.send(moved)
    assert names(township, index, "玉梅") == names(township, Index(), "玉梅")


def test_each_township_is_opened_by_itself(phone: Phone, township: Flask) -> None:
    married_woman(phone("director"), "周桂兰")
    married_woman(phone("next-director"), "周秀英")
    index = Index()
    assert names(township, index, "周") == ["周桂兰"]
    assert names(township, index, "周", NEXT_TOWNSHIP) == ["周秀英"]


def test_a_township_nobody_searches_for_half_an_hour_is_forgotten(phone: Phone, township: Flask) -> None:
    married_woman(phone("director"))
    index, now = Index(), now_ms()
    names(township, index, "周", TOWNSHIP, now)
    names(township, index, "周", NEXT_TOWNSHIP, now + 31 * 60_000)
    assert list(index._townships) == [NEXT_TOWNSHIP]


def test_rare_characters_and_both_widths_are_found(phone: Phone, township: Flask) -> None:
    director, index = phone("director"), Index()
    married_woman(director, "𠮷䶮")
    assert names(township, index, "𠮷") == names(township, index, "䶮") == ["𠮷䶮"]
    married_woman(director, "Ａｎｎａ")
    assert names(township, index, "anna") == ["Ａｎｎａ"]
