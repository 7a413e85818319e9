"""Signing in and out, who am I, a new password."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify, request

from server import accounts, auth, waking
from server.api import guard
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.auth import Done, Login, Me, PasswordChange, Wake
from server.clock import now_ms
from server.extensions import db, writing

blueprint = Blueprint("auth", __name__, url_prefix="/api/auth", description="登录 Signing in")


@blueprint.post("/login")
@blueprint.arguments(Login)
@blueprint.response(200, Me)
@access("anyone")
def login(given: dict[str, str]) -> Response:
    """Sign in with user name and password; the session travels in a cookie that scripts cannot read."""
    days = current_app.extensions["suifang_settings"].session_days
    opened = accounts.sign_in(given["username"], given["password"], request.remote_addr or "", now_ms(), days)
    worker = accounts.introduce(db.session(), opened.worker)
    response = jsonify(worker=worker, phone=None)
    guard.set_cookie(response, opened.token)
    return response


@blueprint.post("/logout")
@blueprint.response(200, Done)
@access("anyone")
def logout() -> Response:
    """End this session. Free to repeat; unsent records on the phone are not touched."""
    key = auth.session_key(request.cookies.get(auth.COOKIE, ""))
    with writing() as session:
        accounts.sign_out(session, key)
    response = jsonify(ok=True)
    guard.drop_cookie(response)
    return response


@blueprint.post("/wake")
@blueprint.arguments(Wake)
@blueprint.response(200, Done)
@access("anyone")
def wake(given: dict[str, str]) -> dict[str, bool]:
    """Wake a phone's session that has fallen asleep, with the key the phone registered with.

    401 challenge_over: it was woken since, ask again what was refused. 403 phone_revoked: by no key any more.
    """
    token = request.cookies.get(auth.COOKIE, "")
    with writing() as session:
        waking.wake(session, token, given["challenge"], given["signature"], now_ms())
    return {"ok": True}


@blueprint.get("/me")
@blueprint.response(200, Me)
@access()
def me() -> dict[str, Any]:
    """Who is signed in, and where she works."""
    who = auth.signed_in()
    return {"worker": accounts.introduce(db.session(), who), "phone": who.phone}


@blueprint.post("/password")
@blueprint.arguments(PasswordChange)
@blueprint.response(200, Done)
@access()
def password(given: dict[str, str]) -> dict[str, bool]:
    """Change one's own password; other sessions end."""
    who = auth.signed_in()
    accounts.change_password(who, given["old"], given["new"], request.remote_addr or "", now_ms())
    return {"ok": True}
