"""append-only audit: triggers that refuse what the log never does

A row of the log may be numbered once and may lose its detail; nothing else of it changes and nothing goes. A chain's
head only grows. A later migration that rebuilds one of these tables on SQLite must make the triggers anew.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIXED = ("id", "chain", "at", "actor", "phone", "action", "subject", "digest")
REASON = "the audit log is append-only"

SQLITE = (
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN "
    + " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in FIXED)
    + " OR (OLD.n IS NOT NULL AND (NEW.n IS NOT OLD.n OR NEW.h IS NOT OLD.h))"
    + " OR (NEW.detail IS NOT OLD.detail AND NEW.detail IS NOT NULL)"
    + f" BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
    f"CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
    "CREATE TRIGGER audit_chain_grows BEFORE UPDATE ON audit_chain WHEN NEW.chain IS NOT OLD.chain OR NEW.n <= OLD.n"
    + f" BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
)

POSTGRESQL = (
    f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{REASON}'; END $$""",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW WHEN ("
    + " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in FIXED)
    + " OR (OLD.n IS NOT NULL AND (NEW.n IS DISTINCT FROM OLD.n OR NEW.h IS DISTINCT FROM OLD.h))"
    + " OR (NEW.detail IS DISTINCT FROM OLD.detail AND NEW.detail IS NOT NULL)"
    + ") EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_chain_no_truncate BEFORE TRUNCATE ON audit_chain EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_chain_grows BEFORE UPDATE ON audit_chain FOR EACH ROW"
    + " WHEN (NEW.chain IS DISTINCT FROM OLD.chain OR NEW.n <= OLD.n) EXECUTE FUNCTION audit_refuse()",
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    names = [
        ("audit", "audit_no_delete"),
        ("audit", "audit_no_update"),
        ("audit_chain", "audit_chain_no_delete"),
        ("audit_chain", "audit_chain_grows"),
    ]
    if on_postgresql:
        names += [("audit", "audit_no_truncate"), ("audit_chain", "audit_chain_no_truncate")]
    for table, name in names:
        op.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        op.execute("DROP FUNCTION audit_refuse()")
