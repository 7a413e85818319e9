"""The model test of SYNC §5: the real server, model phones, a network that drops, doubles, delays and reorders, phones
that die between local commits, areas that come and go, restores. Nothing is lost, nothing counts twice, all converge.

Each known fault of a real system is a switch, and the same test must catch it: a property test that was never seen to
fail tests nothing. Seeds are fixed; SUIFANG_MODEL_RUNS asks for more.
"""

from __future__ import annotations

import copy
import os
import re
from contextlib import nullcontext
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from server.extensions import writing
from server.ids import new_id
from server.models import Household
from tests.conftest import ON_POSTGRES
from tests.sync.model_client import BUGS, Client
from tests.sync.model_server import Server, faulty, small_snapshots
from tests.sync.town import COUNTY, EAST, WEST, Town

AREAS = (EAST, WEST)
RUNS = int(os.environ.get("SUIFANG_MODEL_RUNS", "12"))
UNTIL_CAUGHT = 40
# A phone that begins anew with a snapshot is healed of many a fault; those are looked for without.
WITH_SNAPSHOTS = ("", "snapshot_unread")
STEPS = 40


class Machine(RuleBasedStateMachine):
    """Three phones, two villages, one server; `setting` is put in before a run. The third phone pulls only at the end."""

    setting: ClassVar[Any]
    begun_with_a_snapshot: ClassVar[list[bool]] = []

    @initialize()
    def start(self) -> None:
        self.server: Server
        self.server, phones, self.houses, self.bug = self.setting
        self.server.reset([(phone.worker, area) for phone in phones for area in AREAS])
        for phone in phones:
            phone.dseq = 0
        self.clients = [Client(phone, self.bug) for phone in phones]
        self.net: list[Any] = []
        self.backup: Any = None
        self.written: set[str] = set()
        self.count = 0

    @rule(d=st.integers(0, 2), area=st.sampled_from(AREAS), bad=st.sampled_from([False] * 5 + [True]))
    def record(self, d: int, area: str, bad: bool) -> None:
        self.count += 1
        self.clients[d].write(f"n{self.count}", area, self.houses[area], bad=bad)
        self.written.add(self.clients[d].disk.outbox[-1]["id"])

    @rule(d=st.integers(0, 2), n=st.integers(1, 3))
    def send_push(self, d: int, n: int) -> None:
        events = self.clients[d].disk.outbox[:n]
        if events:
            self.net.append(("push?", d, copy.deepcopy(events), self.ask("push", d)))

    @rule(d=st.integers(0, 1), n=st.integers(1, 3))
    def send_pull(self, d: int, n: int) -> None:
        self.net.append(("pull?", d, (self.clients[d].disk.cursor, n), self.ask("pull", d)))

    def ask(self, kind: str, d: int) -> int:
        self.count += 1
        self.clients[d].wait[kind] = self.count
        return self.count

    @precondition(lambda self: self.net)
    @rule(
        i=st.integers(0, 50),
        fate=st.sampled_from(["ok"] * 6 + ["drop", "twice"]),
        die=st.sampled_from([False] * 5 + [True]),
    )
    def deliver(self, i: int, fate: str, die: bool) -> None:
        self.carry(i, fate, die=die)

    @precondition(lambda self: self.net)
    @rule()
    def deliver_oldest(self) -> None:
        self.carry(0, "ok", die=False)

    @rule(d=st.integers(0, 2), answered=st.sampled_from([True, True, False]))
    def push_all(self, d: int, answered: bool) -> None:
        """A whole push at once; the line may be cut before the answer."""
        client = self.clients[d]
        events = copy.deepcopy(client.disk.outbox[:20])
        answer = client.push(events) if events else None
        if answered:
            client.on_push(events, answer)

    @rule(d=st.integers(0, 1), n=st.sampled_from([2, 50]), die=st.sampled_from([False, False, True]))
    def pull_all(self, d: int, n: int, die: bool) -> None:
        """A whole pull at once; the phone may be killed while it writes."""
        client = self.clients[d]
        client.on_pull(client.pull(client.disk.cursor, n), die=die)

    @rule(d=st.integers(0, 1))
    def late_answer(self, d: int) -> None:
        """An answer that was on its way while a longer one overtook it."""
        client = self.clients[d]
        late = client.pull(client.disk.cursor, 1)
        client.on_pull(client.pull(client.disk.cursor, 50), die=False)
        client.on_pull(late, die=False)

    @precondition(lambda self: self.bug in WITH_SNAPSHOTS)
    @rule(d=st.integers(0, 1), die=st.sampled_from([False, False, True]))
    def begin_anew(self, d: int, die: bool) -> None:
        """A phone whose copy does not check out asks for all its feeds again."""
        client = self.clients[d]
        client.on_pull(client.pull(client.disk.cursor, 50, client.disk.seqs), die=die)

    def carry(self, i: int, fate: str, *, die: bool) -> None:
        """One message arrives, whichever: the network reorders."""
        i %= len(self.net)
        message = self.net[i] if fate == "twice" else self.net.pop(i)
        if fate != "drop":
            self.arrive(*message, die=die)

    def arrive(self, kind: str, d: int, body: Any, number: int, *, die: bool) -> None:
        client = self.clients[d]
        if kind == "push?":
            self.net.append(("push!", d, (body, client.push(body)), number))
        elif kind == "pull?":
            self.net.append(("pull!", d, client.pull(*body), number))
        elif client.wait.get(kind[:4]) == number or self.bug == "stale_answer":
            if kind == "pull!":
                client.on_pull(body, die=die)
            elif not die:
                client.on_push(*body)
            client.wait = {} if die else {k: n for k, n in client.wait.items() if k != kind[:4]}

    @precondition(lambda self: self.count % 2 == 0)
    @rule(d=st.integers(0, 1), area=st.sampled_from(AREAS))
    def change_area(self, d: int, area: str) -> None:
        self.server.toggle(self.clients[d].phone.worker, area)

    @precondition(lambda self: self.written and not self.backup)
    @rule()
    def take_backup(self) -> None:
        self.backup = self.server.take_backup()

    @precondition(lambda self: self.backup)
    @rule()
    def restore_backup(self) -> None:
        self.server.restore(self.backup)
        self.backup = None

    @precondition(lambda self: self.count % 2 == 0)
    @rule(d=st.integers(0, 2), area=st.sampled_from(AREAS))
    def lose_a_day(self, d: int, area: str) -> None:
        """The server goes back to before a push that it had answered."""
        backup = self.server.take_backup()
        self.record(d, area, bad=False)
        self.push_all(d, answered=True)
        self.server.restore(backup)

    @precondition(lambda self: len(self.server.late) > 2)
    @rule()
    def late_transactions_commit(self) -> None:
        self.server.commit_late()

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "clients"):
            held = self.server.arrived()
            for client in self.clients:
                held |= {event["id"] for event in client.disk.outbox + client.disk.kept}
            assert self.written <= held, f"lost: {self.written - held}"

    @invariant()
    def nothing_counts_twice(self) -> None:
        if hasattr(self, "clients"):
            for area in AREAS:
                markers = list(self.server.feed(area)[1].values())
                assert len(markers) == len(set(markers)), "applied twice"

    @invariant()
    def a_cursor_means_a_prefix(self) -> None:
        for client in getattr(self, "clients", []):
            for f, seq in client.disk.seqs.items():
                mine, begun = set(client.disk.mirror.get(f, {})), client.disk.base.get(f, (0, []))[0]
                assert mine == set(range(begun + 1, seq + 1)), f"feed {f}: cursor {seq}, holds {sorted(mine)}"

    def teardown(self) -> None:
        """The network is well: everything arrives, and all phones with the same grants hold the same."""
        if not hasattr(self, "clients"):
            return
        self.server.commit_late()
        for _ in range(40):
            if not sum(self.calm(client) for client in self.clients):
                break
        for client in self.clients:
            assert not client.disk.outbox, "an outbox never empties"
            self.check_mirror(client)
        assert self.written <= self.server.arrived(), "never arrived"

    def calm(self, client: Client) -> bool:
        """One quiet exchange; whether anything was still on its way."""
        before = client.disk.cursor, len(client.disk.outbox)
        if client.disk.outbox:
            events = copy.deepcopy(client.disk.outbox[:20])
            client.on_push(events, client.push(events))
            self.server.commit_late()
        client.on_pull(client.pull(client.disk.cursor, 50), die=False)
        return before != (client.disk.cursor, len(client.disk.outbox))

    def check_mirror(self, client: Client) -> None:
        for area in self.server.grants(client.phone.worker):
            f, held = self.server.feed(area)
            begun, markers = client.disk.base.get(f, (0, []))
            mine = {q: marker for q, marker in client.disk.mirror.get(f, {}).items() if marker}
            assert sorted(markers) == sorted(m for q, m in held.items() if q <= begun), f"did not converge on {area}"
            assert mine == {q: m for q, m in held.items() if q > begun}, f"did not converge on {area}"
            self.begun_with_a_snapshot.append(begun > 0)


