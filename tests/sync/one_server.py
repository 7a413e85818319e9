"""One server process of the race tests: `python -m tests.sync.one_server DATA DATABASE_URL [BYTES]`; says its port.

With BYTES no file of its may grow beyond that: to SQLite a full disk.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

from waitress.server import create_server

from server.app import create_app
from server.config import Settings


def main(data: str, url: str, room: str = "") -> None:
    if room:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
    app = create_app(Settings(data=Path(data), database_url=url))
    server = create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
