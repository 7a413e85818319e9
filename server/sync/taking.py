"""Take one event into the world: why it must be parked, or what it changes. Decide, then do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from server.rules.book import Book
from server.rules.shapes import Form
from server.sync import asking, checking, consenting, fields, log, patching, placing
from server.sync.feeds import Key
from server.sync.item import Item
from server.sync.scope import own
from server.sync.world import World


def form_of(book: Book, item: Item) -> Form | None:
    """The form of an item's schema, in the very version the phone had; None if this book does not have that one."""
    return book.form(f"{item.form}/{item.version}")


def look_over(book: Book, items: Iterable[Item], today: str) -> None:
    """Everything that needs no database: an unknown schema parks, broken rules are flagged."""
    by_form: dict[tuple[str, int, str, str], list[Item]] = {}
    for item in items:
        if item.fault is not None:
            continue
        if item.kind == "patch":
            item.fault = patching.fault(item)
        else:
            by_form.setdefault((item.form, item.version, item.role, item.source), []).append(item)
    for (_, _, role, source), alike in by_form.items():
        form = form_of(book, alike[0])
        if form is None or (role not in form["writers"] and source == "phone"):
            for item in alike:
                item.fault = "not_writer" if form else "unknown_schema"
        else:
            _look_into(form, [item for item in alike if item.kind == "record"], today, role)


def _look_into(form: Form, records: Sequence[Item], today: str, role: str) -> None:
    """Whom they speak of, and what they say; all of one role and one form."""
    for item in records:
        item.fault = _subject_fault(form, item)
    whole = [item for item in records if item.source != "transfer"]  # what she picked is not all of a form
    answers, days = [item.body["answers"] for item in whole], [item.body["occurred_on"] for item in whole]
    for item, flags in zip(whole, checking.broken(form, answers, days, today, role), strict=True):
        item.flags += flags


def _subject_fault(form: Form, item: Item) -> str | None:
    subject = form["subject"]
    if subject == "person":
        wants = bool(item.person)
    elif subject == "household":
        wants = bool(item.household)
    else:
        wants = subject != "place" or (item.person is None and item.household is None)
    return None if wants else "bad_shape"


def take(world: World, item: Item) -> str | None:
    """Accept an item; or answer why it must be parked, with nothing changed."""
    fault = fault_of(world, item)
    if fault is None:
        _TAKE[item.kind](world, item)
        if item.kind != "record" or item.form == "consent":
            world.placed.clear()
    return fault


def fault_of(world: World, item: Item) -> str | None:
    """Why an item must be parked, if it must."""
    return item.fault or _place_fault(world, item) or _FAULTS[item.kind](world, item)


def _place_fault(world: World, item: Item) -> str | None:
    return None if item.area in world.areas else "unknown_area"


def _record_fault(world: World, item: Item) -> str | None:
    if item.person is not None:
        home = world.root(item.person)
        if home is None:
            return "unknown_person"
        return "erased_person" if home.erased or world.homes[item.person].erased else None
    if item.household is not None and item.household not in world.houses:
        return "unknown_household"
    return None


def _change_fault(world: World, item: Item) -> str | None:
    target = world.records.get(item.of or "")
    if target is None:
        return "unknown_record"
    if target["form"] != item.form:
        return "bad_shape"
    person = world.homes.get(target["person"]) if target["person"] else None
    return "erased_person" if person is not None and person.erased else None


def record_of(world: World, item: Item) -> dict[str, Any]:
    """The row of a new record; where it may be seen is still to be decided."""
    form = world.book.forms[item.form]
    home = world.root(item.person) if item.person else None
    return {
        "county": world.county, "id": item.id, "form": item.form, "form_version": item.version, "person": item.person,
        "household": item.household or (home.household if home else None), "area": item.area,
        "occurred_on": item.body["occurred_on"], "author": item.actor, "role": item.role, "source": item.source,
        "status": "live", "shown": False, "blocked": False, "purpose": form["consent"],
        "coded": clear(form, item.body["answers"]), "days": item.days,
    }  # fmt: skip


def _take_record(world: World, item: Item) -> None:
    record = world.records[item.id] = record_of(world, item)
    _look_at_age(world, item)
    world.events.append(log.row_of(item, world.county, world.now, world.offsets))
    placing.place(world, record, item.digest)
    world.new_records.append(record)
    if item.form == "consent":
        consenting.heard(world, record)


def _look_at_age(world: World, item: Item) -> None:
    """What cannot have been so early in her life is flagged, as her birth stands now."""
    form, home = form_of(world.book, item), world.root(item.person) if item.person else None
    if form is None or home is None or home.birth is None or not checking.of(form).aged:
        return
    birth = fields.to_wire("birth", home.birth)
    item.flags += checking.young(form, item.body["answers"], item.body["occurred_on"], item.role, birth)


def clear(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that lie in the open: those to known questions that are no free text. Texts stay sealed in the log."""
    coded = checking.of(form).coded
    return {key: value for key, value in answers.items() if key in coded and value is not None}


def _take_amend(world: World, item: Item) -> None:
    record = world.records[item.of or ""]
    form = world.book.forms[record["form"]]
    changes = item.body["answers"]
    gone = {key for key, value in changes.items() if value is None}
    record["coded"] = {k: v for k, v in record["coded"].items() if k not in gone} | clear(form, changes)
    _keep_change(world, item, record)
    if record["shown"]:
        placing.note(world, record, placing.noted(world, record))


def _take_void(world: World, item: Item) -> None:
    record = world.records[item.of or ""]
    record["status"] = "void"
    _keep_change(world, item, record)
    if record["shown"] and placing.noted(world, record):
        consenting.withdraw_notes(world, record)


def _keep_change(world: World, item: Item, record: dict[str, Any]) -> None:
    """Store an amend or a void and show it to whoever has the record."""
    item.person, item.household = record["person"], record["household"]
    world.events.append(log.row_of(item, world.county, _turn(world, record["id"]), world.offsets))
    if record["shown"]:
        world.show(item.id, item.digest, placing.whole(world, record) | _first_reader(record))
    elif not record["blocked"] and record["source"] not in ("import", "transfer"):
        world.show(item.id, item.digest, {own(record["author"]), own(item.actor)})
    world.changed.add(record["id"])
    if record["form"] == "consent":
        consenting.heard(world, record)


def _first_reader(record: dict[str, Any]) -> set[Key]:
    """Whoever wrote what waits for a consent has it in her own feed from before, and must not read it uncorrected there."""
    return {own(record["author"])} if record["person"] and record["purpose"] and record["source"] == "phone" else set()


def _turn(world: World, record: str) -> int:
    """When a change of a record was received: after every earlier one, though the server's clock was put back meanwhile.

    Snapshots and reveals put changes in this order; the last one wins.
    """
    stored = asking.driven(world.session, asking.CHANGED, county=world.county, record=record)[0][0] or 0
    fresh = max((row["received_at"] for row in world.events if row["of"] == record), default=0)
    return max(world.now, stored + 1, fresh + 1)


_FAULTS: dict[str, Callable[[World, Item], str | None]] = {
    "record": _record_fault,
    "amend": _change_fault,
    "void": _change_fault,
    "patch": patching.world_fault,
}
_TAKE: dict[str, Callable[[World, Item], None]] = {
    "record": _take_record,
    "amend": _take_amend,
    "void": _take_void,
    "patch": patching.take,
}
