"""days of schedules that a county changed, and under which decision a record was written

Revision ID: 0021
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("county_word", sa.Column("changed", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("record", sa.Column("days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("record", "days")
    op.drop_column("county_word", "changed")
