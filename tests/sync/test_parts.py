"""The pure parts of sync: verdicts, cursors, search keys, canonical bytes, who has which feed."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from server.ids import b64
from server.rules.digest import NotCanonical, canonical
from server.sync import cursor, scope
from server.sync.canon import fast_canonical
from server.sync.merge import judge
from server.sync.names import name_key
from server.sync.tables import PERSON_COLS, Contents, Group
from tests.sync.town import COUNTY, EAST, TOWN, WEST

KEY, EPOCH = b"k" * 32, b64(b"12345678")
VILLAGES = {(area, audience) for area in (EAST, WEST) for audience in ("common", "clinical")}
PLACES = st.dictionaries(st.integers(1, 2**31), st.integers(0, 2**53), max_size=30)
TEXTS = st.text(st.characters(codec=None), max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(PLACES)
def test_a_cursor_opens_to_what_was_sealed(places: dict[int, int]) -> None:
    token = cursor.seal(KEY, "worker store", EPOCH, places)
    assert cursor.open_cursor(KEY, "worker store", token) == (EPOCH, places)


@given(PLACES, st.integers(0, 10_000), st.integers(1, 255))
def test_a_cursor_changed_at_any_byte_does_not_open(places: dict[int, int], at: int, flip: int) -> None:
    from server.ids import unb64

    raw = bytearray(unb64(cursor.seal(KEY, "worker store", EPOCH, places)))
    raw[at % len(raw)] ^= flip
    with pytest.raises(cursor.BadCursor):
        cursor.open_cursor(KEY, "worker store", b64(bytes(raw)))


def test_a_cursor_is_bound_to_worker_and_store() -> None:
    token = cursor.seal(KEY, "worker store", EPOCH, {1: 2})
    with pytest.raises(cursor.BadCursor):
        cursor.open_cursor(KEY, "worker other", token)


@given(VALUES)
def test_the_quick_canonical_bytes_are_the_readers(value: Any) -> None:
    core = {"id": "x", "t": 1, "body": {"occurred_on": "2026-01-01", "answers": {"a": value, "b": [value], "c": 1}}}
    try:
        wanted = canonical(core)
    except NotCanonical:
        with pytest.raises(NotCanonical):
            fast_canonical(core)
    else:
        assert fast_canonical(core) == (wanted, canonical(core["body"]))


@pytest.mark.parametrize(
    ("base", "stored", "rev", "verdict"),
    [
        (None, None, {}, "apply"),
        ("e1", "old", {"phone": "e1"}, "apply"),
        (None, "old", {"phone": "e1"}, "conflict"),
        ("e0", "old", {"phone": "e1"}, "conflict"),
        ("e0", "new", {"phone": "e1"}, "same"),
    ],
)
def test_a_field_is_judged_by_the_revision_that_was_seen(
    base: Any, stored: Any, rev: dict[str, str], verdict: str
) -> None:
    assert judge({"phone": "new"}, {"phone": base}, {"phone": stored}, rev) == {"phone": verdict}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("周桂兰", "zhou guilan|zgl"),
        ("欧阳娜娜", "ouyang nana|oynn"),
        ("单雄信", "shan xiongxin|sxx"),
        ("曾庆红", "zeng qinghong|zqh"),
        ("𠮷田", "𠮷 tian|𠮷t"),
        ("李", "li|l"),
        ("", ""),
    ],
)
def test_a_name_has_a_search_key(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("role", "area", "feeds"),
    [
        ("director", EAST, {(EAST, "common"), (TOWN, "stock")}),
        ("technician", TOWN, VILLAGES | {(TOWN, "common"), (TOWN, "stock")}),
        ("liaison", TOWN, {(TOWN, "common"), (TOWN, "stock")}),
        ("station", TOWN, {(TOWN, "stock")}),
        ("county", COUNTY, set()),
    ],
)  # fmt: skip
def test_a_role_has_its_feeds_and_no_others(role: str, area: str, feeds: set[scope.Key]) -> None:
    always = {("worker:w", "own"), ("ref", "ref")}
    assert scope.feeds_of("w", [(role, area)], [EAST, WEST]) == feeds | always


def test_two_roles_are_the_union_of_their_feeds() -> None:
    both = scope.feeds_of("w", [("director", EAST), ("liaison", TOWN)], [EAST, WEST])
    assert both == scope.feeds_of("w", [("director", EAST)], [EAST]) | scope.feeds_of("w", [("liaison", TOWN)], [])


@pytest.mark.parametrize("common", ["r1", "r9", None])
@pytest.mark.parametrize("emptied_by", ["r1", "r2"])
def test_a_field_that_was_emptied_keeps_its_revision_in_a_chunk(common: str | None, emptied_by: str) -> None:
    rev = {"name": "r1", "household": "r1", "phone": emptied_by}
    values = {"id": "p1", "household": "h1", "name": "周桂兰", "rev": rev}
    group = Group(persons=[[values.get(col) for col in PERSON_COLS]])
    chunk = Contents([group], common).tables([group])
    [row] = chunk["persons"]["rows"]
    told = dict(zip(chunk["persons"]["cols"], row, strict=True))["rev"]
    own = {"*": told} if isinstance(told, str) else told or {}
    everything = ({"*": common} if common else {}) | own
    assert {name: everything.get(name, everything.get("*")) for name in ("name", "household")} == {
        "name": "r1",
        "household": "r1",
    }
    assert everything["phone"] == emptied_by
