"""A phone registers itself with the desk's code, or opens another worker's store on itself."""

from __future__ import annotations

from typing import Any

from flask import request

from server import auth, devices
from server.api.blueprint import Blueprint
from server.api.guard import access
from server.api.schemas.phones import Registered, Registration, StoreOpened
from server.clock import now_ms
from server.extensions import writing

blueprint = Blueprint("devices", __name__, url_prefix="/api/devices", description="手机注册 Registering phones")


@blueprint.post("")
@blueprint.arguments(Registration)
@blueprint.response(200, Registered)
@access()
def register(given: dict[str, Any]) -> devices.Registered:
    """Register this phone's public key with a one-time code; the answer's server keys are pinned from then on."""
    who, address = auth.signed_in(), request.remote_addr or ""
    return devices.register_phone(who, given["code"], given["public_key"], given["label"], address, now_ms())


@blueprint.post("/<id:phone>/stores")
@blueprint.response(200, StoreOpened)
@access()
def open_store(phone: str) -> dict[str, object]:
    """The signed-in worker's store on a registered phone: hers from before, or a new one."""
    with writing() as session:
        store = devices.join_phone(session, auth.signed_in(), phone, now_ms())
        return {"store": store.id, "have": store.have, "top": store.top}
