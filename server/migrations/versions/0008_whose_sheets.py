"""sheets of cards know whose desk printed them

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("card_sheet", sa.Column("township", sa.String(length=9), nullable=True))


def downgrade() -> None:
    op.drop_column("card_sheet", "township")
