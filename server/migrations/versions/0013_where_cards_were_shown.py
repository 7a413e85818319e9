"""where a card was shown, for thirty days and no finer than the township

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_sighting",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("event", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("township", sa.String(length=9), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("county", "event", name=op.f("pk_card_sighting")),
    )
    op.create_index(op.f("ix_card_sighting_holder"), "card_sighting", ["holder"])


def downgrade() -> None:
    op.drop_table("card_sighting")
