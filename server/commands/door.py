"""What every verb shares: --data and --json, opening the deployment, one JSON document out, progress on standard error.

Exit status: 0 done; 1 refused, with a stable `code`; 2 the command line itself was wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from sqlalchemy.exc import OperationalError

from server.config import Settings
from server.errors import AppError, Busy

if TYPE_CHECKING:
    from flask import Flask

REFUSED = 1


@dataclass
class Door:
    """Where a verb finds its deployment and how it answers."""

    settings: Settings
    as_json: bool

    @contextmanager
    def app(self) -> Iterator[Flask]:
        """The app of the data folder, inside its context; an empty or older one is migrated first."""
        from server.app import create_app  # a second of loading that --help need not pay
        from server.extensions import db
        from server.migrating import to_head

        app = create_app(self.settings)
        with app.app_context():
            if to_head():
                self.tell(f"数据表已就绪 Tables are ready in {self.settings.data}")
            try:
                yield app
            finally:
                db.session.rollback()
                db.engine.dispose()

    def tell(self, words: str) -> None:
        """Progress: standard error, so that it never mixes with an answer."""
        click.echo(words, err=True)

    def tick(self, words: str) -> None:
        """Progress that replaces itself on a terminal and is left out elsewhere."""
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{words}", err=True, nl=False)

    def answer(self, document: Any, words: str) -> None:
        """The verb's one answer: `document` as JSON with --json, else `words` for a person."""
        if self.as_json:
            click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        else:
            click.echo(words)


def verb(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command --data and --json and hand it a `Door`; what is refused ends it with a code, not a traceback."""

    @click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=None, metavar="DIR", help=DATA)
    @click.option("--json", "as_json", is_flag=True, help="标准输出为一个 JSON  Answer with one JSON document.")
    @wraps(function)
    def run(data: Path | None, as_json: bool, **more: Any) -> None:
        door = Door(Settings.from_env(data=data), as_json)
        try:
            function(door, **more)
        except AppError as refusal:
            _refuse(door, refusal)
        except OperationalError as trouble:
            _refuse(
                door, Busy(f"数据库不可用 The database cannot be used: {trouble.orig}", code="database_unavailable")
            )

    return run


DATA = "数据目录  The data folder (default: $SUIFANG_DATA, else ./data); DATABASE_URL names another database."


def _refuse(door: Door, refusal: AppError) -> None:
    """Say why, with the stable code, and end with status 1."""
    if door.as_json:
        click.echo(orjson.dumps({"code": refusal.code, "message": refusal.message}))
    click.echo(f"{refusal.code}: {refusal.message}", err=True)
    sys.exit(REFUSED)
