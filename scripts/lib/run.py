"""scripts/run: prepare everything, load the demo township if there is no data, serve page and API from one process."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import environment
import page
from places import BIN, ROOT, CannotGoOn, Steps, keep_bytecode

SUIFANG = BIN / "suifang"


def main() -> int:
    keep_bytecode()
    wanted = _arguments()
    try:
        if not wanted.setup:
            _check_port(wanted.port)
        _prepare(wanted)
        if not wanted.setup:
            _serve(wanted)
    except CannotGoOn as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/run", description="Prepare and serve Suifang 随访. Stop it with Ctrl-C."
    )
    parser.add_argument("--setup", action="store_true", help="prepare everything and stop")
    parser.add_argument("--port", type=int, default=8000, help="port to serve on (default: 8000)")
    parser.add_argument("--data", type=Path, default=ROOT / "data", metavar="DIR", help="data folder (default: data)")
    parser.add_argument("--empty", action="store_true", help="do not load the demo township into an empty data folder")
    parser.add_argument(
        "--register", type=Path, metavar="FILE.xlsx", help="import this register workbook before serving"
    )
    parser.add_argument("--https", action="store_true", help="serve to phones on the local network, over TLS")
    wanted = parser.parse_args()
    wanted.data = wanted.data.resolve()
    if wanted.register and not wanted.register.is_file():
        parser.error(f"no such workbook: {wanted.register}")
    return wanted


def _check_port(port: int) -> None:
    """Say at once, not after two minutes, that someone else is serving there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotGoOn(
                f"Port {port} cannot be used ({error.strerror}). Try: scripts/run --port {port + 1}"
            ) from error


def _prepare(wanted: argparse.Namespace) -> None:
    """Bring environment, page and data to today's state; a step with nothing to do takes no time."""
    steps = Steps(3 if wanted.setup else 4)
    steps.begin("Python packages")
    if not environment.ready(environment.RUN):
        environment.install(environment.RUN)
    _prepare_page(steps)
    if not wanted.setup:
        steps.begin(f"Data in {wanted.data}")
        _prepare_data(wanted)


def _prepare_page(steps: Steps) -> None:
    if page.built():
        steps.begin("Node: not needed, the page is built")
        steps.begin("Page: built")
        return
    steps.begin("Node and the packages of the page")
    node = page.find_node()
    page.install_packages(node)
    steps.begin("Page")
    page.build(node)


def _prepare_data(wanted: argparse.Namespace) -> None:
    """Import the register if one is named; else load the demo into an empty folder. `serve` makes the tables itself."""
    unfinished = wanted.data / "demo.unfinished"
    if wanted.register:
        _suifang("import-register", str(wanted.register.resolve()), "--data", str(wanted.data))
    elif not wanted.empty and not os.environ.get("DATABASE_URL") and _fresh(wanted.data, unfinished):
        wanted.data.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
        _suifang("demo", "--data", str(wanted.data), quiet=True)  # serve prints the logins, with codes that work
        unfinished.unlink()


def _fresh(data: Path, unfinished: Path) -> bool:
    """Nothing was ever stored there, or loading the demo was interrupted."""
    return unfinished.exists() or not (data / "suifang.db").exists()


def _suifang(*arguments: str, quiet: bool = False) -> None:
    """One verb of the command line; it tells its progress itself, and its answer unless `quiet`."""
    done = subprocess.run([SUIFANG, *arguments], stdout=subprocess.DEVNULL if quiet else None, check=False)
    if done.returncode:
        raise CannotGoOn(f"`suifang {' '.join(arguments)}` failed; see above.")


def _serve(wanted: argparse.Namespace) -> NoReturn:
    """Become the server: it gets Ctrl-C and every other signal itself, answers what it is answering, and ends."""
    command = [str(SUIFANG), "serve", "--port", str(wanted.port), "--data", str(wanted.data)]
    sys.stderr.flush()
    os.execv(SUIFANG, [*command, *(["--https"] if wanted.https else [])])


if __name__ == "__main__":
    sys.exit(main())
