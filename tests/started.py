"""Our own programs in processes of their own, begun from one that has read the server's code already.

Python reads it for two seconds at each start, and the tests start a hundred processes. That a start from nothing works
is tried by tests/cli/test_program.py and tests/https.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

READ = ["alembic.command", "server.cli", "server.app", "server.serving", "server.commands.serving"]


def start(program: Callable[..., None], *given: object) -> BaseProcess:
    """`program(*given)`, importable by its name, in a new process; end it before the tests end, which wait for it."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(READ)
    process = forks.Process(target=program, args=given)
    process.start()
    return process


def suifang(words: list[str], env: Mapping[str, str], log: Path) -> None:
    """The command line with this environment; what it says goes to the end of `log`."""
    from server.cli import main

    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ.clear()
    os.environ.update(env)
    multiprocessing.set_start_method("fork", force=True)  # as it is in a process that a shell starts
    main(words, prog_name="suifang")
