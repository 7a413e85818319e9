"""OpenAPI 3.1 made from the views and shapes, at /api/openapi.json."""

from __future__ import annotations

import re
from threading import Lock
from typing import Any

import flask_smorest
from flask import Flask

from server.api.blueprint import Blueprint, Id
from server.api.guard import ANYONE, BY_SIGNATURE, SAFE, access_of
from server.api.schemas.common import Error

VERSION = "1"


class Api(flask_smorest.Api):  # type: ignore[misc]  # flask-smorest ships no types
    """flask-smorest without its error handler (ours is in errors.py), describing views when somebody asks: a third of a start."""

    ERROR_SCHEMA = Error

    def __init__(self, app: Flask) -> None:
        self._not_described: list[Blueprint] = []
        self._describing = Lock()
        super().__init__(app)

    def register_blueprint(self, blueprint: Blueprint) -> None:
        """Mount it; its views join the description later."""
        self._app.register_blueprint(blueprint)
        self._not_described.append(blueprint)

    def described(self) -> dict[str, Any]:
        """What all mounted views say of themselves, as OpenAPI."""
        with self._describing:
            for blueprint in self._not_described:
                blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
                self.spec.tag({"name": blueprint.name, "description": blueprint.description})
            self._not_described.clear()
            return dict(self.spec.to_dict())

    def _register_error_handlers(self) -> None:
        return


def make_api(app: Flask) -> Api:
    """The API object that blueprints are registered with."""
    app.config.update(
        API_TITLE="随访 Suifang",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
        API_SPEC_OPTIONS={"info": {"description": ABOUT, "license": LICENCE}},
    )
    app.url_map.converters["id"] = Id
    api = Api(app)
    api.register_converter(Id, lambda _: {"type": "string", "format": "uuid"})
    api.spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "__Host-suifang"})
    signature = {"type": "apiKey", "in": "header", "name": "Suifang-Signature"}
    api.spec.components.security_scheme("signature", signature)
    return api


LICENCE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
ABOUT = (
    "每个写操作都要带标头 `X-Suifang: 1`（手机签名的除外）；出错时回答 `{code, message}`，程序只看 `code`。 "
    "Every write carries the header `X-Suifang: 1`, except what a phone signs; every error is `{code, message}`, "
    "programs look at `code`."
)


def document(app: Flask, api: Api) -> dict[str, Any]:
    """The whole description: what the views say, and for each what the guard in front of them may answer."""
    spec = api.described()
    for rule in app.url_map.iter_rules():
        operations = spec["paths"].get(re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), {})
        for method, operation in operations.items():
            if method != "parameters":
                allowed = access_of(app.view_functions[rule.endpoint])
                _tell_guard(operation, method.upper(), allowed, bool(rule.arguments))
    return spec


def _tell_guard(operation: dict[str, Any], method: str, allowed: frozenset[str], named: bool) -> None:
    answers = operation["responses"]
    for status, why in _refusals(operation, method, allowed, named).items():
        answers.setdefault(status, {"description": why, "content": {"application/json": {"schema": ERROR}}})
    if allowed == BY_SIGNATURE:
        operation["security"] = [{"signature": []}]
        return
    if method not in SAFE:
        operation.setdefault("parameters", []).append(HEADER)
    if allowed != ANYONE:
        operation["security"] = [{"session": []}]
        operation["description"] = f"{operation.get('description', '')}\n\n{_who(allowed)}".strip()


def _refusals(operation: dict[str, Any], method: str, allowed: frozenset[str], named: bool) -> dict[str, str]:
    """status → when, for what happens before a view is asked."""
    found = {"405": "没有这个方法 method_not_allowed"}
    if operation.get("requestBody") or operation.get("parameters"):
        found["400"] = "格式不对 bad_shape, bad_json"
    if allowed == BY_SIGNATURE:
        return found | {"401": "不是登记过的手机 unknown_phone, bad_signature", "403": "不是本机的数据 wrong_store"}
    if allowed != ANYONE:
        found["401"] = "没有登录，或手机要先证明是它自己 not_signed_in, session_asleep"
    if allowed - ANYONE or method not in SAFE:
        found["403"] = "没有权限 forbidden, missing_header, cross_site"
    if named:
        found["404"] = "没有找到 not_found"
    return found


def _who(allowed: frozenset[str]) -> str:
    return "谁可以用 Who may: " + (", ".join(sorted(allowed)) if allowed else "每位已登录的人员 every worker")


ERROR = {"$ref": "#/components/schemas/Error"}
HEADER = {
    "in": "header",
    "name": "X-Suifang",
    "required": True,
    "schema": {"type": "string", "const": "1"},
    "description": "证明请求来自本页面 shows that the request comes from our own page",
}
