"""`suifang backup`, `restore`, `audit verify`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Suifang
from tests.registers.sheets import register, woman

FIGURE = ("figure", "contraceptive_practice", "--on", "2026-11-01", "--json")


def test_a_backup_comes_back_as_it_was(suifang: Suifang, tmp_path: Path) -> None:
    suifang("import-register", register(tmp_path / "r.xlsx", [woman(1), woman(2)]))
    before = suifang(*FIGURE).json
    made = suifang("backup", tmp_path / "b.suifang", "--json").json
    assert (made["rows"]["person"], made["key"]) == (2, str(tmp_path / "b.suifang.key"))
    suifang("import-register", register(tmp_path / "r2.xlsx", [woman(3), woman(4)]))
    restored = suifang("restore", tmp_path / "b.suifang", "--json").json
    assert (restored["restored"], restored["rows"]["person"]) == (True, 2)
    assert suifang(*FIGURE).json == before


def test_a_backup_does_not_open_without_its_key(suifang: Suifang, tmp_path: Path) -> None:
    suifang("backup", tmp_path / "b.suifang")
    assert suifang("restore", tmp_path / "b.suifang", "--key", tmp_path / "none", "--json").json["code"] == "no_key"
    (tmp_path / "wrong").write_bytes(bytes(32))
    said = suifang("restore", tmp_path / "b.suifang", "--key", tmp_path / "wrong", "--json")
    assert (said.status, said.json["code"]) == (1, "wrong_secret")


def test_a_passphrase_takes_the_place_of_the_key_file(
    suifang: Suifang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUIFANG_BACKUP_PASSPHRASE", "a long passphrase for tests")
    assert suifang("backup", tmp_path / "b.suifang", "--json").json["key"] == "passphrase"
    assert not (tmp_path / "b.suifang.key").exists()
    assert suifang("restore", tmp_path / "b.suifang").status == 0


def test_a_missing_backup_is_refused(suifang: Suifang, tmp_path: Path) -> None:
    assert suifang("restore", tmp_path / "none", "--json").json["code"] == "file_not_found"


def test_the_audit_log_of_an_import_is_whole(suifang: Suifang, tmp_path: Path) -> None:
    suifang("import-register", register(tmp_path / "r.xlsx", [woman(1)]))
    said = suifang("audit", "verify", "--json")
    assert (said.status, said.json["ok"]) == (0, True)
    assert said.json["rows"] >= 1
