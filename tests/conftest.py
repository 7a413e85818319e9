"""What every Python test may ask for. SUIFANG_TEST_PG=1 runs what asks for a database, on a real PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from tests.databases import Lender, PostgresDatabases, SqliteFiles
from tests.postgres import running_cluster

if TYPE_CHECKING:
    from flask import Flask

    from server.config import Settings

LONG_TIER = os.environ.get("SUIFANG_TEST_ALL") == "1"
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # where files lie in memory; a commit waits for no disk there
ON_POSTGRES = os.environ.get("SUIFANG_TEST_PG") == "1"

# Slow machines are not failures, and a red run must be red again when it is repeated.
hypothesis_settings.register_profile("suifang", deadline=None, derandomize=True, print_blob=True, database=None)
hypothesis_settings.register_profile("long", parent=hypothesis_settings.get_profile("suifang"), max_examples=2000)
hypothesis_settings.load_profile("long" if LONG_TIER else "suifang")


def pytest_configure() -> None:
    """Make a polite kill end as Ctrl-C does, so that no PostgreSQL and no server stays behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks a database; on PostgreSQL run nothing else a second time. The long tier is chosen by scripts/test --all."""
    if not LONG_TIER:
        _leave_out(config, items, [item for item in items if item.get_closest_marker("long")])
    for item in items:
        if "lender" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
    if ON_POSTGRES:
        _leave_out(config, items, [item for item in items if item.get_closest_marker("database") is None])


def pytest_collection_finish() -> None:
    """What was imported stays: without this the collector reads it through again and again, a tenth of the run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _leave_out(config: pytest.Config, items: list[pytest.Item], others: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session")
def lender() -> Iterator[Lender]:
    """Lends databases: SQLite files, or databases of one PostgreSQL that lives as long as this session."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    home = str(MEMORY) if roomy else "/tmp"
    with ExitStack() as stack:
        files = SqliteFiles(Path(stack.enter_context(tempfile.TemporaryDirectory(dir=home, prefix="suifang-sqlite-"))))
        if ON_POSTGRES:
            yield Lender(PostgresDatabases(stack.enter_context(running_cluster(home=home))), files)
        else:
            yield Lender(files)


@pytest.fixture
def database_url(lender: Lender) -> Iterator[str]:
    """The address of a database of this test alone, migrated and empty."""
    name, address = lender.migrated()
    yield address
    lender.databases.drop(name)


@pytest.fixture
def blank_database_url(lender: Lender) -> Iterator[str]:
    """The address of a database of this test alone, without a table."""
    name, address = lender.blank()
    yield address
    lender.databases.drop(name)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder of this test alone."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(database_url: str, data_dir: Path) -> Settings:
    """Settings of a deployment of this test alone, its database migrated and empty."""
    from server.config import Settings

    return Settings(data=data_dir, database_url=database_url)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application over `settings`; its connections are closed when the test ends."""
    from server.app import create_app
    from server.extensions import db

    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()
