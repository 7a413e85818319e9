"""`suifang serve`."""

from __future__ import annotations

import click
from flask import Flask

from server import clock
from server.commands.door import Door, verb
from server.extensions import writing
from server.serving import PROCESSES, Place
from server.serving import serve as listen


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口  The port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址  The address to listen on.")
@click.option("--https", is_flag=True, help="给局域网手机用  For phones on the local network, over TLS.")
@click.option(
    "--processes",
    default=PROCESSES,
    show_default=True,
    type=click.IntRange(1, 64),
    help="进程数  How many processes answer.",
)
@verb
def serve(door: Door, port: int, host: str, https: bool, processes: int) -> None:
    """启动服务，Ctrl-C 停止。Serve the app and the API until Ctrl-C.

    The app is at /app/, the API at /api/, its description at /api/docs. Requests that are being answered are finished
    before the server stops.

    --https listens on every address of this machine with a certificate of this deployment's own, and prints what a
    phone has to do once (the address PORT+1/ca explains it with pictures). In production, run the app behind a proxy;
    see docs/operations.md.

    With the demo's data folder the demo logins are printed, with a phone code for each worker who has no phone yet.

    Codes of refusal: port_in_use.
    """
    with door.app() as app:
        logins = _demo_logins(door)
    if https:
        from server.https.serve import serve_https  # certificates, only when asked for

        door.tell(logins)
        serve_https(door.settings, port, door.tell)
        return
    place = Place(host, port)
    greeting = _greeting(app, place, logins)
    listen(door.settings, place, lambda: door.answer({"url": place.url, "port": port}, greeting), processes=processes)


def _greeting(app: Flask, place: Place, logins: str) -> str:
    folder = app.extensions["suifang_settings"].data.resolve()
    page = (
        ""
        if app.extensions["suifang_settings"].page.exists()
        else "\n页面还没有构建 The page is not built: scripts/run"
    )
    return f"{logins}随访 Suifang  {place.url}\n数据 Data: {folder}   停止 Stop: Ctrl-C{page}"


def _demo_logins(door: Door) -> str:
    """The table of logins when this is a demo, with codes that work."""
    from server.demo import logins  # only a demo has them

    known = logins.read(door.settings.data)
    if not known:
        return ""
    with writing() as session:
        known = logins.with_codes(session, known, clock.now_ms())
    logins.write(door.settings.data, known)
    return logins.in_words(known) + "\n"
