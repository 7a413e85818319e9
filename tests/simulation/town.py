"""The simulated town: the real Flask app on a real SQLite file, in one process, steered by frames on standard input.

`python -m tests.simulation.town FOLDER`. A request is put together as a WSGI server puts it together and goes into
the app's own WSGI entry, so everything behind the socket is what runs in production; the socket itself (HTTP over
loopback) is tried by `pwa/tests/http`. Each seed starts from a copy of one template database.
"""

from __future__ import annotations

import gc
import io
import shutil
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from server import auth, extensions
from server.app import create_app
from server.config import Settings
from server.extensions import db
from server.migrating import to_head
from server.sync import epoch, snapshots
from tests.simulation import desk, frames, place, truth
from tests.simulation.bugs import BUGS
from tests.simulation.chance import Chance
from tests.simulation.killing import Killed, Killer

# Where power fails is not simulated: what a dead process has handed to the system stays. So nothing waits for a disk.
FAST = ("journal_mode=WAL", "synchronous=OFF", "foreign_keys=ON", "busy_timeout=1000")
KEPT = ("keys.json",)


class Town:
    """One server that can be killed, restored and begun anew."""

    def __init__(self, folder: Path) -> None:
        extensions.PRAGMAS = FAST  # type: ignore[assignment]
        snapshots.SMALL, snapshots.LONGEST_TAIL = 6, 12  # small villages have snapshots, too
        self.chance, self.folder, self.fault = Chance(), folder, ExitStack()
        self.chance.install()
        self.app = create_app(Settings(data=folder))
        self.forms = self.app.extensions["suifang_book"].forms
        self.versions = {form: about["version"] for form, about in self.forms.items()}
        with self.app.app_context():
            to_head()
            self.phones = place.build()
            self.killer = Killer(db.engine)
            self._close()
        self.template = self._database().read_bytes()
        self.epoch = (folder / epoch.NAME).read_bytes()

    def begin(self, given: dict[str, Any]) -> dict[str, Any]:
        """Start a seed: the template's database, no journal, no backup, the forms as they were, one fault or none."""
        self._close()
        self.fault.close()
        self.fault.enter_context(BUGS.get(given["bug"], BUGS[""])(self))
        for path in self.folder.iterdir():
            if path.name not in KEPT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self._database().write_bytes(self.template)
        (self.folder / epoch.NAME).write_bytes(self.epoch)
        for form, version in self.versions.items():
            self.forms[form]["version"] = version  # all that `update_app` changes
        self.chance.begin(given["seed"], given["now"])
        return {"phones": self.phones, "places": place.PLACES}

    def ask(self, given: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """Answer one frame; a kill ends in {"dead": true}."""
        self.chance.now = given.get("now", self.chance.now)
        self.killer.after(given.get("kill"))
        try:
            if given["do"] == "http":
                return self._http(given, body)
            with self.app.app_context():
                return self._verb(given), b""
        except Killed:
            self.killer.after(None)
            self._die()
            return {"dead": True}, b""

    def _verb(self, given: dict[str, Any]) -> dict[str, Any]:
        name = given["do"]
        if name == "begin":
            return self.begin(given)
        verb = desk.VERBS.get(name) or LOOK[name]
        return verb(given)

    def _http(self, given: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        said: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            said.update(status=int(status[:3]), headers=dict(headers))

        answer = self.app.wsgi_app(_environ(given, body), start)  # type: ignore[arg-type]
        data = b"".join(answer)
        getattr(answer, "close", lambda: None)()  # an answer that needs no closing has none (PEP 3333)
        return said, data

    def _die(self) -> None:
        """What a process that ended leaves: what it had committed. The rest is rolled back, and its memory is gone."""
        with self.app.app_context():
            db.session.remove()
            if db.engine.pool.checkedout():  # type: ignore[attr-defined]
                db.engine.dispose()
        self.app.extensions.pop(epoch.CACHE, None)
        front: Any = self.app.wsgi_app
        front.polls = replace(front.polls, _pages={}, _feeds={})

    def _close(self) -> None:
        """Nothing holds the file any more: another may take its place."""
        self._die()
        truth.leave()
        with self.app.app_context():
            db.engine.dispose()

    def _database(self) -> Path:
        return self.folder / "suifang.db"


LOOK = {
    "truth": truth.everything, "has": truth.has, "kept_fork": truth.kept_fork, "prefix": truth.prefix,
    "sums": truth.sums, "trace": truth.trace,
}  # fmt: skip


def _environ(given: dict[str, Any], body: bytes) -> dict[str, Any]:
    """A WSGI environment, as PEP 3333 says it is."""
    path, _, query = given["path"].partition("?")
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in given["headers"].items()}
    return headers | {
        "REQUEST_METHOD": given["method"], "PATH_INFO": unquote(path), "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "town", "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "10.0.0.1",
        "CONTENT_TYPE": headers.get("HTTP_CONTENT_TYPE", ""), "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"{auth.COOKIE}={given['token']}", "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip


def main(folder: str) -> None:
    """Serve frames until the pipe closes."""
    source, sink = frames.own_pipe()
    town = Town(Path(folder))
    gc.freeze()  # what is here now stays; looking through it again and again cost a tenth of the time
    gc.set_threshold(50_000, 20, 100)
    frames.write(sink, {"ready": True})
    while frame := frames.read(source):
        frames.write(sink, *town.ask(*frame))


if __name__ == "__main__":
    main(*sys.argv[1:])
