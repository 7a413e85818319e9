"""Who may see what: the one place that says which feeds a worker may have, and which feeds an event goes to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.models.area import township_of
from server.sync.feeds import Key

REF: Key = ("ref", "ref")
VILLAGE = 12  # places of its code


@dataclass(slots=True)
class Home:
    """Where a person or household stands: what placing an event needs. `root`: who she is after merges."""

    id: str
    area: str
    household: str | None = None
    residence: str | None = None
    merged_into: str | None = None
    erased: bool = False
    birth: str | None = None  # as its column holds it

    @property
    def places(self) -> list[str]:
        """The areas whose `common` feed speaks of her: her village, and for who moved in also the township (liaisons)."""
        return [self.area, township_of(self.area)] if self.residence == "moved_in" else [self.area]


def own(worker: str) -> Key:
    """The feed that only this worker has: her grants, and what nobody else may see."""
    return f"worker:{worker}", "own"


def feeds_of(worker: str, grants: Iterable[tuple[str, str]], villages: Iterable[str]) -> set[Key]:
    """The feeds of a worker with these (role, area) grants; `villages`: codes of all villages under her areas."""
    found, there = {own(worker), REF}, set(villages)
    for role, area in grants:
        if role == "county":
            continue
        found.add((township_of(area), "stock"))
        if role in ("liaison", "technician"):
            found.add((township_of(area), "common"))
        if role in ("director", "technician"):
            under = {area} & there if len(area) == VILLAGE else {code for code in there if code.startswith(area)}
            found |= {(code, "common") for code in under}
            found |= {(code, "clinical") for code in under if role == "technician"}
    return found


def covers(grants: Iterable[tuple[str, str]], role: str, area: str) -> bool:
    """Whether one of the (role, area) grants lets her write in this role here."""
    return any(role == held and area.startswith(code) for held, code in grants)
