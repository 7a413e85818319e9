"""`suifang migrate`, `demo` and `openapi`."""

from __future__ import annotations

from typing import Any

import click

from server import clock
from server.commands.door import Door, verb
from server.errors import AppError
from server.extensions import writing


@click.command()
@verb
def migrate(door: Door) -> None:
    """建表或升级表。Make the tables of an empty database, or bring older ones up to date. Free to repeat.

    Every other verb does the same by itself before its work.
    """
    from server.migrating import newest

    with door.app():
        door.answer({"version": newest()}, f"数据表版本 Tables at version {newest()}")


@click.command()
@verb
def demo(door: Door) -> None:
    """载入演示镇（编的）。Load 柏坡镇, an invented township, into an empty data folder and print its logins.

    6,924 people in 1,206 households and 16 villages; two thirds of the women have consented to a service record; a few
    months of visits and hand-outs up to today. The logins: a village director, a technician, a station clerk and a
    county reader, with one-time phone codes for the first two. In a folder that holds the demo already, the logins
    are printed again.

    Codes of refusal: not_empty.
    """
    from server.demo import logins

    with door.app() as app:
        known = logins.read(door.settings.data)
        facts: dict[str, Any] = {"loaded": not known}
        if not known:
            facts |= _load(door, app.extensions["suifang_book"])
            known = facts.pop("logins")
        with writing() as session:
            known = logins.with_codes(session, known, clock.now_ms())
        logins.write(door.settings.data, known)
        door.answer(facts | {"logins": known}, logins.in_words(known))


def _load(door: Door, book: Any) -> dict[str, Any]:
    from server.demo import load, logins

    def tick(step: str, count: int, total: int) -> None:
        done = f"{count} / {total}" if total else str(count)
        door.tick(f"{STEPS.get(step, step)} {done}")

    door.tell("正在载入演示镇，约十秒 Loading the demo township, about ten seconds")
    loaded = load.load_township(book, clock.now_ms(), clock.today(), tick)
    door.tick("")
    return {
        "township": loaded.imported.township,
        "people": loaded.imported.taken,
        "women": loaded.women,
        "records": loaded.records,
        "logins": logins.first(loaded.logins),
    }


STEPS = {"read": "读登记册 reading", "write": "写入 writing", "story": "随访记录 visits"}


@click.command()
@verb
def openapi(door: Door) -> None:
    """打印接口说明（OpenAPI 3.1）。Print the API's description; it is JSON with or without --json."""
    import orjson

    with door.app() as app:
        answer = app.test_client().get("/api/openapi.json")
        if answer.status_code != 200:
            raise AppError("接口说明生成失败 The description could not be made", code="no_openapi")
        document = orjson.loads(answer.data)
        door.answer(document, orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
