"""The audit log: numbered afterwards, chained, and what tampering looks like from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from server import audit
from server.audit import Anchor, Fault
from server.extensions import db, writing
from server.models import Audit, AuditChain

TOWNSHIP, VILLAGE, NEXT = "990131101", "990131101201", "990131102"
TRIGGERS = ("audit_no_delete", "audit_no_update", "audit_chain_no_delete", "audit_chain_grows")


def written(count: int, place: str = VILLAGE) -> None:
    with writing() as session:
        for at in range(count):
            audit.note(session, "person.read", f"subject-{at}", {"why": "visit"}, now=at, place=place, actor="worker")


def sealed(chain: str = TOWNSHIP) -> int:
    with writing() as session:
        return audit.seal(session, chain)


@pytest.fixture
def log(app: Flask) -> Iterator[Flask]:
    """Ten rows of one township, numbered."""
    with app.app_context():
        written(10)
        sealed()
        yield app


Tamper = Callable[[str], None]


@pytest.fixture
def tamper(log: Flask) -> Tamper:
    """What somebody with the database's own password could do: the triggers are no wall for her."""

    def do(statement: str) -> None:
        on_postgres = db.engine.dialect.name == "postgresql"
        with writing() as session:
            for trigger in TRIGGERS:
                table = "audit_chain" if "chain" in trigger else "audit"
                session.execute(text(f"DROP TRIGGER {trigger}" + (f" ON {table}" if on_postgres else "")))
            session.execute(text(statement))

    return do


def faults(*anchors: Anchor) -> list[Fault]:
    session: Session = db.session()
    session.rollback()
    return audit.verify(session, anchors)


def test_rows_are_numbered_afterwards_without_a_gap(log: Flask) -> None:
    rows = db.session.execute(select(Audit.n, Audit.subject).order_by(Audit.n)).all()
    assert [tuple(row) for row in rows] == [(n + 1, f"subject-{n}") for n in range(10)]


def test_a_villages_rows_are_in_its_townships_chain(log: Flask) -> None:
    assert audit.head(db.session(), VILLAGE) == audit.head(db.session(), TOWNSHIP)
    assert audit.head(db.session(), VILLAGE)[0] == 10


def test_townships_have_chains_of_their_own(log: Flask) -> None:
    written(3, NEXT)
    assert audit.waiting(db.session()) == [NEXT]
    sealed(NEXT)
    assert audit.head(db.session(), NEXT)[0] == 3
    assert audit.head(db.session(), TOWNSHIP)[0] == 10
    assert faults() == []


def test_sealing_goes_on_where_it_stopped(log: Flask) -> None:
    written(5)
    assert (sealed(), sealed()) == (5, 0)
    assert audit.head(db.session(), TOWNSHIP)[0] == 15
    assert faults() == []


def test_an_untouched_log_has_no_fault(log: Flask) -> None:
    n, h = audit.head(db.session(), TOWNSHIP)
    assert faults(Anchor(TOWNSHIP, n, h), Anchor(TOWNSHIP, n, h[:8])) == []


def test_the_database_refuses_to_change_a_row(log: Flask) -> None:
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(update(Audit).where(Audit.n == 3).values(actor="somebody else"))


def test_the_database_refuses_to_renumber_a_row(log: Flask) -> None:
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(update(Audit).where(Audit.n == 3).values(n=30))


def test_the_database_refuses_to_delete_a_row(log: Flask) -> None:
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(text("DELETE FROM audit WHERE n = 10"))


def test_the_database_refuses_to_turn_a_chain_back(log: Flask) -> None:
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(update(AuditChain).values(n=5))


def test_a_detail_may_be_erased_and_the_chain_still_holds(log: Flask) -> None:
    with writing() as session:
        session.execute(update(Audit).where(Audit.n == 3).values(detail=None))
    assert faults() == []


def test_a_detail_may_not_be_replaced(log: Flask) -> None:
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(update(Audit).where(Audit.n == 3).values(detail={"why": "another"}))


@pytest.mark.parametrize("column", ["actor", "action", "subject", "phone"])
def test_an_altered_row_is_named(tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE audit SET {column} = 'x' WHERE n = 4")
    assert faults() == [Fault(TOWNSHIP, "altered", 4)]


def test_a_row_taken_from_the_middle_is_named(tamper: Tamper) -> None:
    tamper("DELETE FROM audit WHERE n = 4")
    assert faults() == [Fault(TOWNSHIP, "altered", 4)]


def test_swapped_details_are_named(tamper: Tamper) -> None:
    tamper("UPDATE audit SET detail = (SELECT other.detail FROM audit AS other WHERE other.n = 7) WHERE n = 6")
    assert faults() == [Fault(TOWNSHIP, "altered", 6)]


def test_a_cut_end_is_a_chain_longer_than_the_log(tamper: Tamper) -> None:
    tamper("DELETE FROM audit WHERE n > 8")
    assert faults() == [Fault(TOWNSHIP, "chain_longer_than_log", 9)]


def test_a_head_turned_back_is_a_log_longer_than_the_chain(tamper: Tamper) -> None:
    tamper("UPDATE audit_chain SET n = 8, h = (SELECT h FROM audit WHERE n = 8)")
    assert faults() == [Fault(TOWNSHIP, "log_longer_than_chain", 9)]


def test_a_log_cut_together_with_its_head_is_seen_by_a_witness(tamper: Tamper) -> None:
    n, h = audit.head(db.session(), TOWNSHIP)
    tamper("DELETE FROM audit WHERE n > 8")
    with writing() as session:
        session.execute(text("UPDATE audit_chain SET n = 8, h = (SELECT h FROM audit WHERE n = 8)"))
    assert faults() == []
    assert faults(Anchor(TOWNSHIP, n, h)) == [Fault(TOWNSHIP, "anchor_mismatch", 10)]


def test_a_log_written_anew_is_seen_by_a_witness(tamper: Tamper) -> None:
    n, h = audit.head(db.session(), TOWNSHIP)
    tamper("DELETE FROM audit")
    with writing() as session:
        session.execute(text("DELETE FROM audit_chain"))
    written(12)
    sealed()
    assert faults() == []
    assert faults(Anchor(TOWNSHIP, n, h)) == [Fault(TOWNSHIP, "anchor_mismatch", 10)]


def test_details_are_sealed_and_names_are_not_in_the_clear(log: Flask) -> None:
    raw = db.session.scalars(text("SELECT detail FROM audit")).all()
    assert all(b"visit" not in bytes(value) for value in raw)


def test_a_witness_that_kept_half_a_hash_is_as_good(log: Flask) -> None:
    n, h = audit.head(db.session(), TOWNSHIP)
    assert faults(Anchor(TOWNSHIP, n, h[:8])) == []
    assert faults(Anchor(TOWNSHIP, n, bytes(8))) == [Fault(TOWNSHIP, "anchor_mismatch", n)]
