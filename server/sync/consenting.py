"""Consent opens and closes: a word of hers shows records, hides them, or lets them stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, insert, select

from server.extensions import line_of
from server.models import Consent, Event, Record
from server.rules import consent
from server.sync import asking, hiding, journal, placing
from server.sync.feeds import Key
from server.sync.retention import days_ms
from server.sync.scope import own
from server.sync.world import HOPS, World

Row: TypeAlias = dict[str, Any]
_RECORD = Record.__table__
_OF_FAMILY = select(_RECORD).where(
    _RECORD.c.county == asking.COUNTY, _RECORD.c.person.in_(bindparam("family", expanding=True))
)
_SAID = _OF_FAMILY.where(_RECORD.c.form == "consent")
_COVERED = _OF_FAMILY.where(_RECORD.c.purpose.is_not(None)).order_by(_RECORD.c.occurred_on, _RECORD.c.id)
_FORGET = delete(Consent).where(Consent.county == asking.COUNTY, Consent.person.in_(bindparam("roots", expanding=True)))
_STANDS = insert(Consent)


def recall(world: World, roots: Iterable[str]) -> None:
    """Read all consent records of these people, before one more is heard."""
    wanted = set(roots) - world.consents.keys()
    if not wanted:
        return
    family = members(world, wanted)
    world.consents.update({root: [] for root in wanted})
    for row in asking.ask(world.session, _SAID, county=world.county, family=list(family)):
        record = world.records.setdefault(row.id, dict(row._mapping))
        world.consents[family[record["person"]]].append(record)


def members(world: World, roots: Iterable[str]) -> dict[str, str]:
    """Everyone who is one of these roots after merges, as it was last flushed: person → root."""
    found = {root: root for root in roots}
    fresh = dict(found)
    for _ in range(HOPS):
        if not fresh:
            break
        merged = asking.driven(world.session, asking.MERGED, county=world.county, ids=list(fresh))
        fresh = {person: found[into] for person, into in merged if person not in found}
        found |= fresh
    return found


def heard(world: World, record: Row) -> None:
    """A consent record came, was amended or voided: say anew where she stands, so that what follows counts on it."""
    root = world.root(record["person"] or "")
    if root is None:
        return
    held = world.consents.setdefault(root.id, [])
    if record not in held:
        held.append(record)
    say_anew(world, root.id)


def say_anew(world: World, root: str) -> None:
    """Fold the consent records that were recalled, and remember to settle."""
    said = consent.standing([placing.as_rules_see(row) for row in world.consents[root]], world.today)
    world.standing[root] = dict(said)
    world.restood.add(root)


def settle(world: World) -> None:
    """Show and hide the records of everyone whose consent was heard in this transaction."""
    if not world.restood:
        return
    world.flush()
    _write_standing(world)
    family = members(world, world.restood)
    world.meet(family, ())  # where those stand who were merged into her: their rows are hers
    todo: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in asking.ask(world.session, _COVERED, county=world.county, family=list(family)):
        record = world.records.setdefault(row.id, dict(row._mapping))
        todo[family[record["person"]]][_verdict(record, placing.word(world, record))].append(record)
    for root, verdicts in sorted(todo.items()):
        conceal(world, verdicts["block"], blocked=True)
        conceal(world, verdicts["take_back"], blocked=False)
        reveal(world, root, verdicts["show"])
    world.restood.clear()


def _verdict(record: Row, stands: str) -> str:
    if stands == "given":
        return "leave" if record["shown"] else "show"
    if stands == "withdrawn":
        return "leave" if record["blocked"] else "block"
    return "take_back" if stands == "none" and record["shown"] else "leave"


def reveal(world: World, root: str, records: list[Row], only: set[Key] | None = None) -> None:
    """Put rows that lay aside into their feeds (or only into some): one `reveal` for each group of feeds, notes after it.

    A reveal names whom its rows were written about, not whom she was merged into: that may be taken back.
    """
    groups: dict[tuple[str, frozenset[Key]], list[str]] = defaultdict(list)
    for record in records:
        record["shown"], record["blocked"] = True, False
        world.changed.add(record["id"])
        keys = placing.whole(world, record)
        groups[record["person"], frozenset(keys if only is None else keys & only)].append(record["id"])
    home = world.homes[root]
    for (person, group), ids in groups.items():
        if group:
            events = hiding.with_changes(world, ids, "amend", "void")
            world.emit("reveal", {"ids": events}, group, area=home.area, person=person, household=home.household)
    for record in records:
        keys = placing.noted(world, record)
        placing.note(world, record, keys if only is None else keys & only)


def conceal(world: World, records: list[Row], *, blocked: bool) -> None:
    """Hide records in every feed that had them, their authors' too; unless blocked, their authors get them back."""
    if not records:
        return
    ids = [record["id"] for record in records]
    hiding.hide(world, hiding.with_changes(world, ids), sorted({record["person"] for record in records}))
    for record in records:
        record["shown"], record["blocked"] = False, blocked
        world.changed.add(record["id"])
        if not blocked and record["source"] == "phone":
            events = hiding.with_changes(world, [record["id"]], "amend", "void")
            world.emit("reveal", {"ids": events}, {own(record["author"])}, person=record["person"])


def withdraw_notes(world: World, record: Row) -> None:
    """Hide the notes about a record; the record itself stays."""
    world.flush()
    notes = select(Event.id).where(Event.county == world.county, Event.of == record["id"], Event.kind == "note")
    hiding.hide(world, list(world.session.scalars(notes)), [record["person"]])


def _write_standing(world: World) -> None:
    """Keep where everyone stands, and write withdrawals into the safety journal."""
    roots = sorted(world.restood)
    stood = asking.driven(world.session, asking.STANDING, county=world.county, ids=roots)
    old = {(person, purpose): decision for person, purpose, decision, _ in stood}
    rows = [row for root in roots for row in _rows(world, root)]
    for row in rows:
        if row["decision"] == "withdrawn" and old.get((row["person"], row["purpose"])) != "withdrawn":
            journal.remember_withdrawal(world.session, world.county, row["record"])
    asking.ask(world.session, _FORGET, county=world.county, roots=roots)
    if rows:
        line_of(world.session).execute(_STANDS, rows)
    world.session.expire_all()  # whoever asks after this push must not be answered from what was read before


def _rows(world: World, root: str) -> list[Row]:
    """One row a purpose: her word, and the newest record that says so."""
    rows = []
    for purpose, said in world.standing[root].items():
        about = [r for r in world.consents[root] if r["coded"].get("purpose") == purpose and r["status"] == "live"]
        newest = max(about, key=lambda r: (r["occurred_on"], r["id"]))
        rows.append({
            "county": world.county, "person": root, "purpose": purpose,
            "decision": "given" if said == "expired" else said, "record": newest["id"],
            "occurred_on": newest["occurred_on"], "expires_on": newest["coded"].get("expires_on"),
            "erase_at": world.now + days_ms("withdrawn_days") if said == "withdrawn" else None,
        })  # fmt: skip
    return rows
