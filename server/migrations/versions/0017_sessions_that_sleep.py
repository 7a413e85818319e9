"""a phone's session sleeps until its phone wakes it; those that phones have now sleep at once

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("awake_until", sa.BigInteger(), nullable=True))
    op.execute("UPDATE sign_in SET awake_until = 0 WHERE phone_id IS NOT NULL")


def downgrade() -> None:
    op.drop_column("sign_in", "awake_until")
