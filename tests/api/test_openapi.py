"""The description of the API is valid OpenAPI 3.1, whole, and its page needs nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from server.api.guard import ANYONE, access_of

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def description(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/api/openapi.json").json
    return found


def operations(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    paths = description["paths"].items()
    return [(path, method, item[method]) for path, item in paths for method in METHODS if method in item]


def test_it_is_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"] == "3.1.0"
    assert {"title", "version"} <= set(description["info"])


def test_every_shape_in_it_is_a_valid_json_schema(description: dict[str, Any]) -> None:
    for shape in description["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    for reference in re.findall(r"'\$ref': '#/([^']+)'", str(description)):
        at: Any = description
        for key in reference.split("/"):
            at = at[key]


def test_every_path_names_its_parameters(description: dict[str, Any]) -> None:
    for path, item in description["paths"].items():
        named = {one["name"] for one in item.get("parameters", []) if one["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path)), path


def test_every_route_tells_its_success_its_refusals_and_what_it_is_for(description: dict[str, Any]) -> None:
    for path, method, operation in operations(description):
        statuses = set(operation["responses"])
        assert any(status.startswith("2") for status in statuses), (path, method)
        assert any(status.startswith("4") for status in statuses), (path, method)
        assert operation["summary"], (path, method)


def test_every_refusal_has_our_shape(description: dict[str, Any]) -> None:
    for path, method, operation in operations(description):
        for status, answer in operation["responses"].items():
            if status.startswith(("4", "5")):
                answer = (
                    description["components"]["responses"][answer["$ref"].split("/")[-1]]
                    if "$ref" in answer
                    else answer
                )
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Error"}, (path, method, status)


SIGNED = ("/api/sync/deliver", "/api/devices/{phone}/wiped")


def test_every_write_wants_our_header(description: dict[str, Any]) -> None:
    for path, method, operation in operations(description):
        headers = [one["name"] for one in operation.get("parameters", []) if one["in"] == "header"]
        assert ("X-Suifang" in headers) == (method != "get" and path not in SIGNED), (path, method)


def test_delivering_wants_the_phones_signature_and_no_session(description: dict[str, Any]) -> None:
    operation = description["paths"]["/api/sync/deliver"]["post"]
    headers = {one["name"] for one in operation["parameters"] if one["in"] == "header" and one["required"]}
    assert headers == {"Suifang-Phone", "Suifang-Store", "Suifang-Signature"}
    assert operation["security"] == [{"signature": []}]
    assert {"400", "401", "403"} <= set(operation["responses"])


def test_every_route_under_api_is_described(app: Flask, description: dict[str, Any]) -> None:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("docs."):
            assert re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule) in description["paths"]


def test_only_signing_in_out_and_waking_the_description_and_the_page_of_cards_are_open_to_anyone(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    open_ones = {rule.rule for rule in rules if access_of(app.view_functions[rule.endpoint]) == ANYONE}
    assert open_ones <= {
        "/api/auth/login", "/api/auth/logout", "/api/auth/wake", "/api/openapi.json", "/api/docs", "/api/docs/<name>",
    } | {rule.rule for rule in rules if rule.rule.startswith("/api/holder/")}  # fmt: skip


def test_the_page_brings_its_own_style_and_script_and_nothing_inline(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/api/docs").text
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == [
        "/app/icon-192.png",
        "/api/docs/docs.css",
        "/api/docs/docs.js",
        "/api/openapi.json",
    ]
    assert "<style" not in page
    assert "style=" not in page
    for name, kind in {"docs.css": "text/css", "docs.js": "text/javascript"}.items():
        assert client.get(f"/api/docs/{name}").mimetype == kind


def test_the_page_serves_no_other_file(app: Flask) -> None:
    for name in ("index.html", "..%2fdocs.py", "nothing.js"):
        assert app.test_client().get(f"/api/docs/{name}").status_code == 404
