"""The sync wire: push, pull, snapshot chunks. JSON read and written by orjson, gzip both ways, digest of what is sent."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from typing import Any

import orjson
from flask import Response, current_app, request
from marshmallow import ValidationError

from server import auth
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.sync import ChunkShape, Pulled, PullQuery, PushBody, Pushed
from server.clock import now_ms
from server.errors import BadInput, TooLarge
from server.sync import pull as pulling
from server.sync import push as pushing

blueprint = Blueprint("sync", __name__, url_prefix="/api/sync", description="同步 Sync protocol 1")
GZIP = 31
WORTH_PACKING = 300
LEVEL = 5
PUSH = PushBody(exclude=["events"])


@blueprint.post("/push")
@blueprint.doc(requestBody={"content": {"application/json": {"schema": PushBody}}})
@blueprint.response(200, Pushed)
@access()
def push() -> Response:
    """Send what was recorded. Every event is answered by itself; a repeat is free."""
    who = auth.signed_in()
    given = _envelope(_json(_inflated()))
    batch = pushing.Pushed(given["device"], given["store"], given["now"], given["events"], given.get("clk"))
    return answer(orjson.dumps(pushing.push(who.id, who.county, batch, now_ms())))


@blueprint.get("/pull")
@blueprint.arguments(PullQuery, location="query")
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
    who = auth.signed_in()
    grants = [(grant.role, grant.area) for grant in who.grants]
    return answer(pulling.chunk(who.id, who.county, grants, feed, seq, n))


def _inflated() -> bytes:
    """The request's body, unpacked within bounds; raises BadInput bad_gzip, TooLarge."""
    raw, most = request.get_data(cache=False), int(current_app.extensions["suifang_settings"].max_inflated)
    if request.headers.get("Content-Encoding", "identity") == "identity":
        return raw
    unpacker = zlib.decompressobj(GZIP)
    try:
        data = unpacker.decompress(raw, most + 1)
    except zlib.error:
        raise BadInput("压缩内容有误 This is not gzip", code="bad_gzip") from None
    if len(data) > most:
        raise TooLarge
    if not unpacker.eof or unpacker.unused_data:
        raise BadInput("压缩内容不完整 The gzip is cut", code="bad_gzip")
    return data


def _json(data: bytes) -> Any:
    """JSON as orjson reads it; texts with half a character (which it refuses) must not hold up their neighbours."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadInput("不是有效的 JSON This is not JSON", code="bad_json") from None


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _envelope(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict) or not isinstance(given.get("events"), list):
        raise BadInput("缺少 events The batch has no events", code="bad_shape")
    head = {key: value for key, value in given.items() if key != "events"}
    try:
        loaded: dict[str, Any] = PUSH.load(head)
    except ValidationError as error:
        field = next(iter(error.messages_dict))
        raise BadInput(f"{field}: 格式不对 wrong shape", code="bad_shape") from None
    return loaded | {"events": given["events"]}


def answer(body: bytes) -> Response:
    """A JSON answer with the digest of its bytes (RFC 9530), gzipped for who takes it and where it pays."""
    response = Response(mimetype="application/json")
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    response.headers["Content-Digest"] = f"sha-256=:{digest}:"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept-Encoding"
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
        body = packer.compress(body) + packer.flush()
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(body)
    return response
