"""Which feeds the rows of a record stand in, and putting them there."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from server.models.area import township_of
from server.rules import forms, schedule
from server.sync.feeds import Key
from server.sync.scope import Home, own
from server.sync.world import World

HIDDEN_AGAIN = "withdrawn"


def audience(world: World, record: dict[str, Any]) -> str:
    """`common`, `clinical` or `stock`."""
    if record["person"] is None and record["household"] is None:
        return "stock" if record["purpose"] else "common"
    form = world.book.forms[record["form"]]
    return forms.audience(form, "import" if record["source"] == "import" else record["role"])


def home_of(world: World, record: dict[str, Any]) -> Home | None:
    """Where the record's person, else its household, stands today."""
    if record["person"]:
        return world.root(record["person"])
    return world.houses.get(record["household"] or "")


def standing(world: World, record: dict[str, Any]) -> tuple[set[Key], set[Key]]:
    """The feeds that have a shown record whole, and those that have only a note of it."""
    seen_by, home = audience(world, record), home_of(world, record)
    if home is None:
        return {(township_of(record["area"]) if seen_by == "stock" else record["area"], seen_by)}, set()
    common = {(place, "common") for place in home.places}
    if seen_by != "clinical":
        return common, set()
    return {(home.area, "clinical")}, common if record["person"] else set()


def whole(world: World, record: dict[str, Any]) -> set[Key]:
    """The feeds that have a shown record whole."""
    return standing(world, record)[0]


def noted(world: World, record: dict[str, Any]) -> set[Key]:
    """The feeds that have only a note of a shown record."""
    return standing(world, record)[1]


def word(world: World, record: dict[str, Any]) -> str:
    """Where its person stands on a record's purpose: given, withdrawn, declined, expired or none; no purpose counts as given."""
    if record["purpose"] is None or not record["person"]:
        return "given"
    home = world.root(record["person"])
    if home is None:
        return "none"
    return world.standing.get(home.id, {}).get(record["purpose"], "none")


def place(world: World, record: dict[str, Any], digest: bytes) -> None:
    """Put a new record's event where it may be seen."""
    open_to, told = decide(world, record)
    world.show(record["id"], digest, open_to)
    note(world, record, told)


def decide(world: World, record: dict[str, Any]) -> tuple[set[Key], set[Key]]:
    """The feeds that get a new record whole, and those that get only a note of it; `record` remembers whether it is shown."""
    stands, open_to, told = _placed(world, record)
    record["shown"], record["blocked"] = stands == "given", stands == "withdrawn"
    if stands == "given":
        return open_to, told
    waits = stands != "withdrawn" and record["source"] == "phone"
    return ({own(record["author"])} if waits else set()), set()


def _placed(world: World, record: dict[str, Any]) -> tuple[str, set[Key], set[Key]]:
    """`word` and `standing`, worked out once for records that are alike: `world` forgets it when people or consents change."""
    like = _like(record)
    found = world.placed.get(like)
    if found is None:
        found = world.placed[like] = (word(world, record), *standing(world, record))
    return found


_like = itemgetter("person", "household", "area", "form", "purpose", "role", "source")


def note(world: World, record: dict[str, Any], keys: set[Key]) -> None:
    """Append a note about a clinical record: neither its form nor what was found."""
    if not keys or record["status"] == "void":
        return
    body = {"of": record["id"], "purpose": record["purpose"], "occurred_on": record["occurred_on"]}
    body |= {"person": record["person"]} | _next(world, record)
    home = home_of(world, record)
    world.emit(
        "note", body, keys, area=home.area if home else None, person=record["person"], household=record["household"]
    )


def _next(world: World, record: dict[str, Any]) -> dict[str, str]:
    """{"next": month} of what the record makes due first, if anything."""
    root = world.root(record["person"]) if record["person"] else None
    consents = world.consents.get(root.id, []) if root else []
    if root and not consents and record["purpose"]:
        consents = [_agreed(root.id, record)]
    told = [one for one in world.schedules() if not one.get("private")]
    due = schedule.due_items(told, [*consents, as_rules_see(record)], world.today)
    months = sorted(item.due[:7] for item in due if item.record == record["id"])
    return {"next": months[0]} if months else {}


def _agreed(person: str, record: dict[str, Any]) -> dict[str, Any]:
    """A stand-in for her consent, which is known to stand, so that the schedule counts."""
    answers = {"purpose": record["purpose"], "decision": "given"}
    return {
        "id": "agreed", "form": "consent", "occurred_on": record["occurred_on"], "answers": answers, "role": "station",
        "author": "", "person": person, "status": "live",
    }  # fmt: skip


def as_rules_see(record: dict[str, Any]) -> dict[str, Any]:
    """A row of the record table in the shape of server/rules."""
    names = ("id", "form", "occurred_on", "role", "author", "person", "household", "status", "days")
    return {name: record[name] for name in names} | {"answers": record["coded"]}
