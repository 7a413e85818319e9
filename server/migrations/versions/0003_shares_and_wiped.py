"""the server's share of a store's key, and when a lost phone said that it had wiped itself

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("store_id", sa.String(length=36), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("leased_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county", "store_id"], ["store.county", "store.id"], name=op.f("fk_share_county")
        ),
        sa.PrimaryKeyConstraint("county", "store_id", name=op.f("pk_share")),
    )
    with op.batch_alter_table("phone") as batch_op:
        batch_op.add_column(sa.Column("wiped_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("phone") as batch_op:
        batch_op.drop_column("wiped_at")
    op.drop_table("share")
