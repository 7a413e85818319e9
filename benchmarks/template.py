"""A county made once and copied for each round, on SQLite or on a PostgreSQL of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from benchmarks.county import County, found
from benchmarks.server import Deployment
from benchmarks.wire import Line

# As a careful operator runs it: nothing is answered before it is on disk.
POSTGRES = "fsync=on synchronous_commit=on full_page_writes=on max_connections=200 listen_addresses= timezone=UTC"


class Cluster(Protocol):
    """What is needed of tests.postgres.Cluster."""

    @property
    def folder(self) -> Path: ...

    def create(self, name: str, template: str = "template0") -> str: ...

    def drop(self, name: str) -> None: ...


@contextmanager
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL that syncs each commit to disk, gone at the end."""
    from tests.postgres import running_cluster

    with running_cluster(POSTGRES) as cluster:
        yield cluster


class Template:
    """`fresh` gives a running copy of the county; copies are made from files (or a database) at rest."""

    def __init__(self, folder: Path, cluster: Cluster | None = None, processes: int = 1) -> None:
        self.folder, self.cluster, self.processes = folder, cluster, processes
        self._copies = 0

    def make(self, devices: Sequence[int]) -> County:
        """Make the county with a phone for each of these numbers."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._data("template").mkdir(parents=True)
        address = self.cluster.create("template") if self.cluster else ""
        deployment = Deployment(self._data("template"), address)
        try:
            return found(deployment, devices)
        finally:
            deployment.stop()

    @contextmanager
    def fresh(self) -> Iterator[Deployment]:
        """A copy that runs, and is gone afterwards."""
        deployment = self.start_copy()
        try:
            yield deployment
        finally:
            self.end(deployment)

    def start_copy(self) -> Deployment:
        """A copy that runs; to be ended by `end`."""
        self._copies += 1
        name = f"copy{self._copies}"
        shutil.copytree(self._data("template"), self._data(name))
        address = self.cluster.create(name, "template") if self.cluster else ""
        deployment = Deployment(self._data(name), address, self.processes)
        deployment.start()
        return deployment

    def end(self, deployment: Deployment) -> None:
        """Stop a copy and remove it."""
        deployment.stop()
        shutil.rmtree(deployment.data, ignore_errors=True)
        if self.cluster:
            self.cluster.drop(deployment.data.name)

    def roots(self, deployment: Deployment) -> list[int]:
        """The processes whose CPU counts: the servers, and the database server's tree."""
        found = deployment.roots()
        if self.cluster:
            found.append(int((self.cluster.folder / "data" / "postmaster.pid").read_text().split("\n")[0]))
        return found

    def _data(self, name: str) -> Path:
        return self.folder / name


def lines(deployment: Deployment, count: int) -> list[Line]:
    """Connections, spread over the deployment's processes."""
    return [Line(deployment.ports[at % len(deployment.ports)]) for at in range(count)]
