"""Who may call what: every role against every route, so that a new route without a line here fails."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from server.api.guard import BY_SIGNATURE, access_of
from server.ids import new_id

from .conftest import VILLAGE, WRITE, SignIn

EVERYBODY = frozenset({"director", "liaison", "technician", "station", "county", "nobody"})
WORKERS = EVERYBODY - {"nobody"}
DESK = frozenset({"station", "county"})
STATION = frozenset({"station"})
COUNTY = frozenset({"county"})

TABLE = {
    ("POST", "/api/auth/login"): EVERYBODY,
    ("POST", "/api/auth/logout"): EVERYBODY,
    ("POST", "/api/auth/wake"): EVERYBODY,
    ("GET", "/api/auth/me"): WORKERS,
    ("POST", "/api/auth/password"): WORKERS,
    ("POST", "/api/devices"): WORKERS,
    ("POST", "/api/devices/{phone}/stores"): WORKERS,
    ("POST", "/api/devices/{phone}/stores/{store}/lease"): WORKERS,
    ("POST", "/api/devices/{phone}/wiped"): EVERYBODY,
    ("GET", "/api/phones"): DESK,
    ("POST", "/api/phones/codes"): DESK,
    ("POST", "/api/phones/parcels"): STATION,
    ("POST", "/api/phones/{phone}/state"): DESK,
    ("GET", "/api/phones/{phone}"): DESK,
    ("GET", "/api/workers"): DESK,
    ("GET", "/api/workers/{worker}/bag"): STATION,
    ("POST", "/api/workers/{worker}/bag"): STATION,
    ("GET", "/api/figures/rates"): DESK,
    ("GET", "/api/figures/rates/{name}/records"): STATION,
    ("GET", "/api/county/values"): COUNTY,
    ("POST", "/api/county/values"): COUNTY,
    ("POST", "/api/county/trial"): COUNTY,
    ("GET", "/api/county/days"): COUNTY,
    ("POST", "/api/county/days"): COUNTY,
    ("POST", "/api/county/days/undo"): COUNTY,
    ("GET", "/api/county/fields"): COUNTY,
    ("POST", "/api/county/fields"): COUNTY,
    ("GET", "/api/stock"): DESK,
    ("GET", "/api/stock/movements"): DESK,
    ("POST", "/api/stock/movements"): STATION,
    ("POST", "/api/stock/movements/{record}/void"): STATION,
    ("POST", "/api/stock/recall"): STATION | {"technician"},
    ("GET", "/api/cards"): STATION,
    ("POST", "/api/cards/scans"): frozenset({"director", "liaison", "technician"}),
    ("POST", "/api/cards/sheets"): STATION,
    ("POST", "/api/cards/sheets/stop"): STATION,
    ("GET", "/api/workers/places"): DESK,
    ("POST", "/api/workers"): DESK,
    ("POST", "/api/workers/{worker}/password"): DESK,
    ("POST", "/api/workers/{worker}/give"): DESK,
    ("POST", "/api/workers/{worker}/take"): DESK,
    ("POST", "/api/workers/{worker}/hand-over"): DESK,
    ("POST", "/api/workers/{worker}/switch"): DESK,
    ("POST", "/api/workers/{worker}/leaves"): DESK,
    ("POST", "/api/workers/leaves/{leave}/end"): DESK,
    ("GET", "/api/figures/areas"): WORKERS,
    ("GET", "/api/figures/contraceptive_practice"): WORKERS,
    ("GET", "/api/figures/contraceptive_practice/records"): STATION,
    ("POST", "/api/people/search"): STATION,
    ("POST", "/api/people/ready"): STATION,
    ("GET", "/api/people/{person}"): STATION,
    ("POST", "/api/people/{person}/code"): STATION,
    ("GET", "/api/station"): STATION,
    ("POST", "/api/station"): STATION,
    ("GET", "/api/holder/places"): EVERYBODY,
    ("GET", "/api/holder/places/{code}"): EVERYBODY,
    ("GET", "/api/holder/cards/{part}"): EVERYBODY,
    ("POST", "/api/holder/rate"): EVERYBODY,
    ("POST", "/api/holder/ask"): EVERYBODY,
    ("POST", "/api/holder/open"): EVERYBODY,
    ("POST", "/api/holder/mine"): EVERYBODY,
    ("POST", "/api/holder/withdraw"): EVERYBODY,
    ("POST", "/api/holder/take-back"): EVERYBODY,
    ("POST", "/api/holder/request"): EVERYBODY,
    ("POST", "/api/holder/leave"): EVERYBODY,
    ("GET", "/api/cards/agree"): STATION,
    ("POST", "/api/cards/agree/{record}"): STATION,
    ("GET", "/api/migrants"): STATION,
    ("GET", "/api/migrants/rows"): STATION,
    ("GET", "/api/transfers"): STATION,
    ("GET", "/api/transfers/places"): STATION,
    ("POST", "/api/transfers/of/{person}/preview"): STATION,
    ("POST", "/api/transfers/of/{person}"): STATION,
    ("GET", "/api/transfers/{transfer}/{side}"): frozenset({"station", "technician"}),
    ("POST", "/api/transfers/{transfer}/letter"): STATION,
    ("POST", "/api/transfers/take"): STATION,
    ("POST", "/api/transfers/{transfer}/answer"): STATION,
    ("POST", "/api/transfers/{transfer}/file"): STATION,
    ("POST", "/api/transfers/{transfer}/revoke"): STATION,
    ("GET", "/api/transfers/server"): STATION,
    ("POST", "/api/transfers/servers"): STATION,
    ("GET", "/api/villages"): STATION,
    ("GET", "/api/imports"): STATION,
    ("POST", "/api/imports"): STATION,
    ("POST", "/api/imports/{upload}/parts"): STATION,
    ("POST", "/api/imports/{upload}/confirm"): STATION,
    ("POST", "/api/imports/{upload}/drop"): STATION,
    ("GET", "/api/imports/{upload}/marked"): STATION,
    ("GET", "/api/inbox"): STATION,
    ("GET", "/api/inbox/count"): STATION,
    ("POST", "/api/inbox/{item}/decide"): STATION,
    ("POST", "/api/sync/push"): WORKERS,
    ("GET", "/api/sync/pull"): WORKERS,
    ("GET", "/api/sync/snapshots/{feed}/{seq}/{n}"): WORKERS,
    ("GET", "/api/sync/workers"): WORKERS,
    ("POST", "/api/sync/deliver"): EVERYBODY,
    ("GET", "/api/openapi.json"): EVERYBODY,
    ("GET", "/api/docs"): EVERYBODY,
    ("GET", "/api/docs/{name}"): EVERYBODY,
}
SIGNED = {
    ("POST", "/api/sync/deliver"),
    ("POST", "/api/devices/{phone}/wiped"),
}  # the phone's signature stands in for session and header
QUERY = {"area": VILLAGE, "on": "2026-11-01", "part": "numerator", "q": "周"}


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }


def test_every_route_stands_in_the_table(app: Flask) -> None:
    assert routes(app) <= set(TABLE)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_a_role_gets_past_the_door_where_the_table_says_so_and_nowhere_else(
    township: Flask, sign_in: SignIn, role: str
) -> None:
    wrong = []
    for method, path in sorted(routes(township)):
        client = township.test_client() if role == "nobody" else sign_in(role)
        address = re.sub(r"{(feed|seq|n)}", "1", path).replace("{name}", "docs.css")
        address = re.sub(r"{\w+}", new_id(), address)
        answer = client.open(address, method=method, query_string=QUERY, json={}, headers=WRITE)
        code = (answer.get_json(silent=True) or {}).get("code")
        refused = (answer.status_code, code) in ((401, "not_signed_in"), (403, "forbidden"))
        if refused == (role in TABLE[method, path]):
            wrong.append((method, path, answer.status_code, code))
    assert wrong == []


@pytest.mark.parametrize(("method", "path"), sorted(key for key in TABLE if key[0] != "GET" and key not in SIGNED))
def test_a_write_without_our_header_is_refused_everywhere(app: Flask, method: str, path: str) -> None:
    if (method, path) not in routes(app):
        return
    answer = app.test_client().open(re.sub(r"{\w+}", new_id(), path), method=method, json={})
    assert (answer.status_code, answer.json["code"]) == (403, "missing_header")


def test_delivering_and_its_end_alone_go_by_signature(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint]) == BY_SIGNATURE]
    assert {("POST", re.sub(r"<\w+:", "{", rule.rule).replace(">", "}")) for rule in rules} == SIGNED


@pytest.mark.parametrize("headers", [{}, WRITE, {"Sec-Fetch-Site": "cross-site"}])
def test_what_goes_by_signature_is_not_asked_for_our_header_but_for_its_signature(
    app: Flask, headers: dict[str, str]
) -> None:
    answer = app.test_client().post("/api/sync/deliver", json={}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, "bad_shape")
    assert "Suifang-" in answer.json["message"]
