"""Printed sheets: what a camera sees on paper is what was signed. The page is drawn by another PDF library."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdfium2.raw import FPDF_PAGEOBJ_PATH as PATH

from server.cards import drawing, payload, printing
from tests.cli.conftest import SUIFANG, Suifang, suifang

__all__ = ["suifang"]

LONGEST = "a-host-of-forty-characters-x.example.org"


@pytest.fixture(autouse=True)
def public_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUIFANG_PUBLIC_HOST", LONGEST)


def read_page(file: Path, page: int, dpi: int) -> list[zxingcpp.Barcode]:
    drawn: Image.Image = pypdfium2.PdfDocument(file)[page].render(scale=dpi / 72).to_pil()
    return zxingcpp.read_barcodes(drawn)


def test_every_card_of_a_page_is_read_from_its_picture_at_200_dpi(suifang: Suifang, tmp_path: Path) -> None:
    said = suifang("cards", "print", "--sheets", "2", "--out", tmp_path / "cards.pdf", "--json").json
    assert (said["sheets"], said["cards"], said["first"], said["last"]) == (2, 20, 1, 2)
    for page in (0, 1):
        found = read_page(tmp_path / "cards.pdf", page, 200)
        ids = {payload.read(code.text)[0].id for code in found}
        assert len(ids) == 10


def test_the_longest_address_fits_a_version_9_code(suifang: Suifang, tmp_path: Path) -> None:
    suifang("cards", "print", "--sheets", "1", "--out", tmp_path / "cards.pdf")
    sides = {len(drawing.modules(code.text)) - 2 * drawing.BORDER for code in read_page(tmp_path / "cards.pdf", 0, 200)}
    assert max(sides) <= 17 + 4 * 9


def test_the_number_beside_the_code_is_its_own(suifang: Suifang, tmp_path: Path) -> None:
    suifang("cards", "print", "--sheets", "1", "--out", tmp_path / "cards.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "cards.pdf")[0].get_textpage().get_text_range()
    numbers = {payload.read(code.text)[0].number for code in read_page(tmp_path / "cards.pdf", 0, 200)}
    assert all(drawing.spaced(number) in text for number in numbers)
    assert "服务卡" in text


def test_a_sheet_has_cut_marks_its_own_font_and_nothing_that_says_what_for(suifang: Suifang, tmp_path: Path) -> None:
    suifang("cards", "print", "--sheets", "1", "--out", tmp_path / "cards.pdf")
    page = pypdfium2.PdfDocument(tmp_path / "cards.pdf")[0]
    marks = [one for one in page.get_objects() if one.type == PATH and min(_sides(one.get_bounds())) < 1]
    assert len(marks) == 2 * (printing.COLUMNS + 1) + 2 * (printing.ROWS + 1)
    assert b"/FontFile2" in (tmp_path / "cards.pdf").read_bytes()
    text = page.get_textpage().get_text_range()
    assert [word for word in ("生殖", "避孕", "计生", "妇", "健康", "卫生") if word in text] == []


def _sides(box: tuple[float, float, float, float]) -> tuple[float, float]:
    left, bottom, right, top = box
    return right - left, top - bottom


def test_on_a_terminal_it_says_how_far_it_is(tmp_path: Path) -> None:
    screen, terminal = pty.openpty()
    words = [str(SUIFANG), "cards", "print", "--sheets", "3", "--out", str(tmp_path / "cards.pdf")]
    subprocess.run(
        [*words, "--data", str(tmp_path / "data")], stderr=terminal, stdout=subprocess.DEVNULL, check=True,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
    )  # fmt: skip
    os.close(terminal)
    said = os.read(screen, 1 << 16).decode()
    os.close(screen)
    assert [step in said for step in ("Signing 1/3", "Signing 3/3", "Drawing 3/3")] == [True] * 3


def test_pictures_for_a_card_printer_are_read_too(suifang: Suifang, tmp_path: Path) -> None:
    suifang("cards", "print", "--sheets", "1", "--out", tmp_path / "cards.pdf", "--png", tmp_path / "png")
    pictures = sorted((tmp_path / "png").glob("*.png"))
    assert len(pictures) == 10
    with Image.open(pictures[0]) as picture:
        [code] = zxingcpp.read_barcodes(picture.convert("L"))
        assert payload.read(code.text)[0].number
        assert picture.size == (drawing.WIDTH, drawing.HEIGHT)


@pytest.mark.parametrize(("host", "code"), [("", "public_host_missing"), ("localhost", "public_host_wrong")])
def test_cards_need_an_address_that_phones_can_open(
    suifang: Suifang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, code: str
) -> None:
    monkeypatch.setenv("SUIFANG_PUBLIC_HOST", host)
    said = suifang("cards", "print", "--sheets", "1", "--out", tmp_path / "cards.pdf", "--json")
    assert (said.status, said.json["code"]) == (1, code)
    assert not (tmp_path / "cards.pdf").exists()


def test_keys_are_listed_as_public_jwks(suifang: Suifang) -> None:
    made = suifang("card-key", "create", "--json").json
    [shown] = suifang("card-key", "list", "--json").json["keys"]
    assert shown == made
    assert (shown["kty"], shown["crv"], "d" in shown) == ("EC", "P-256", False)
    assert suifang("card-key", "create", "--json").json["code"] == "card_key_exists"


def test_a_printed_card_is_taken_out_of_force_by_what_its_code_says(suifang: Suifang, tmp_path: Path) -> None:
    suifang("cards", "print", "--sheets", "1", "--out", tmp_path / "cards.pdf")
    code = read_page(tmp_path / "cards.pdf", 0, 200)[0].text
    first = suifang("cards", "revoke", "--card", code, "--json").json["list"]
    assert suifang("cards", "revoke", "--card", code, "--json").json["list"] == first
    assert suifang("cards", "revoke", "--sheets", "1-1", "--json").json["list"] == first + 1
    assert suifang("cards", "revoke", "--card", "HTTPS://X/C#AA", "--json").json["code"] == "not_a_card"
    assert suifang("cards", "revoke", "--sheets", "7", "--json").json["code"] == "unknown_sheet"
    assert suifang("cards", "revoke", "--sheets", "x", "--json").json["code"] == "bad_range"
