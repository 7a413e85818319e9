"""Finding a person among 52,000 whose names lie sealed, over HTTP, beside a plain LIKE over open names in the same run.

    .venv/bin/python -m benchmarks.search [--people N] [--rounds N] [--folder DIR]

Every search is one request to the app with all it does: session, rights, the opened names, masks, and the row in the audit
log synced to disk. The baseline is a table with the same people in the clear, in the same database, asked with LIKE for
the same words; it knows no rights, masks nothing and logs nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from benchmarks import machine
from server import accounts
from server.app import create_app
from server.clock import now_ms
from server.config import Settings
from server.extensions import db, writing
from server.ids import new_id
from server.models import Area, Household, Person
from server.models.sealed import app_keys
from server.sync.names import name_key

COUNTY, TOWNSHIP = "990131", "990131101"
VILLAGES = [f"{TOWNSHIP}{201 + n}" for n in range(20)]
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "秀英桂兰玉梅凤霞春华丽娟红艳芳敏静燕云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉娣叶璧"
PASSWORD = "peach-blossom-7"
WRITE = {"X-Suifang": "1"}
AT_ONCE = 4000
LIKE = (
    "SELECT id, name, phone FROM open_person WHERE name LIKE '%' || ?1 || '%' OR pinyin LIKE ?1 || '%' "
    "OR initials LIKE ?1 || '%' OR phone LIKE '%' || ?1 LIMIT 50"
)


def main() -> None:
    """Make the township, measure, print and keep the figures."""
    parser = argparse.ArgumentParser(description="Measures search over sealed names.")
    parser.add_argument("--people", type=int, default=52_000)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="search-", dir=chosen.folder))
    try:
        found = measure(folder, chosen.people, chosen.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    keep = Path(__file__).parent / "results" / f"search-{time.strftime('%Y-%m-%dT%H%M%SZ', time.gmtime())}.json"
    keep.write_text(json.dumps(found | {"machine": machine.describe()}, ensure_ascii=False, indent=1) + "\n")


def measure(folder: Path, people: int, rounds: int) -> dict[str, Any]:
    """Times in ms. `ready`: opening all names once; `search`, `like`: each word once, in turn; `after_change`: the first
    search after somebody was renamed."""
    app = create_app(Settings(data=folder))
    dice = random.Random(20261122)
    with app.app_context():
        db.create_all()
        everyone = _fill(dice, people)
        client = app.test_client()
        client.post("/api/auth/login", json={"username": "station", "password": PASSWORD}, headers=WRITE)
        ready = _ms(lambda: client.post("/api/people/ready", json={}, headers=WRITE))
        open_names = sqlite3.connect(folder / "suifang.db")
        words = [_word(dice, person) for person in dice.choices(everyone, k=rounds)]
        ours, like, same = [], [], 0
        for word in words:
            ours.append(_ms(lambda word=word: _search(client, word)))  # type: ignore[misc]
            like.append(_ms(lambda word=word: open_names.execute(LIKE, (word,)).fetchall()))  # type: ignore[misc]
            same += _agree(_search(client, word), open_names.execute(LIKE, (word,)).fetchall())
        first = _rename(dice.choice(everyone)["id"], client)
    return {
        "people": people, "searches": rounds, "answers_agree": same, "ready_ms": ready, "after_change_ms": first,
        "search_ms": _spread(ours), "like_ms": _spread(like),
        "times_like": round(statistics.median(ours) / statistics.median(like), 2),
    }  # fmt: skip


def _fill(dice: random.Random, people: int) -> list[dict[str, str]]:
    everyone = [_invented(dice, number) for number in range(people)]
    with writing() as session:
        for code, name in ((COUNTY, "柏县"), (TOWNSHIP, "柏坡镇"), *((code, code) for code in VILLAGES)):
            session.add(Area(code=code, name=name))
        session.flush()
        accounts.add_worker(session, "station", "站长", [("station", TOWNSHIP)], PASSWORD, now_ms())
    for start in range(0, people, AT_ONCE):
        with writing() as session:
            for one in everyone[start : start + AT_ONCE]:
                _add(session, one)
    with sqlite3.connect(app_path()) as plain:
        plain.execute(
            "CREATE TABLE open_person (id TEXT PRIMARY KEY, name TEXT, pinyin TEXT, initials TEXT, phone TEXT)"
        )
        plain.executemany("INSERT INTO open_person VALUES (:id, :name, :pinyin, :initials, :phone)", everyone)
    return everyone


def app_path() -> str:
    """The database file of the app at work."""
    return str(db.engine.url.database)


def _invented(dice: random.Random, number: int) -> dict[str, str]:
    name = dice.choice(FAMILIES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2, 2))))
    pinyin, initials = name_key(name).split("|")
    return {
        "id": new_id(), "name": name, "pinyin": pinyin.replace(" ", ""), "initials": initials,
        "phone": f"199{dice.randrange(10**8):08}", "area": VILLAGES[number % len(VILLAGES)],
    }  # fmt: skip


def _add(session: Any, one: dict[str, str]) -> None:
    house = new_id()
    session.add(Household(county=COUNTY, id=house, area=one["area"], number=one["phone"][-4:], rev={}))
    session.add(
        Person(
            county=COUNTY, id=one["id"], household_id=house, area=one["area"], name=one["name"],
            name_key=name_key(one["name"]), sex="f", birth="1988-05-02", phone=one["phone"], rev={},
            id_index=app_keys().blind("id_number", one["id"]),
        )
    )  # fmt: skip


def _word(dice: random.Random, person: dict[str, str]) -> str:
    """What a clerk types: a name or its end, pinyin, initials, the last four of a telephone, or nobody's name."""
    return str(dice.choice([
        person["name"], person["name"][1:], person["pinyin"][:6], person["initials"], person["phone"][-4:], "欧阳娜娜",
    ]))  # fmt: skip


def _search(client: FlaskClient, word: str) -> Any:
    return client.post("/api/people/search", json={"q": word}, headers=WRITE).json["people"]


def _agree(ours: list[Any], theirs: list[Any]) -> bool:
    return len(ours) == len(theirs)


def _rename(person: str, client: FlaskClient) -> float:
    """The first search after a change of one person."""
    from server.sync.append import write_events

    with writing() as session:
        one = session.get_one(Person, (COUNTY, person))
        draft = {
            "kind": "patch", "schema": "person/1", "actor": "bench", "role": "station", "area": one.area,
            "person": person, "household": one.household_id, "body": {"set": {"name": "诸葛小花"}, "base": {}},
        }  # fmt: skip
        write_events(session, COUNTY, [draft], "desk", now=now_ms())
    return _ms(lambda: _search(client, "诸葛小花"))


def _ms(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return round((time.perf_counter() - began) * 1000, 1)


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median": round(statistics.median(ordered), 1), "p95": ordered[int(len(ordered) * 0.95)], "most": ordered[-1]
    }  # fmt: skip


if __name__ == "__main__":
    main()
