"""A phone registers itself with the desk's code, or opens another worker's store on itself."""

from __future__ import annotations

from typing import Any

from flask import request

from server import auth, devices, leases, orders
from server.api.blueprint import Blueprint
from server.api.guard import BY_SIGNATURE, access
from server.api.schemas.phones import Lease, Registered, Registration, StoreOpened, Wiped
from server.api.schemas.sync import Signed
from server.clock import now_ms
from server.extensions import writing
from server.sync import delivering

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
        lease = leases.grant(session, store, now_ms())
        return {"store": store.id, "have": store.have, "top": store.top, "lease": lease}


@blueprint.post("/<id:phone>/stores/<id:store>/lease")
@blueprint.response(200, Lease)
@access()
def renew_lease(phone: str, store: str) -> leases.Lease:
    """The signed-in worker's store may be opened without a network for some more days."""
    with writing() as session:
        return leases.renew(session, auth.signed_in().id, phone, store, now_ms())


@blueprint.post("/<id:phone>/wiped")
@blueprint.arguments(Signed, location="headers")
@blueprint.response(200, Wiped)
@access(*BY_SIGNATURE)
def wiped(signed: dict[str, str], phone: str) -> dict[str, bool]:
    """A lost phone says that it has delivered and wiped what it held."""
    sender = delivering.check(signed["phone"], signed["store"], signed["signature"], request.get_data())
    if sender.device != phone:
        raise delivering.BadSignature
    with writing() as session:
        orders.note_wiped(session, phone, now_ms())
    return {"ok": True}
