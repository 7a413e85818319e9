"""what the county says of values that the local authority confirms

Revision ID: 0016
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "county_word",
        sa.Column("county", sa.String(length=6), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.String(length=12), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("ground", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("county", "version", name=op.f("pk_county_word")),
    )


def downgrade() -> None:
    op.drop_table("county_word")
