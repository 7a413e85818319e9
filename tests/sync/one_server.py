"""One server process of the race tests: `python -m tests.sync.one_server DATA DATABASE_URL [BYTES]`; says its port.

With BYTES no file of its may grow beyond that: to SQLite a full disk.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

from werkzeug.serving import make_server

from server.app import create_app
from server.config import Settings


def main(data: str, url: str, room: str = "") -> None:
    if room:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
    app = create_app(Settings(data=Path(data), database_url=url))
    server = make_server("127.0.0.1", 0, app, threaded=True)  # one process, which a test may stop or kill
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
