"""Importing a register from the browser: in parts, with a preview that changes nothing, then for good."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.clock import now_ms
from server.desk import uploads
from server.extensions import db, writing
from server.models import Person, Upload
from tests.registers.sheets import register, woman

from .conftest import WRITE, SignIn

PIECE = 3000


@pytest.fixture
def desk(sign_in: SignIn) -> FlaskClient:
    return sign_in("station")


def begin(desk: FlaskClient, path: Path, name: str = "登记册.xlsx") -> dict[str, Any]:
    body = {"name": name, "size": path.stat().st_size}
    return dict(desk.post("/api/imports", json=body, headers=WRITE).json)


def send(app: Flask, desk: FlaskClient, path: Path) -> dict[str, Any]:
    """Upload a file in parts, wait until it was read; answers the upload."""
    upload, content = begin(desk, path), path.read_bytes()
    for n, start in enumerate(range(0, len(content), PIECE)):
        data = base64.b64encode(content[start : start + PIECE]).decode()
        answer = desk.post(f"/api/imports/{upload['id']}/parts", json={"n": n, "data": data}, headers=WRITE)
        assert answer.status_code == 200, answer.text
    return settled(app, desk)


def settled(app: Flask, desk: FlaskClient) -> dict[str, Any]:
    for thread in app.extensions.pop("suifang_uploads", []):
        thread.join()
    return dict(desk.get("/api/imports").json["upload"])


def people(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Person)) or 0


def confirm(app: Flask, desk: FlaskClient, upload: dict[str, Any]) -> dict[str, Any]:
    assert desk.post(f"/api/imports/{upload['id']}/confirm", headers=WRITE).status_code == 200
    return settled(app, desk)


def a_register(folder: Path, *more: dict[str, object]) -> Path:
    return register(folder / "r.xlsx", [woman(1), woman(2, 姓名="李秀英"), *more])


def test_a_preview_says_what_would_change_and_changes_nothing(
    township: Flask, desk: FlaskClient, tmp_path: Path
) -> None:
    upload = send(township, desk, a_register(tmp_path, woman(3, 姓名=None)))
    assert (upload["state"], upload["name"]) == ("ready", "登记册.xlsx")
    found = upload["found"]
    assert found["villages"] == [{"name": "东坡村", "known": True, "new": 2, "changed": 0, "unchanged": 0}]
    assert found["left_out"] == [{"row": 5, "code": "missing_name", "field": "name"}]
    assert people(township) == 0


def test_what_was_shown_is_imported_when_she_says_so(township: Flask, desk: FlaskClient, tmp_path: Path) -> None:
    done = confirm(township, desk, send(township, desk, a_register(tmp_path)))
    assert (done["state"], done["found"]["came"]["taken"]) == ("done", 2)
    assert people(township) == 2


def test_a_changed_cell_is_named_by_its_row_and_the_rest_is_unchanged(
    township: Flask, desk: FlaskClient, tmp_path: Path
) -> None:
    confirm(township, desk, send(township, desk, a_register(tmp_path)))
    again = send(
        township, desk, register(tmp_path / "s.xlsx", [woman(1, 手机号="19912345678"), woman(2, 姓名="李秀英")])
    )
    [village] = again["found"]["villages"]
    assert (village["new"], village["changed"], village["unchanged"]) == (0, 1, 1)
    assert again["found"]["changes"] == [{"row": 3, "fields": ["phone"]}]


def test_a_village_that_is_not_there_yet_is_told_before_it_is_made(
    township: Flask, desk: FlaskClient, tmp_path: Path
) -> None:
    upload = send(township, desk, register(tmp_path / "r.xlsx", [woman(1, 村="新村")]))
    assert upload["found"]["villages"][0]["known"] is False
    assert len(desk.get("/api/villages").json["villages"]) == 2
    confirm(township, desk, upload)
    assert {v["name"] for v in desk.get("/api/villages").json["villages"]} == {"东坡村", "西坡村", "新村"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and no more", "broken_workbook"),
        (b"name,village", "not_xlsx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old_or_locked_workbook"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_the_commands_codes(
    township: Flask, desk: FlaskClient, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    upload = send(township, desk, path)
    assert (upload["state"], upload["code"]) == ("refused", code)
    assert desk.post(f"/api/imports/{upload['id']}/confirm", headers=WRITE).json["code"] == "not_ready"


def test_a_part_may_come_packed_as_our_page_sends_it(township: Flask, desk: FlaskClient, tmp_path: Path) -> None:
    path = a_register(tmp_path)
    upload = begin(desk, path)
    body = orjson.dumps({"n": 0, "data": base64.b64encode(path.read_bytes()).decode()})
    packed = WRITE | {"Content-Encoding": "gzip"}
    address = f"/api/imports/{upload['id']}/parts"
    answer = desk.post(address, data=gzip.compress(body), headers=packed, content_type="application/json")
    assert answer.status_code == 200, answer.text
    assert settled(township, desk)["state"] == "ready"
    assert desk.post(address, data=b"no gzip", headers=packed, content_type="application/json").status_code == 400


def test_the_marked_copy_says_why_a_row_was_left_out(township: Flask, desk: FlaskClient, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    upload = send(township, desk, a_register(tmp_path, woman(3, 姓名=None)))
    answer = desk.get(f"/api/imports/{upload['id']}/marked")
    copy = tmp_path / "marked.xlsx"
    copy.write_bytes(answer.data)
    sheet = load_workbook(copy).active
    assert sheet is not None
    assert sheet.cell(2, sheet.max_column).value == "导入说明"
    assert sheet.cell(5, sheet.max_column).value


def test_the_file_lies_sealed_and_is_gone_when_it_is_put_away(
    township: Flask, desk: FlaskClient, tmp_path: Path
) -> None:
    path = a_register(tmp_path)
    upload = send(township, desk, path)
    folder = township.extensions["suifang_settings"].data / "uploads" / upload["id"]
    assert path.read_bytes()[:200] not in b"".join(part.read_bytes() for part in folder.iterdir())
    desk.post(f"/api/imports/{upload['id']}/drop", headers=WRITE)
    assert list(folder.iterdir()) == []
    assert desk.get("/api/imports").json["upload"] is None


def test_a_work_that_went_silent_was_interrupted_and_another_may_begin(
    township: Flask, desk: FlaskClient, tmp_path: Path
) -> None:
    path = a_register(tmp_path)
    upload = begin(desk, path)
    with township.app_context(), writing() as session:
        row = session.get_one(Upload, upload["id"])
        row.state, row.touched_at = "writing", now_ms() - uploads.SILENT_MS - 1
    shown = desk.get("/api/imports").json["upload"]
    assert (shown["state"], shown["code"]) == ("refused", "interrupted")
    assert begin(desk, path)["state"] == "coming"


def test_while_one_is_at_work_no_other_begins(township: Flask, desk: FlaskClient, tmp_path: Path) -> None:
    path = a_register(tmp_path)
    upload = begin(desk, path)
    with township.app_context(), writing() as session:
        session.get_one(Upload, upload["id"]).state = "writing"
    assert begin(desk, path)["code"] == "upload_running"


def test_a_file_larger_than_it_said_or_than_is_taken_is_refused(
    township: Flask, desk: FlaskClient, tmp_path: Path
) -> None:
    upload = desk.post("/api/imports", json={"name": "r", "size": 3}, headers=WRITE).json
    data = base64.b64encode(b"more than three").decode()
    answer = desk.post(f"/api/imports/{upload['id']}/parts", json={"n": 0, "data": data}, headers=WRITE)
    assert answer.json["code"] == "too_large"
    assert desk.post("/api/imports", json={"name": "r", "size": 1 << 40}, headers=WRITE).json["code"] == "too_large"


def test_another_townships_upload_is_not_found(sign_in: SignIn, desk: FlaskClient, tmp_path: Path) -> None:
    upload = begin(desk, a_register(tmp_path))
    other = sign_in("next-station")
    assert other.post(f"/api/imports/{upload['id']}/drop", headers=WRITE).status_code == 404
    assert other.get("/api/imports").json["upload"] is None
