"""The sync wire: push, deliver, pull, snapshot chunks. JSON by orjson, gzip both ways, digest of what is sent."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import orjson
from flask import Response, current_app, request
from marshmallow import Schema, ValidationError

from server import auth, orders
from server.api.blueprint import Blueprint
from server.api.guard import BY_SIGNATURE, access
from server.api.schemas.sync import (
    ChunkShape,
    DeliverBody,
    Names,
    NamesQuery,
    Pulled,
    PullQuery,
    PushBody,
    Pushed,
    Signed,
)
from server.clock import now_ms
from server.errors import BadInput
from server.extensions import db, undisturbed
from server.models.sealed import app_keys
from server.sync import delivering, epoch, granting
from server.sync import pull as pulling
from server.sync import push as pushing
from server.sync.packing import squeezed
from server.sync.unpacking import inflate, parse, undamaged

blueprint = Blueprint("sync", __name__, url_prefix="/api/sync", description="同步 Sync protocol 1")
WORTH_PACKING = 300
PUSH, DELIVER = PushBody(exclude=["events"]), DeliverBody(exclude=["rows"])


def same_life() -> None:
    """A database that was put back answers nobody before the safety journal was replayed."""
    if request.path.startswith("/api/"):
        epoch.current()


@blueprint.post("/push")
@blueprint.doc(requestBody={"content": {"application/json": {"schema": PushBody}}})
@blueprint.response(200, Pushed)
@access()
def push() -> Response:
    """Send what was recorded. Every event is answered by itself; a repeat is free."""
    who = auth.signed_in()
    with undisturbed():
        given = _batch(PUSH, "events")
        batch = pushing.Pushed(
            given["device"], given["store"], given["now"], given["events"], given.get("clk"), given.get("unsent")
        )
        return answer(orjson.dumps(pushing.push(who.id, who.county, batch, now_ms())))


@blueprint.post("/deliver")
@blueprint.doc(requestBody={"content": {"application/json": {"schema": DeliverBody}}})
@blueprint.arguments(Signed, location="headers")
@blueprint.response(200, Pushed)
@access(*BY_SIGNATURE)
def deliver(signed: dict[str, str]) -> Response:
    """Send sealed rows without signing in, vouched for by the phone's signature. Every row is answered by itself."""
    sender = delivering.check(signed["phone"], signed["store"], signed["signature"], request.get_data())
    given = _batch(DELIVER, "rows")
    rows = delivering.Delivered(given["rows"], given.get("now"), given.get("clk"))
    told = delivering.deliver(sender, rows, now_ms())
    nonce = given.get("nonce")
    order = nonce and orders.order_for(db.session(), app_keys(), sender.device, nonce)
    return answer(orjson.dumps(told | {"order": order} if order else told))


@blueprint.get("/pull")
@blueprint.arguments(PullQuery(), location="query")  # made once: every poll reads it
@blueprint.response(200, Pulled)
@access()
def pull(given: dict[str, Any]) -> Response:
    """Receive what came after the cursor, page by page, and which feeds came or went."""
    who = auth.signed_in()
    grants = [(grant.role, grant.area) for grant in who.grants]
    again = {int(feed) for feed in given["again"].split(",") if feed}
    asked = pulling.Asked(
        who.id, who.county, grants, given["device"], given["store"], given.get("c"), given["n"], again
    )  # fmt: skip
    return answer(orjson.dumps(pulling.pull(asked, now_ms())))


@blueprint.get("/snapshots/<int:feed>/<int:seq>/<int:n>")
@blueprint.response(200, ChunkShape)
@access()
def snapshot(feed: int, seq: int, n: int) -> Response:
    """One chunk of a feed's snapshot; 410 snapshot_gone when it was rebuilt. Rights are checked each time."""
    body, headers = fetched(auth.signed_in(), feed, seq, n, request.headers.get("Accept-Encoding", ""))
    return Response(body, headers=headers)


@blueprint.get("/workers")
@blueprint.arguments(NamesQuery(), location="query")
@blueprint.response(200, Names)
@access()
def workers(given: dict[str, Any]) -> Response:
    """What colleagues are called, for "changed by"; ids that are nobody's in this county are left out."""
    named = granting.names(db.session(), auth.signed_in().county, given["ids"].split(","))
    return answer(orjson.dumps({"names": named}))


def _batch(shape: Schema, rows: str) -> dict[str, Any]:
    """The undamaged request's body: its head in this shape, its rows as they are; raises BadInput, TooLarge."""
    most = int(current_app.extensions["suifang_settings"].max_inflated)
    coding = request.headers.get("Content-Encoding", "identity")
    plain = inflate(request.get_data(), coding, most)
    given = parse(undamaged(plain, request.headers.get("Content-Digest", "")))
    if not isinstance(given, dict) or not isinstance(given.get(rows), list):
        raise BadInput(f"缺少 {rows} The batch has no {rows}", code="bad_shape")
    head = {key: value for key, value in given.items() if key != rows}
    try:
        loaded: dict[str, Any] = shape.load(head)
    except ValidationError as error:
        field = next(iter(error.messages_dict))
        raise BadInput(f"{field}: 格式不对 wrong shape", code="bad_shape") from None
    return loaded | {rows: given[rows]}


def answer(body: bytes) -> Response:
    """A JSON answer with the digest of its bytes (RFC 9530), gzipped for who takes it and where it pays."""
    packing, headers = packed(body, request.headers.get("Accept-Encoding", ""))
    return Response(packing, headers=headers)


def packed(body: bytes, accepted: str) -> tuple[bytes, list[tuple[str, str]]]:
    """A JSON answer as it goes out to who takes these codings, and its headers."""
    headers = _headers(hashlib.sha256(body).digest())
    if len(body) <= WORTH_PACKING or "gzip" not in accepted:
        return body, headers
    return squeezed(body), [*headers, ("Content-Encoding", "gzip")]


def fetched(who: auth.Who, feed: int, seq: int, n: int, accepted: str) -> tuple[bytes, list[tuple[str, str]]]:
    """A chunk as it goes out to who takes these codings, and its headers; raises SnapshotGone."""
    grants = [(grant.role, grant.area) for grant in who.grants]
    chunk = pulling.chunk(who.id, who.county, grants, feed, seq, n)
    if "gzip" not in accepted:
        return packed(chunk.plain, accepted)
    return chunk.gzip, [*_headers(chunk.sha), ("Content-Encoding", "gzip")]


def _headers(sha: bytes) -> list[tuple[str, str]]:
    return [
        ("Content-Type", "application/json"),
        ("Content-Digest", f"sha-256=:{base64.b64encode(sha).decode()}:"),
        ("Cache-Control", "no-store"),
        ("Vary", "Accept-Encoding"),
    ]
