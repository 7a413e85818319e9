"""The page, its headers, gzip, health."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Settings

from .conftest import WRITE, SignIn

SCRIPT = b"console.log('peach');" * 100


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as the page's build leaves it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>随访</title>")
    (folder / "sw.js").write_text("self.addEventListener('fetch', () => {})")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "assets" / "app-1a2b3c.js").write_bytes(SCRIPT)
    (folder / "assets" / "reader-1a2b3c.wasm").write_bytes(b"\0asm" + bytes(2000))
    (tmp_path / "keys.json").write_text("secret")
    return folder


@pytest.fixture
def page_app(settings: Settings, built: Path) -> Iterator[Flask]:
    from server.extensions import db

    app = create_app(replace(settings, page=built))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(page_app: Flask) -> FlaskClient:
    return page_app.test_client()


GZIP = {"Accept-Encoding": "gzip"}
BROTLI = {"Accept-Encoding": "gzip, br"}


def test_the_bare_address_leads_to_the_app(browser: FlaskClient) -> None:
    for address in ("/", "/app"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/app/")


def test_an_address_inside_the_app_gets_the_page(browser: FlaskClient) -> None:
    for address in ("/app/", "/app/index.html", "/app/people", "/app/desk/inbox/12"):
        answer = browser.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        assert "随访" in answer.text


def test_a_missing_file_is_404_and_not_the_page(browser: FlaskClient) -> None:
    for address in ("/app/assets/app-old.js", "/app/favicon.ico"):
        assert browser.get(address).status_code == 404


def test_nothing_outside_the_built_folder_is_served(browser: FlaskClient) -> None:
    for address in ("/app/../keys.json", "/app/..%2fkeys.json", "/app/%2e%2e/keys.json", "/app/assets/../../keys.json"):
        assert browser.get(address).status_code in (301, 308, 404)


def test_hashed_files_are_kept_for_ever_and_the_rest_is_asked_for_again(browser: FlaskClient) -> None:
    assert browser.get("/app/assets/app-1a2b3c.js").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for address in ("/app/", "/app/sw.js", "/app/manifest.webmanifest"):
        assert browser.get(address).headers["Cache-Control"] == "no-cache"


def test_an_unchanged_page_is_answered_without_its_body(browser: FlaskClient) -> None:
    etag = browser.get("/app/sw.js").headers["ETag"]
    again = browser.get("/app/sw.js", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_rebuilt_page_is_served_at_once(browser: FlaskClient, built: Path) -> None:
    browser.get("/app/")
    (built / "index.html").write_text("<!doctype html><title>随访 新版</title>")
    assert "新版" in browser.get("/app/").text


def test_files_are_sent_compressed_to_who_can_read_it(browser: FlaskClient) -> None:
    answer = browser.get("/app/assets/app-1a2b3c.js", headers=GZIP)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == SCRIPT
    assert browser.get("/app/assets/app-1a2b3c.js").data == SCRIPT


def test_what_the_build_squeezed_harder_is_sent_to_who_can_read_that(browser: FlaskClient, built: Path) -> None:
    squeeze(built / "assets" / "app-1a2b3c.js")
    answer = browser.get("/app/assets/app-1a2b3c.js", headers=BROTLI)
    assert (answer.headers["Content-Encoding"], answer.data) == ("br", b"small")
    assert browser.get("/app/assets/app-1a2b3c.js", headers=GZIP).headers["Content-Encoding"] == "gzip"


def test_a_file_put_in_anothers_place_is_sent_and_not_what_was_squeezed_before(
    browser: FlaskClient, built: Path
) -> None:
    squeeze(built / "sw.js")
    assert browser.get("/app/sw.js", headers=BROTLI).data == b"small"
    (built / "sw.js").write_text("// the kill switch" * 20)
    answer = browser.get("/app/sw.js", headers=BROTLI)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).startswith(b"// the kill switch")


def squeeze(file: Path) -> None:
    """As the page's build does it, but for the bytes."""
    file.write_bytes(file.read_bytes() * 9)
    file.with_name(f"{file.name}.{hashlib.sha256(file.read_bytes()).hexdigest()[:12]}.br").write_bytes(b"small")


def test_the_decoder_has_the_kind_that_browsers_want(browser: FlaskClient) -> None:
    assert browser.get("/app/assets/reader-1a2b3c.wasm").mimetype == "application/wasm"
    assert browser.get("/app/manifest.webmanifest").mimetype == "application/manifest+json"


def test_documents_carry_the_policy_and_nothing_else_does(browser: FlaskClient) -> None:
    for address in ("/app/", "/api/docs"):
        headers = browser.get(address).headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"
        )
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert "camera=(self)" in headers["Permissions-Policy"]
        assert "publickey-credentials-create=(self)" in headers["Permissions-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for address in ("/app/sw.js", "/health.json", "/api/auth/me"):
        assert "Content-Security-Policy" not in browser.get(address).headers


def test_every_answer_is_nosniff_and_for_this_origin_only(browser: FlaskClient) -> None:
    for address in ("/app/", "/app/sw.js", "/health.json", "/api/auth/me", "/api/nothing", "/"):
        headers = browser.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers


def test_the_api_is_never_stored(browser: FlaskClient) -> None:
    for address in ("/api/auth/me", "/api/openapi.json", "/api/nothing", "/api/docs"):
        assert browser.get(address).headers["Cache-Control"] == "no-store"


def test_https_is_demanded_only_where_there_is_a_public_host(settings: Settings, browser: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in browser.get("/app/").headers
    public = create_app(replace(settings, public_host="suifang.example")).test_client()
    assert "max-age=31536000" in public.get("/health.json").headers["Strict-Transport-Security"]


def test_json_of_some_size_is_compressed(browser: FlaskClient) -> None:
    large = browser.get("/api/openapi.json", headers=GZIP)
    assert large.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(large.data) == browser.get("/api/openapi.json").data
    assert "Content-Encoding" not in browser.get("/health.json", headers=GZIP).headers


def test_health_names_version_protocol_and_epoch(browser: FlaskClient) -> None:
    assert set(browser.get("/health.json").json) == {"version", "protocol", "epoch"}
    assert browser.get("/health.json").json["protocol"] == 1


def test_without_a_built_page_the_visitor_is_told_what_to_run(settings: Settings, tmp_path: Path) -> None:
    bare = create_app(replace(settings, page=tmp_path / "nothing")).test_client()
    answer = bare.get("/app/")
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "scripts/run" in answer.text


def test_answers_of_the_api_have_short_headers(sign_in: SignIn) -> None:
    answer = sign_in("director").get("/api/auth/me")
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers) <= 300


def test_signing_in_stores_nothing_but_our_one_cookie(township: Flask) -> None:
    body = {"username": "director", "password": "peach-blossom-7"}
    answer = township.test_client().post("/api/auth/login", json=body, headers=WRITE)
    assert len(answer.headers.getlist("Set-Cookie")) == 1
    assert "Vary" not in answer.headers
