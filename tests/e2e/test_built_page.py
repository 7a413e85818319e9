"""What the build left in pwa/dist: sizes, names, and nothing inline."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

DIST = Path(__file__).resolve().parents[2] / "pwa" / "dist"
KB = 1024


@pytest.fixture(scope="module")
def page() -> str:
    return (DIST / "index.html").read_text()


@pytest.fixture(scope="module")
def precache() -> list[dict[str, Any]]:
    """The list that the build wrote into the service worker: [{url, sha256, bytes}]."""
    found = re.search(r"\[\s*\{[^[\]]*\bsha256\b[^[\]]*\}\s*\]", (DIST / "sw.js").read_text())
    assert found, "sw.js holds no precache list"
    return list(json.loads(re.sub(r"([{,]\s*)(url|sha256|bytes)\s*:", r'\1"\2":', found[0].replace("`", '"'))))


def test_the_page_has_no_inline_script_or_style(page: str) -> None:
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []


def test_the_page_asks_no_one_else(page: str) -> None:
    assert re.findall(r'(?:src|href)="(?!/app/|/C)[^"#]*"', page) == []


def test_each_file_of_the_precache_is_the_file_that_was_built(precache: list[dict[str, Any]]) -> None:
    listed = {file["url"]: file["sha256"] for file in precache}
    assert listed == {url: digest(DIST / url.removeprefix("/app/")) for url in listed}


def test_the_phone_carries_nothing_of_the_desk(precache: list[dict[str, Any]]) -> None:
    assert [file["url"] for file in precache if "/desk-" in file["url"]] == []
    assert list(DIST.glob("assets/desk-*.js")) != []


def test_the_first_screen_is_small(page: str) -> None:
    first = set(re.findall(r'(?:src|href)="/app/([^"]+\.(?:js|css))"', page))
    assert size(DIST / "index.html") + sum(size(DIST / name) for name in first) <= 40 * KB


def test_what_a_new_phone_fetches_until_todays_list_stands_is_small(precache: list[dict[str, Any]]) -> None:
    parts = r"/(index|start)\.|/(first|rolldown-runtime|room|enter)-"
    names = [name for name in code_of(precache) if re.search(parts, f"/{name}")]
    assert len(names) == 7
    assert sum(len(brotli(DIST / name)) for name in names) <= 60 * KB


def test_what_a_day_reads_of_the_phone_app_is_small(precache: list[dict[str, Any]]) -> None:
    seldom = "zxing-|/forms-|/enter-|/seldom-|/clinic-|/guard-|/english-|/bag-"
    names = [name for name in code_of(precache) if not re.search(seldom, name)]
    assert size(DIST / "sw.js") + sum(size(DIST / name) for name in names) <= 120 * KB


def test_english_is_one_file_that_whoever_reads_chinese_never_reads(precache: list[dict[str, Any]]) -> None:
    [english] = [file["url"].removeprefix("/app/") for file in precache if "/english-" in file["url"]]
    assert size(DIST / english) <= 36 * KB
    assert english not in (DIST / "index.html").read_text()
    assert [
        name for name in code_of(precache) if name != english and "Nobody is due today" in (DIST / name).read_text()
    ] == []


def test_the_first_day_and_what_is_seldom_opened_stay_small_too(precache: list[dict[str, Any]]) -> None:
    names = [name for name in code_of(precache) if re.search("/enter-|/seldom-", name)]
    assert len(names) == 2
    assert sum(size(DIST / name) for name in names) <= 24 * KB


def test_the_rarer_forms_are_one_file_that_is_read_when_one_of_them_is_opened(precache: list[dict[str, Any]]) -> None:
    [forms] = [file["url"].removeprefix("/app/") for file in precache if "/forms-" in file["url"]]
    assert size(DIST / forms) <= 32 * KB
    assert forms not in (DIST / "index.html").read_text()


def test_what_is_opened_for_open_referrals_and_campaign_days_is_one_small_file(precache: list[dict[str, Any]]) -> None:
    [clinic] = [file["url"].removeprefix("/app/") for file in precache if "/clinic-" in file["url"]]
    assert size(DIST / clinic) <= 12 * KB
    assert clinic not in (DIST / "index.html").read_text()


def test_the_pages_of_her_bag_are_one_small_file(precache: list[dict[str, Any]]) -> None:
    [bag] = [file["url"].removeprefix("/app/") for file in precache if "/bag-" in file["url"]]
    assert size(DIST / bag) <= 12 * KB
    assert bag not in (DIST / "index.html").read_text()


def test_what_asks_for_the_phones_own_lock_is_one_small_file(
    precache: list[dict[str, Any]],
) -> None:
    [guard] = [file["url"].removeprefix("/app/") for file in precache if "/guard-" in file["url"]]
    assert size(DIST / guard) <= 3 * KB
    assert guard not in (DIST / "index.html").read_text()


def test_the_precache_fits_a_village_evening(precache: list[dict[str, Any]]) -> None:
    assert sum(size(DIST / file["url"].removeprefix("/app/")) for file in precache) <= 700 * KB


def test_the_manifest_lets_it_be_put_on_the_home_screen() -> None:
    told = json.loads((DIST / "manifest.webmanifest").read_text())
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/app/", "/app/")
    icons = {(icon["purpose"], icon["sizes"]) for icon in told["icons"]}
    assert {("any", "192x192"), ("any", "512x512"), ("maskable", "512x512")} <= icons
    drawn = [Image.open(DIST / icon["src"]).size for icon in told["icons"]]
    assert [f"{wide}x{high}" for wide, high in drawn] == [icon["sizes"] for icon in told["icons"]]


def code_of(precache: list[dict[str, Any]]) -> list[str]:
    """Scripts, styles and pages that the phone keeps, as paths below dist."""
    names = [file["url"].removeprefix("/app/") for file in precache]
    return [name for name in names if re.search(r"\.(js|css|html)$", name)]


def size(file: Path) -> int:
    """Bytes on the wire: gzip at the server's level."""
    return len(gzip.compress(file.read_bytes(), 6))


def brotli(file: Path) -> bytes:
    """The squeezed copy that the build left beside a file, as the server sends it to whoever takes it."""
    [copy] = file.parent.glob(f"{file.name}.*.br")
    return copy.read_bytes()


def digest(file: Path) -> str:
    return urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
