"""One server process of the race test: `python -m tests.sync.one_server DATA DATABASE_URL`; says its port when it listens."""

from __future__ import annotations

import sys
from pathlib import Path

from waitress.server import create_server

from server.app import create_app
from server.config import Settings


def main(data: str, url: str) -> None:
    app = create_app(Settings(data=Path(data), database_url=url))
    server = create_server(app, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