@pytest.fixture
def setting(app: Flask) -> tuple[Server, list[Any], dict[str, str]]:
    town = Town(app).build()
    houses = {area: new_id() for area in AREAS}
    with app.app_context(), writing() as session:
        session.add_all(Household(county=COUNTY, id=key, area=area, rev={}) for area, key in houses.items())
    phones = [town.director(EAST) for _ in range(3)]
    return Server(town, app.extensions["suifang_settings"].data), phones, houses


def play(setting: Any, bug: str, runs: int) -> None:
    with faulty(setting[0], bug), small_snapshots() if bug in WITH_SNAPSHOTS else nullcontext():
        machine = type("Play", (Machine,), {"setting": (*setting, bug)})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=runs,
                stateful_step_count=STEPS,
                derandomize=True,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
                print_blob=False,
            ),
        )


def test_nothing_is_lost_or_doubled_and_all_phones_converge(setting: Any) -> None:
    Machine.begun_with_a_snapshot.clear()
    play(setting, "", RUNS)
    assert any(Machine.begun_with_a_snapshot), "no phone ever began with a snapshot"


CAUGHT_BY = {
    "no_dedupe": "applied twice",
    "late_commit": "cursor|did not converge",
    "cursor_first": "cursor|did not converge",
    "stale_answer": "cursor",
    "reject_batch": "an outbox never empties",
    "drop_rejected": "lost|never arrived",
    "forbid_late": "lost|never arrived",
    "ignore_epoch": "lost|never arrived",
    "epoch_on_pull_only": "lost|never arrived",
    "snapshot_unread": "did not converge",
}


def _on_postgres_in_the_long_tier(bug: str) -> Any:
    """A fault is a fault on either database: the short run shows them on SQLite, and on both the one about locks."""
    return pytest.param(bug, marks=pytest.mark.long) if ON_POSTGRES and bug != "late_commit" else bug


@pytest.mark.parametrize("bug", [_on_postgres_in_the_long_tier(bug) for bug in BUGS])
def test_the_same_test_catches_a_known_fault(setting: Any, bug: str) -> None:
    with pytest.raises((AssertionError, BaseExceptionGroup)) as caught:
        play(setting, bug, UNTIL_CAUGHT)
    errors = getattr(caught.value, "exceptions", [caught.value])
    assert any(re.search(CAUGHT_BY[bug], str(error)) for error in errors), [str(error)[:200] for error in errors]
