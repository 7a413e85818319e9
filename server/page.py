"""Serving the built page: /app/ and what lies under it, and the public page of cards at /C; from memory, compressed once,
Brotli as the build left it beside a file.

Files with a hash in their name (assets/) never change and are kept for a year; everything else (the page itself, sw.js,
the manifest) is asked for again each time and usually answered with 304.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from server.errors import NotFound

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
KINDS = {
    ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml",
    ".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".json": "application/json",
    ".woff2": "font/woff2", ".png": "image/png", ".jpg": "image/jpeg", ".txt": "text/plain",
}  # fmt: skip
SQUEEZED = frozenset({".js", ".mjs", ".css", ".html", ".svg", ".wasm", ".webmanifest", ".json", ".txt"})
NOT_BUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>随访</title>
<h1>页面还没有构建</h1><p>请在项目目录运行 <code>scripts/run</code>，它会构建页面并启动服务。</p>
<p lang="en">The page has not been built. Run <code>scripts/run</code> in the project's folder.</p></html>
"""

CARD_FOLDER = Path(__file__).parent / "holder" / "page"
CARD_PAGE = frozenset({"c.html", "c.css", "c.js", "card.js", "old.js"})

blueprint = Blueprint("page", __name__)


@dataclass(frozen=True)
class Built:
    """A file as it is sent: its bytes, also under each coding that makes them fewer (best first), its kind, a strong ETag."""

    plain: bytes
    squeezed: dict[str, bytes]
    kind: str
    etag: str


@blueprint.get("/")
def front() -> AnyResponse:
    """Whoever types the bare address wants the app."""
    return redirect("/app/")


@blueprint.get("/app")
def app_without_slash() -> AnyResponse:
    """The worker's scope is /app/, so the page must be, too."""
    return redirect("/app/")


@blueprint.get("/app/")
@blueprint.get("/app/<path:name>")
def page(name: str = "index.html") -> AnyResponse:
    """A built file; an address inside the app (no file ending) gets the page, which finds its own way."""
    folder: Path = current_app.extensions["suifang_settings"].page
    if not (folder / "index.html").is_file():
        return Response(NOT_BUILT, 503, {"Cache-Control": "no-store"}, mimetype="text/html")
    path = _path(folder, name)
    if path is None:
        raise NotFound
    facts = path.stat()
    return _answer(_built(path, facts.st_mtime_ns, facts.st_size), FOREVER if name.startswith("assets/") else ASK_AGAIN)


@blueprint.get("/c")
@blueprint.get("/C/")
def card_as_typed() -> AnyResponse:
    """Whoever types the address by hand."""
    return redirect("/C")


@blueprint.get("/C")
@blueprint.get("/C/<name>")
def card(name: str = "c.html") -> AnyResponse:
    """What a card's QR opens: a small page of its own, beside the app and without its worker."""
    if name not in CARD_PAGE:
        raise NotFound
    path = CARD_FOLDER / name
    facts = path.stat()
    return _answer(_built(path, facts.st_mtime_ns, facts.st_size), ASK_AGAIN)


def _path(folder: Path, name: str) -> Path | None:
    """The file of a name within the folder; the page for an address without a file ending; None for neither."""
    joined = None if "\0" in name else safe_join(str(folder), name)
    if joined is not None and Path(joined).is_file():
        return Path(joined)
    return None if "." in name.rpartition("/")[2] else folder / "index.html"


@lru_cache(maxsize=256)
def _built(path: Path, _changed: int, _size: int) -> Built:
    plain, ending = path.read_bytes(), path.suffix
    kind = KINDS.get(ending) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    codings: dict[str, bytes] = {}
    etag = hashlib.sha256(plain).hexdigest()[:24]
    beside = path.with_name(f"{path.name}.{etag[:12]}.br")  # squeezed by the page's build, of these very bytes
    if ending in SQUEEZED and beside.is_file():
        codings["br"] = beside.read_bytes()
    if ending in SQUEEZED:
        codings["gzip"] = gzip.compress(plain, 9, mtime=0)
    return Built(plain, {name: body for name, body in codings.items() if len(body) < len(plain)}, kind, etag)


def _answer(file: Built, keep: str) -> AnyResponse:
    taken = (
        [] if "Range" in request.headers else [one for one in file.squeezed if request.accept_encodings.quality(one)]
    )
    coding = taken[0] if taken else None
    body = file.squeezed[coding] if coding else file.plain
    response = Response(body, mimetype=file.kind)
    response.headers["Cache-Control"] = keep
    if file.squeezed:
        response.headers["Vary"] = "Accept-Encoding"
    if coding:
        response.headers["Content-Encoding"] = coding
    response.set_etag(file.etag + (f"-{coding}" if coding else ""))
    return response.make_conditional(request, accept_ranges=True, complete_length=len(body))
